/** Reads stored entries by their ids. */
import type { Entry } from '../../model/entry.ts';
import { createPieces } from '../../text/giveway.ts';
import { keys, type Store } from '../redis/keys.ts';
import { checkEach, readable } from '../redis/unreadable.ts';
import { readPacked } from './packedentry.ts';

/** Entry id → the entry, for those of `ids` that are stored and can be read. */
export async function readStoredEntries(store: Store, ids: readonly string[]): Promise<Map<string, Entry>> {
  if (ids.length === 0) return new Map();
  const pipeline = store.redis.pipeline();
  for (const id of ids) pipeline.hgetBuffer(keys.entry(store, id), 'e');
  const keyOf = (place: number) => keys.entry(store, ids[place] ?? '');
  const rows = await checkEach(store, pipeline.exec(), keyOf);
  const entries = new Map<string, Entry>();
  const pieces = createPieces();
  for (const [i, id] of ids.entries()) {
    await pieces();
    const packed = rows[i];
    const entry = Buffer.isBuffer(packed) ? readable(store, keyOf(i), () => readPacked(packed, keyOf(i)).entry) : null;
    if (entry !== null) entries.set(id, entry);
  }
  return entries;
}
