/** Names errors of undici, Node and OpenSSL: the stage that failed, and the reason. */
import type { FetchStage } from '../model/fetch.ts';
import { AddressRefused } from './addressguard.ts';
import type { Reason } from '../model/reason.ts';
import { reason } from '../reasons/catalogue.ts';
import { shorten } from './target.ts';
import { ProxyRefused } from './tunnel.ts';

export interface Fault {
  readonly stage: FetchStage;
  readonly reason: Reason;
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

const DNS = {
  ENOTFOUND: 'fetch.dns.no-name',
  ENODATA: 'fetch.dns.no-address',
  EAI_AGAIN: 'fetch.dns.silent',
  EAI_FAIL: 'fetch.dns.failed',
  EAI_NODATA: 'fetch.dns.no-address',
  ESERVFAIL: 'fetch.dns.failed',
  ETIMEOUT: 'fetch.dns.silent',
  ECANCELLED: 'fetch.dns.cancelled',
} as const;

const SOCKET = {
  UND_ERR_SOCKET: 'fetch.socket.closed',
  ECONNREFUSED: 'fetch.socket.refused',
  ECONNRESET: 'fetch.socket.reset',
  EHOSTUNREACH: 'fetch.socket.no-route-to-host',
  ENETUNREACH: 'fetch.socket.no-route-to-network',
  EADDRNOTAVAIL: 'fetch.socket.no-local-address',
  ETIMEDOUT: 'fetch.socket.timeout',
  EPIPE: 'fetch.socket.closed',
} as const;

const TLS = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'fetch.tls.self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'fetch.tls.unknown-root',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'fetch.tls.incomplete-chain',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'fetch.tls.unknown-authority',
  UNABLE_TO_GET_ISSUER_CERT: 'fetch.tls.unknown-authority',
  CERT_HAS_EXPIRED: 'fetch.tls.expired',
  CERT_NOT_YET_VALID: 'fetch.tls.not-yet-valid',
  CERT_REVOKED: 'fetch.tls.revoked',
  ERR_TLS_CERT_ALTNAME_INVALID: 'fetch.tls.other-host',
} as const;

const isOneOf = <Codes extends object>(codes: Codes, code: string): code is keyof Codes & string =>
  Object.hasOwn(codes, code);

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
  if (error instanceof AddressRefused) return { stage: 'address', reason: error.reason };
  const late = nameLimit(code, context);
  if (late !== null) return late;
  // undici names the mismatch also where a fault in the headers kept it from reading on.
  const mismatch = code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH';
  if (mismatch && phase === 'reading') return { stage: 'body', reason: reason('fetch.body.length', { host }) };
  if (mismatch || error.name === 'HTTPParserError') {
    const stage = phase === 'reading' ? 'body' : 'headers';
    const detail = /\(([^()]+)\)$/.exec(error.message)?.[1];
    if (detail === undefined) return { stage, reason: reason(`fetch.${stage}.broken`, { host }) };
    return { stage, reason: reason(`fetch.${stage}.broken-because`, { host, detail: shorten(detail) }) };
  }
  if (error instanceof ProxyRefused)
    return { stage: 'connect', reason: reason('fetch.connect.proxy', { host, status: error.status }) };
  if (isOneOf(TLS, code)) return { stage: 'tls', reason: reason(TLS[code], { host }) };
  if (isTls(code)) return { stage: 'tls', reason: reason('fetch.tls.other', { host, code }) };
  if (isOneOf(DNS, code)) return { stage: 'dns', reason: reason(DNS[code], { host }) };
  if (!isOneOf(SOCKET, code)) return null;
  const why = reason(SOCKET[code]);
  if (phase === 'reading') return { stage: 'body', reason: reason('fetch.body.cut', { host, why }) };
  if (phase === 'waiting') return { stage: 'headers', reason: reason('fetch.headers.no-answer', { host, why }) };
  return { stage: 'connect', reason: reason('fetch.connect.failed', { host, why }) };
}

/** What took too long or was too large by undici's own limits. */
function nameLimit(code: string, context: FaultContext): Fault | null {
  const { host } = context;
  switch (code) {
    case 'UND_ERR_CONNECT_TIMEOUT':
      return { stage: 'timeout', reason: reason('fetch.timeout.connect', { host, limit: context.connectTimeoutMs }) };
    case 'UND_ERR_HEADERS_TIMEOUT':
      return { stage: 'timeout', reason: reason('fetch.timeout.headers', { host, limit: context.headersTimeoutMs }) };
    case 'UND_ERR_BODY_TIMEOUT':
      return { stage: 'timeout', reason: reason('fetch.timeout.body', { host, limit: context.bodyTimeoutMs }) };
    case 'UND_ERR_HEADERS_OVERFLOW':
      return { stage: 'limit', reason: reason('fetch.limit.headers', { host, limit: context.maxHeaderBytes }) };
    default:
      return null;
  }
}

/** Whether a certificate's issuer is neither known nor among what the server sent. */
export const lacksIssuer = ({ reason: { code } }: Fault): boolean =>
  code === 'fetch.tls.incomplete-chain' || code === 'fetch.tls.unknown-authority';

/** Whether the server refuses HTTP/1.1 in the TLS handshake (alert 120, RFC 7301 §3.2). */
export const refusesHttp1 = ({ reason: { code, params } }: Fault): boolean =>
  code === 'fetch.tls.other' && params?.['code'] === 'ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL';

/** The stage at which a request failed, and why, from whatever was thrown. */
export function describeFault(error: unknown, context: FaultContext): Fault {
  const errors = unwrap(error);
  for (const one of errors) {
    const fault = describeOne(one, context);
    if (fault !== null) return fault;
  }
  const stage = STAGE_OF_PHASE[context.phase];
  const said = shorten(errors[0] === undefined ? String(error) : errors[0].message);
  return { stage, reason: reason(`fetch.${stage}.other`, { host: context.host, said }) };
}
