/** Named locks in Redis: of all processes over one store, one at a time does a thing. */
import { randomUUID } from 'node:crypto';
import { keys, type Store } from './keys.ts';
import { defineScript } from './luascript.ts';

const take = defineScript('lock-1', ['lock'], ['token', 'ttlMs']);
const release = defineScript('release-1', ['lock'], ['token']);

/** Takes a lock that is not given back but ends after `ttlMs`; false where another process holds it. */
export async function takeLock(store: Store, name: string, ttlMs: number): Promise<boolean> {
  return (await take.run(store.redis, { keys: { lock: keys.lock(store, name) }, args: { token: '1', ttlMs } })) === 1;
}

/** Runs `work` unless another process is at it. `ttlMs`: how long one that dies keeps the others away. */
export async function runAlone(store: Store, name: string, ttlMs: number, work: () => Promise<void>): Promise<void> {
  const lock = keys.lock(store, name);
  const token = randomUUID();
  if ((await take.run(store.redis, { keys: { lock }, args: { token, ttlMs } })) !== 1) return;
  try {
    await work();
  } finally {
    await release.run(store.redis, { keys: { lock }, args: { token } });
  }
}
