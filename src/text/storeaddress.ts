/** Reads the address of a Redis: one server's, or that of the Sentinels who know which of several is the primary. */

/** A host and its port. */
export interface HostPort {
  readonly host: string;
  readonly port: number;
}

export interface StoreAddress {
  /** The server, or the Sentinels. */
  readonly at: readonly [HostPort, ...HostPort[]];
  /** What the Sentinels call the primary; null: it is no Sentinels' address. */
  readonly primary: string | null;
  readonly username: string;
  readonly password: string;
  readonly database: number;
  readonly tls: boolean;
  /** File with the certificates (PEM) of who signs the servers'; null: those that the system trusts. */
  readonly caFile: string | null;
}

const SERVER_PORT = 6_379;
const SENTINEL_PORT = 26_379;

const FORM = /^(rediss?)(\+sentinel)?:\/\/(?:([^@/?#]*)@)?([^@/?#]+)(?:\/([^?#]*))?(?:\?([^#]*))?$/i;
const PLACE = /^(\[[\da-f:.]+\]|[^:[\]]+)(?::(\d{1,5}))?$/i;

/**
 * `redis://user:password@host:port/0`, and `redis+sentinel://user:password@host:port,host:port/name/0`, where user and
 * password are those of the servers; `rediss` for TLS, with `?ca=FILE`. Null where it is none of these.
 */
export function parseStoreAddress(text: string): StoreAddress | null {
  const [, scheme = '', sentinel, login = '', places = '', path = '', search = ''] = FORM.exec(text) ?? [];
  if (scheme === '') return null;
  const isSentinel = sentinel !== undefined;
  const [name, database] = isSentinel ? path.split('/') : [null, path];
  const at = places.split(',').map((place) => readPlace(place, isSentinel ? SENTINEL_PORT : SERVER_PORT));
  const [first, ...others] = at.flatMap((place) => place ?? []);
  const isWhole = first !== undefined && others.length + 1 === at.length && (isSentinel || others.length === 0);
  if (!isWhole || name === '' || path.split('/').length > (isSentinel ? 2 : 1) || !/^\d*$/.test(database ?? ''))
    return null;
  try {
    const [username = '', password = ''] = splitLogin(login).map(decodeURIComponent);
    return {
      at: [first, ...others],
      primary: name === null || name === undefined ? null : decodeURIComponent(name),
      username,
      password,
      database: Number(database ?? 0),
      tls: scheme.toLowerCase() === 'rediss',
      caFile: new URLSearchParams(search).get('ca'),
    };
  } catch {
    return null;
  }
}

function splitLogin(login: string): [string, string] {
  const colon = login.indexOf(':');
  return colon < 0 ? [login, ''] : [login.slice(0, colon), login.slice(colon + 1)];
}

function readPlace(text: string, otherwise: number): HostPort | null {
  const [, host, port] = PLACE.exec(text) ?? [];
  if (host === undefined || Number(port ?? otherwise) > 65_535) return null;
  return { host: host.replaceAll(/[[\]]/g, ''), port: Number(port ?? otherwise) };
}
