/** Resolves host names without letting dead name servers block the threads that others need. */
import { type LookupAddress, Resolver, lookup as lookupByLibc } from 'node:dns';
import { readFileSync } from 'node:fs';
import { createGate } from './gate.ts';

/** Resolves a host name to all of its addresses; the shape of `dns.lookup` with `all: true`. */
export type Lookup = (
  hostname: string,
  options: { readonly all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: readonly LookupAddress[]) => void,
) => void;

export interface NameResolver {
  readonly lookup: Lookup;
  /** Ends the queries under way. */
  cancel(): void;
}

const QUERY_TIMEOUT_MS = 1500;
const QUERY_TRIES = 2;
// RFC 8305 §3: the resolution delay, after which the answer for one family is used without the other's.
const OTHER_FAMILY_MS = 50;
// `dns.lookup` occupies one of Node's four threads for as long as the name servers take, up to tens of seconds, and
// files and decompression wait for the same four.
const LIBC_LOOKUPS = 2;
const SYSTEM_MAX_AGE_MS = 60_000;
// Names that the system knows by other means than DNS (RFC 6761, RFC 6762, RFC 8375).
const LOCAL_NAME = /^[^.]+$|\.(?:localhost|local|internal|home\.arpa)$/;

interface System {
  readonly resolver: Resolver;
  readonly hosts: ReadonlySet<string>;
  readonly readMs: number;
}

function readHosts(): ReadonlySet<string> {
  try {
    const lines = readFileSync('/etc/hosts', 'utf8').split('\n');
    return new Set(lines.flatMap((line) => line.replace(/#.*/, '').toLowerCase().split(/\s+/).slice(1)));
  } catch {
    return new Set();
  }
}

type Answer = { readonly addresses: readonly LookupAddress[] } | { readonly code: string };

/** Both families at once, IPv4 first: it is what the outlets of the region are reachable by. */
function query(resolver: Resolver, hostname: string, done: (answer: Answer) => void): void {
  let four: Answer | null = null;
  let six: Answer | null = null;
  let over = false;
  let timer: NodeJS.Timeout | null = null;
  const finish = (): void => {
    if (over) return;
    over = true;
    if (timer !== null) clearTimeout(timer);
    const found = [four, six].flatMap((answer) => (answer !== null && 'addresses' in answer ? answer.addresses : []));
    const failed = four !== null && 'code' in four ? four.code : 'ENODATA';
    done(found.length > 0 ? { addresses: found } : { code: failed });
  };
  const take = (family: 4 | 6) => (error: NodeJS.ErrnoException | null, addresses: readonly string[]) => {
    const answer: Answer =
      error === null
        ? { addresses: addresses.map((address) => ({ address, family })) }
        : { code: error.code ?? 'ESERVFAIL' };
    if (family === 4) four = answer;
    else six = answer;
    if (four !== null && six !== null) finish();
    else if ('addresses' in answer) timer = setTimeout(finish, OTHER_FAMILY_MS);
  };
  resolver.resolve4(hostname, take(4));
  resolver.resolve6(hostname, take(6));
}

/** A resolver by DNS, and by the system for what is in /etc/hosts, local, or unknown to DNS. `servers` as in resolv.conf. */
export function createNameResolver(servers: readonly string[] | null = null): NameResolver {
  const gate = createGate(LIBC_LOOKUPS);
  let system: System | null = null;

  const current = (): System => {
    const nowMs = performance.now();
    if (system === null || nowMs - system.readMs > SYSTEM_MAX_AGE_MS) {
      // Made anew now and then, because resolv.conf and /etc/hosts change under a daemon.
      const resolver = new Resolver({ timeout: QUERY_TIMEOUT_MS, tries: QUERY_TRIES });
      if (servers !== null) resolver.setServers(servers);
      system = { resolver, hosts: readHosts(), readMs: nowMs };
    }
    return system;
  };

  const askSystem = async (...[hostname, options, callback]: Parameters<Lookup>): Promise<void> => {
    await gate.enter();
    lookupByLibc(hostname, options, (error, addresses) => {
      gate.leave();
      callback(error, addresses);
    });
  };

  return {
    lookup(hostname, options, callback) {
      const { resolver, hosts } = current();
      if (LOCAL_NAME.test(hostname) || hosts.has(hostname.toLowerCase())) {
        void askSystem(hostname, options, callback);
        return;
      }
      query(resolver, hostname, (answer) => {
        if ('addresses' in answer) callback(null, answer.addresses);
        else if (answer.code === 'ETIMEOUT' || answer.code === 'ECANCELLED') {
          callback(Object.assign(new Error(`${answer.code} ${hostname}`), { code: answer.code }), []);
        } else void askSystem(hostname, options, callback);
      });
    },
    cancel() {
      system?.resolver.cancel();
    },
  };
}
