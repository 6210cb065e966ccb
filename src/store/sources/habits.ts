/** Keeps what sources do over and over: the blocks that recur on their entries, and how many of their last entries held spam. */
import { keys, type Store } from '../redis/keys.ts';
import { defineScript } from '../redis/luascript.ts';

/** What is known of a source is forgotten where nothing comes of it for so long. */
const RECURRENCES_SECONDS = 45 * 86_400;
/** Entries by which a source's share of spam is told. */
const LAST_ENTRIES = 50;

const addMarks = defineScript('spam-1', ['spam'], ['source', 'marks', 'most']);

/** What the cleaner wrote of this source's recurring blocks; null where nothing is known. */
export function readRecurrences(store: Store, source: string): Promise<string | null> {
  return store.redis.get(keys.recurrences(store, source));
}

/** Jobs of one source that end at the same time may lose each other's counts: a block is then found out an entry later. */
export async function writeRecurrences(store: Store, source: string, written: string): Promise<void> {
  await store.redis.set(keys.recurrences(store, source), written, 'EX', RECURRENCES_SECONDS);
}

/** Notes of entries that came, in order, whether they held injected spam. */
export async function noteSpam(store: Store, source: string, spammed: readonly boolean[]): Promise<void> {
  if (spammed.length === 0) return;
  const marks = spammed.map((one) => (one ? '1' : '0')).join('');
  await addMarks.run(store.redis, { keys: { spam: keys.spam(store) }, args: { source, marks, most: LAST_ENTRIES } });
}

/** Of a source's last entries, fifty at most: how many held injected spam. */
export interface SpamCount {
  readonly spammed: number;
  readonly entries: number;
}

/** Source id → its count, for every source that had an entry. */
export async function readSpam(store: Store): Promise<Map<string, SpamCount>> {
  const marks = await store.redis.hgetall(keys.spam(store));
  return new Map(
    Object.entries(marks).map(([source, line]) => [
      source,
      { spammed: line.replaceAll('0', '').length, entries: line.length },
    ]),
  );
}
