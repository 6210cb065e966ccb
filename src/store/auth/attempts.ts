/** Counts wrong passwords for every web process: by address, and all in all. */
import { keys, type Store } from '../redis/keys.ts';
import { check } from '../redis/pipeline.ts';

const WINDOW_MS = 60_000;
/** Guesses within the window, of one address. */
export const MOST_OF_ONE = 20;
/** Of all addresses together that are looked at as they come: there is one login, and a guess costs a fifth of a second of this machine. */
const MOST_OF_ALL = 100;
/** For so long a network is known by how much it guessed. */
const LATELY_MS = 3_600_000;
/** An address that logged in within so long is not delayed by what others guess. */
const KNOWN_SECONDS = 30 * 86_400;

/** Milliseconds until this address may try again; 0: now. */
export async function waitBeforeGuess(store: Store, address: string): Promise<number> {
  const [count, ttl] = await readCount(store, keys.guesses(store, address));
  return count >= MOST_OF_ONE ? ttl : 0;
}

export interface Guess {
  /** Milliseconds until this address may try again; 0: now. */
  readonly waitMs: number;
  /** Guesses of the network within the hour; 0 where the address is known. */
  readonly rank: number;
  /** All together guess too much. */
  readonly crowded: boolean;
}

/**
 * Counts a guess before it is looked at, so that many at once are not let through. `network`: what one operator has, and
 * may have many addresses of.
 */
export async function countGuess(store: Store, address: string, network: string): Promise<Guess> {
  const [ofOne, wait] = await addOne(store, keys.guesses(store, address), WINDOW_MS);
  if (ofOne > MOST_OF_ONE) return { waitMs: wait, rank: ofOne, crowded: false };
  if ((await store.redis.exists(keys.knownAddress(store, address))) === 1)
    return { waitMs: 0, rank: 0, crowded: false };
  const [rank] = await addOne(store, keys.guessesOfNetwork(store, network), LATELY_MS);
  const [ofAll] = await addOne(store, keys.guesses(store, '*'), WINDOW_MS);
  return { waitMs: 0, rank, crowded: ofAll > MOST_OF_ALL };
}

/** The address gave the right password: what others guess does not delay it from now on. */
export async function knowAddress(store: Store, address: string): Promise<void> {
  await store.redis.set(keys.knownAddress(store, address), '1', 'EX', KNOWN_SECONDS);
}

type Count = readonly [count: number, ttlMs: number];

async function addOne(store: Store, key: string, windowMs: number): Promise<Count> {
  // NX of EXPIRE is of Redis 7; a counter made with its expiry serves 6.2, too.
  const [, count, ttl] = await check(
    store.redis.multi().set(key, '0', 'PX', windowMs, 'NX').incr(key).pttl(key).exec(),
  );
  return [Number(count), Math.max(1, Number(ttl))];
}

async function readCount(store: Store, key: string): Promise<Count> {
  const [count, ttl] = await check(store.redis.multi().get(key).pttl(key).exec());
  return [Number(count ?? 0), Math.max(1, Number(ttl))];
}
