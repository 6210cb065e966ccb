/** Names errors of undici, Node and OpenSSL: the stage that failed, and what to tell a person. */
import { STATUS_CODES } from 'node:http';
import type { FetchStage } from '../model/fetch.ts';
import { AddressRefused } from './addressguard.ts';
import { shorten } from './target.ts';

export interface Fault {
  readonly stage: FetchStage;
  readonly message: string;
}

/** How far a request had come: `waiting` for headers once it is sent, `reading` once they are there. */
export type Phase = 'connecting' | 'waiting' | 'reading';

const STAGE_OF_PHASE = { connecting: 'connect', waiting: 'headers', reading: 'body' } as const;

/** What the sentences about time and size need to know. */
export interface FaultContext {
  /** Host name and port, as in an address. */
  readonly host: string;
  readonly phase: Phase;
  readonly connectTimeoutMs: number;
  readonly headersTimeoutMs: number;
  readonly bodyTimeoutMs: number;
  readonly maxHeaderBytes: number;
}

/** "404 Not Found", in the words of RFC 9110 and not the server's. */
export function nameStatus(status: number): string {
  const words = STATUS_CODES[status];
  return words === undefined ? String(status) : `${status} ${words}`;
}

const DNS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'the name does not exist',
  ENODATA: 'the name has no address',
  EAI_AGAIN: 'the name server did not answer',
  EAI_FAIL: 'the name server failed',
  EAI_NODATA: 'the name has no address',
  ESERVFAIL: 'the name server failed',
  ETIMEOUT: 'the name server did not answer',
  ECANCELLED: 'the look-up was broken off',
};

const CONNECT: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was reset',
  EHOSTUNREACH: 'no route to the host',
  ENETUNREACH: 'no route to the network',
  EADDRNOTAVAIL: 'no local address can reach it',
  ETIMEDOUT: 'the connection attempt timed out',
  EPIPE: 'the connection was closed',
};

const TLS: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'the certificate chain ends in an unknown authority',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the server does not send the whole certificate chain',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'the certificate is of an unknown authority',
  UNABLE_TO_GET_ISSUER_CERT: 'the certificate is of an unknown authority',
  CERT_HAS_EXPIRED: 'the certificate has expired',
  CERT_NOT_YET_VALID: 'the certificate is not valid yet',
  CERT_REVOKED: 'the certificate was revoked',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate is for another host',
  UND_ERR_PRX_TLS: 'the certificate is for another host',
};

/** The error itself and what it wraps: causes, and the attempts of a connection to several addresses. */
function unwrap(error: unknown): readonly Error[] {
  const found: Error[] = [];
  const queue: unknown[] = [error];
  while (queue.length > 0 && found.length < 8) {
    const next = queue.shift();
    if (!(next instanceof Error) || found.includes(next)) continue;
    found.push(next);
    if (next instanceof AggregateError) queue.push(...(next.errors as unknown[]));
    queue.push(next.cause);
  }
  return found;
}

const codeOf = (error: Error): string => {
  const { code } = error as NodeJS.ErrnoException;
  return typeof code === 'string' ? code : '';
};

const isTls = (code: string): boolean =>
  /^(?:ERR_SSL|ERR_TLS|CERT_|EPROTO|ERR_OSSL|UNABLE_TO_|INVALID_CA|HOSTNAME_MISMATCH|CRL_|ERROR_IN_CERT)/.test(code);

function describeOne(error: Error, context: FaultContext): Fault | null {
  const { host, phase } = context;
  const code = codeOf(error);
  if (error instanceof AddressRefused) return { stage: 'address', message: error.message };
  switch (code) {
    case 'UND_ERR_CONNECT_TIMEOUT':
      return { stage: 'timeout', message: `no connection to ${host} within ${context.connectTimeoutMs} ms` };
    case 'UND_ERR_HEADERS_TIMEOUT':
      return { stage: 'timeout', message: `no complete headers from ${host} within ${context.headersTimeoutMs} ms` };
    case 'UND_ERR_BODY_TIMEOUT':
      return { stage: 'timeout', message: `nothing more of the body from ${host} for ${context.bodyTimeoutMs} ms` };
    case 'UND_ERR_HEADERS_OVERFLOW':
      return { stage: 'limit', message: `the headers from ${host} are larger than ${context.maxHeaderBytes} bytes` };
    default:
  }
  // undici names the mismatch also where a fault in the headers kept it from reading on.
  const mismatch = code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH';
  if (mismatch && phase === 'reading') {
    return { stage: 'body', message: `the body from ${host} is not as long as its Content-Length says` };
  }
  if (mismatch || error.name === 'HTTPParserError') {
    const stage = phase === 'reading' ? 'body' : 'headers';
    const part = phase === 'reading' ? 'chunks' : 'headers';
    const why = /\(([^()]+)\)$/.exec(error.message)?.[1];
    const detail = why === undefined ? '' : ` (${shorten(why)})`;
    return { stage, message: `the ${part} from ${host} break the rules of HTTP${detail}` };
  }
  const proxy = /^Proxy response \((\d+)\)/.exec(error.message);
  if (proxy !== null) {
    return { stage: 'connect', message: `the proxy answered ${nameStatus(Number(proxy[1]))} for ${host}` };
  }
  const tls = TLS[code];
  if (tls !== undefined) return { stage: 'tls', message: `TLS with ${host} failed: ${tls}` };
  if (isTls(code)) return { stage: 'tls', message: `TLS with ${host} failed (${code})` };
  const dns = DNS[code];
  if (dns !== undefined) return { stage: 'dns', message: `${host} cannot be resolved: ${dns}` };
  const socket = code === 'UND_ERR_SOCKET' ? 'the connection was closed' : CONNECT[code];
  if (socket === undefined) return null;
  if (phase === 'reading') return { stage: 'body', message: `${socket} by ${host} before the body was complete` };
  if (phase === 'waiting') {
    return { stage: 'headers', message: `${socket} by ${host} without an answer` };
  }
  return { stage: 'connect', message: `cannot connect to ${host}: ${socket}` };
}

/** The stage at which a request failed, and why, from whatever was thrown. */
export function describeFault(error: unknown, context: FaultContext): Fault {
  const errors = unwrap(error);
  for (const one of errors) {
    const fault = describeOne(one, context);
    if (fault !== null) return fault;
  }
  const what = errors[0] === undefined ? String(error) : errors[0].message;
  return { stage: STAGE_OF_PHASE[context.phase], message: `${context.host}: ${shorten(what)}` };
}
