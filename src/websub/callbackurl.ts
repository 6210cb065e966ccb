/** Makes the unguessable addresses under which hubs reach this daemon, and says whether they can. */
import { randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import { refusedAddress } from '../fetch/addressguard.ts';
import type { Settings } from '../model/config.ts';

/** Route of the callbacks; `server.baseUrl` stands before it. */
export const CALLBACK_PATH = '/push';

const TOKEN_BYTES = 24;

/**
 * `server.baseUrl` without a slash at the end, where hubs can reach it: not this machine's or another inner address,
 * unless `fetch.allowAddresses` lets it through, as the hub then is an inner one, too. Null where none can.
 */
export function reachableBase({ server, fetch }: Pick<Settings, 'server' | 'fetch'>): string | null {
  if (server.baseUrl === null) return null;
  const host = new URL(server.baseUrl).hostname.replace(/^\[|\]$/g, '');
  const address = host === 'localhost' || host.endsWith('.localhost') ? '127.0.0.1' : host;
  if (isIP(address) !== 0 && refusedAddress(address, fetch.allowAddresses) !== null) return null;
  return server.baseUrl.replace(/(?<!\/)\/+$/, '');
}

/** A new callback for a source: only the hub that it is given to can know it. */
export function makeCallback(base: string, source: string): string {
  return `${callbacksOf(base, source)}${randomBytes(TOKEN_BYTES).toString('base64url')}`;
}

/** What all callbacks for a source begin with. */
export function callbacksOf(base: string, source: string): string {
  return `${base}${CALLBACK_PATH}/${encodeURIComponent(source)}/`;
}

/** The part of a callback that only its hub knows. */
export function tokenOf(callback: string): string {
  return callback.slice(callback.lastIndexOf('/') + 1);
}
