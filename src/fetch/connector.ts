/** Connects sockets, only to addresses that the guard has checked. */
import type { LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { type AddressGuard, AddressRefused } from './addressguard.ts';
import { trustedAuthorities } from './issuers.ts';
import type { Lookup } from './nameresolver.ts';
import type { Reason } from '../model/reason.ts';
import { reason } from '../reasons/catalogue.ts';

/** `anyone`: to look at a certificate, and to send nothing. Otherwise certificates (PEM) that complete a server's chain. */
export type Trust = 'anyone' | readonly string[];

export interface ConnectorOptions {
  readonly guard: AddressGuard;
  readonly connectTimeoutMs: number;
  readonly lookup: Lookup;
  /** Whose certificates are taken; absent: those that an authority known here vouches for. */
  readonly trust?: Trust | undefined;
  /** Offers HTTP/2 beside HTTP/1.1; absent: no. */
  readonly allowH2?: boolean | undefined;
}

// Node gives each address 250 ms before the next one, and fails when all are slower: too little between continents.
const ADDRESS_ATTEMPT_MS = 2000;
const TLS_SESSIONS = 100;

/** What TLS is to check. Said outright, so that NODE_TLS_REJECT_UNAUTHORIZED cannot switch it off. */
export function checksOf(trust: Trust | undefined): { readonly rejectUnauthorized: boolean; readonly ca?: string[] } {
  if (trust === undefined) return { rejectUnauthorized: true };
  if (trust === 'anyone') return { rejectUnauthorized: false };
  return { rejectUnauthorized: true, ca: [...trustedAuthorities(), ...trust] };
}

export function refusal(host: string, ip: string, kind: Reason): AddressRefused {
  return new AddressRefused(
    host === ip
      ? reason('fetch.address.refused', { host, kind })
      : reason('fetch.address.resolved', { host, ip, kind }),
  );
}

/** The addresses of a name that the guard lets through, or the error where there is none. */
export function passedAddresses(
  hostname: string,
  found: readonly LookupAddress[],
  guard: AddressGuard,
): readonly LookupAddress[] | Error {
  let refused: AddressRefused | null = null;
  const passed: LookupAddress[] = [];
  for (const { address, family } of found) {
    const kind = guard.refuse(address);
    if (kind === null) passed.push({ address, family });
    else refused ??= refusal(hostname, address, kind);
  }
  if (passed.length > 0) return passed;
  return refused ?? Object.assign(new Error(`${hostname} has no address`), { code: 'ENOTFOUND' });
}

/**
 * A look-up for `net.connect` that hands on only addresses the guard lets through. The socket connects to what was
 * checked, so a name that changes between look-ups gains nothing.
 */
function guardLookup(lookup: Lookup, guard: AddressGuard): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { all: true }, (error, addresses) => {
      const passed = error ?? passedAddresses(hostname, addresses, guard);
      const first = passed instanceof Error ? undefined : passed[0];
      if (passed instanceof Error || first === undefined) callback(passed as Error, '', 0);
      else if (options.all === true) callback(null, [...passed]);
      else callback(null, first.address, first.family);
    });
  };
}

/**
 * A connector for undici's dispatchers. Literal addresses never reach a look-up, so they are checked here; the address
 * at the other end of the socket is checked once more, whatever named it.
 */
export function createConnector({
  guard,
  connectTimeoutMs,
  lookup,
  allowH2 = false,
  trust,
}: ConnectorOptions): buildConnector.connector {
  const connect = buildConnector({
    timeout: connectTimeoutMs,
    allowH2,
    maxCachedSessions: TLS_SESSIONS,
    lookup: guardLookup(lookup, guard),
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: ADDRESS_ATTEMPT_MS,
    ...checksOf(trust),
  });
  return (options, callback) => {
    const host = options.hostname.startsWith('[') ? options.hostname.slice(1, -1) : options.hostname;
    const kind = isIP(host) === 0 ? null : guard.refuse(host);
    if (kind !== null) {
      // Later, because undici counts on a connector that does not answer within its own call.
      queueMicrotask(() => callback(refusal(host, host, kind), null));
      return;
    }
    connect(options, (...result) => {
      const [error, socket] = result;
      if (error !== null) {
        callback(error, null);
        return;
      }
      const remote = socket.remoteAddress;
      if (remote === undefined) {
        // The other end has already hung up, so there is nothing to check and nothing to talk to.
        socket.destroy();
        callback(Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }), null);
        return;
      }
      const remoteKind = guard.refuse(remote);
      if (remoteKind === null) callback(null, socket);
      else {
        socket.destroy();
        callback(refusal(host, remote, remoteKind), null);
      }
    });
  };
}
