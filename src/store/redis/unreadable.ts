/** Skips single records that cannot be read, so that one of them hurts only itself, and keeps a list of them. */
import type { Unreadable } from '../../model/storedrecord.ts';
import { keys, type Store } from './keys.ts';
import { check } from './pipeline.ts';
import { StoreError } from './storeerror.ts';

/** Records that are listed at most; a store in which more are broken has another fault. */
const MOST = 200;
/** What was mended by itself leaves the list after this. */
const KEEP_SECONDS = 2 * 3_600;
/** A record that is still unreadable is listed anew after this. */
const AGAIN_MS = 3_600_000;

/** What `read` gives; null, and noted, where the record is of another form than this program writes. */
export function readable<T>(store: Store, key: string, read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'unreadable') throw error;
    store.onUnreadable?.({ key, why: error.message });
    return null;
  }
}

/**
 * The values of a pipeline that reads one record with each command; null, and noted, where a key holds another type.
 * `keyOf`: the key that a command reads.
 */
export async function checkEach(
  store: Store,
  running: Promise<[Error | null, unknown][] | null>,
  keyOf: (place: number) => string,
): Promise<unknown[]> {
  return ((await running) ?? []).map(([error, value], i) => {
    if (error === null) return value;
    if (!isWrongType(error)) throw error;
    store.onUnreadable?.({ key: keyOf(i), why: error.message });
    return null;
  });
}

/** The same where nobody needs to be told: what is broken is met, and noted, by whoever reads the record itself. */
export async function checkWholeTypes(running: Promise<[Error | null, unknown][] | null>): Promise<unknown[]> {
  return ((await running) ?? []).map(([error, value]) => {
    if (error === null) return value;
    if (!isWrongType(error)) throw error;
    return null;
  });
}

/** True of an error that says that a key holds another type than the command reads (redis.io, "Error replies"). */
function isWrongType(error: unknown): boolean {
  return error instanceof Error && error.message.includes('WRONGTYPE');
}

/** Gives what a store calls for each record that it skips: told once, and listed for all processes. */
export function listUnreadable(
  store: Store,
  tell: (record: Unreadable) => void,
  now: () => number,
): NonNullable<Store['onUnreadable']> {
  const noted = new Map<string, number>();
  return (record) => {
    const before = noted.get(record.key);
    if (before !== undefined && now() - before < AGAIN_MS) return;
    if (noted.size > MOST) noted.clear();
    noted.set(record.key, now());
    if (before === undefined) tell(record);
    // The list is for people to look at: what cannot be written now is listed when it is met again.
    addToList(store, record).catch(() => noted.delete(record.key));
  };
}

async function addToList(store: Store, { key, why }: Unreadable): Promise<void> {
  const list = keys.unreadable(store);
  if ((await store.redis.hlen(list)) >= MOST) return;
  await check(store.redis.pipeline().hset(list, key, why).expire(list, KEEP_SECONDS).exec());
}

/** The records that were skipped lately, by key. */
export async function readUnreadable(store: Store): Promise<readonly Unreadable[]> {
  const all = await store.redis.hgetall(keys.unreadable(store));
  return Object.entries(all)
    .map(([key, why]) => ({ key, why }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** Empties the list: what is still unreadable comes again. */
export async function forgetUnreadable(store: Store): Promise<void> {
  await store.redis.del(keys.unreadable(store));
}
