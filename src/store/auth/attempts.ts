/** Counts wrong passwords for every web process: by address, and all in all. */
import { keys, type Store } from '../redis/keys.ts';
import { check } from '../redis/pipeline.ts';

const WINDOW_MS = 60_000;
/** Wrong passwords within the window, of one address. */
export const MOST_OF_ONE = 20;
/** Of all addresses together: there is one login, and a guess costs a fifth of a second of this machine. */
const MOST_OF_ALL = 100;
/** An address that logged in within so long is not delayed by what others guess. */
const KNOWN_SECONDS = 30 * 86_400;

/** Milliseconds until this address may try again; 0: now. */
export async function waitBeforeGuess(store: Store, address: string): Promise<number> {
  const [count, ttl] = await readCount(store, keys.guesses(store, address));
  return count >= MOST_OF_ONE ? ttl : 0;
}

/** Counts a guess before it is looked at, so that many at once are not let through; as `waitBeforeGuess` otherwise. */
export async function countGuess(store: Store, address: string): Promise<number> {
  const [ofOne, wait] = await addOne(store, keys.guesses(store, address));
  if (ofOne > MOST_OF_ONE) return wait;
  if ((await store.redis.exists(keys.knownAddress(store, address))) === 1) return 0;
  const [ofAll, waitOfAll] = await addOne(store, keys.guesses(store, '*'));
  return ofAll > MOST_OF_ALL ? waitOfAll : 0;
}

/** The address gave the right password: what others guess does not delay it from now on. */
export async function knowAddress(store: Store, address: string): Promise<void> {
  await store.redis.set(keys.knownAddress(store, address), '1', 'EX', KNOWN_SECONDS);
}

type Count = readonly [count: number, ttlMs: number];

async function addOne(store: Store, key: string): Promise<Count> {
  // NX of EXPIRE is of Redis 7; a counter made with its expiry serves 6.2, too.
  const [, count, ttl] = await check(
    store.redis.multi().set(key, '0', 'PX', WINDOW_MS, 'NX').incr(key).pttl(key).exec(),
  );
  return [Number(count), Math.max(1, Number(ttl))];
}

async function readCount(store: Store, key: string): Promise<Count> {
  const [count, ttl] = await check(store.redis.multi().get(key).pttl(key).exec());
  return [Number(count ?? 0), Math.max(1, Number(ttl))];
}
