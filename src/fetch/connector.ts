/** Connects sockets, only to addresses that the guard has checked. */
import type { LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { type AddressGuard, AddressRefused } from './addressguard.ts';
import type { Lookup } from './nameresolver.ts';
import type { Reason } from '../model/reason.ts';
import { reason } from '../reasons/catalogue.ts';

export interface ConnectorOptions {
  readonly guard: AddressGuard;
  readonly connectTimeoutMs: number;
  readonly lookup: Lookup;
}

// Node gives each address 250 ms before the next one, and fails when all are slower: too little between continents.
const ADDRESS_ATTEMPT_MS = 2000;
const TLS_SESSIONS = 100;

function refusal(host: string, ip: string, kind: Reason): AddressRefused {
  return new AddressRefused(
    host === ip
      ? reason('fetch.address.refused', { host, kind })
      : reason('fetch.address.resolved', { host, ip, kind }),
  );
}

/**
 * A look-up for `net.connect` that hands on only addresses the guard lets through. The socket connects to what was
 * checked, so a name that changes between look-ups gains nothing.
 */
function guardLookup(lookup: Lookup, guard: AddressGuard): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { all: true }, (error, addresses) => {
      if (error !== null) {
        callback(error, '', 0);
        return;
      }
      let refused: AddressRefused | null = null;
      const passed: LookupAddress[] = [];
      for (const { address, family } of addresses) {
        const kind = guard.refuse(address);
        if (kind === null) passed.push({ address, family });
        else refused ??= refusal(hostname, address, kind);
      }
      const first = passed[0];
      if (first === undefined) {
        const none: NodeJS.ErrnoException = new Error(`${hostname} has no address`);
        none.code = 'ENOTFOUND';
        callback(refused ?? none, '', 0);
      } else if (options.all === true) callback(null, passed);
      else callback(null, first.address, first.family);
    });
  };
}

/**
 * Why `hostname` is not handed to a proxy, whose own look-up is out of sight: any address known here is one that the
 * guard refuses. Null where none is, where the look-up fails (only the proxy may know the name) or takes `timeoutMs`.
 */
export function refuseName(
  hostname: string,
  lookup: Lookup,
  guard: AddressGuard,
  timeoutMs: number,
): Promise<AddressRefused | null> {
  // A literal address was checked when the target was read.
  if (hostname.startsWith('[') || isIP(hostname) !== 0) return Promise.resolve(null);
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(null), timeoutMs);
    lookup(hostname, { all: true }, (error, addresses) => {
      clearTimeout(timer);
      let refused: AddressRefused | null = null;
      for (const { address } of error === null ? addresses : []) {
        const kind = guard.refuse(address);
        if (kind !== null) refused ??= refusal(hostname, address, kind);
      }
      resolve(refused);
    });
  });
}

/**
 * A connector for undici's dispatchers. Literal addresses never reach a look-up, so they are checked here; the address
 * at the other end of the socket is checked once more, whatever named it.
 */
export function createConnector({ guard, connectTimeoutMs, lookup }: ConnectorOptions): buildConnector.connector {
  const connect = buildConnector({
    timeout: connectTimeoutMs,
    maxCachedSessions: TLS_SESSIONS,
    lookup: guardLookup(lookup, guard),
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: ADDRESS_ATTEMPT_MS,
    // Said outright, so that NODE_TLS_REJECT_UNAUTHORIZED cannot switch it off.
    rejectUnauthorized: true,
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
