/** Reads stored entries, against which what comes again under their ids is compared. */
import type { Entry } from '../../model/entry.ts';
import { keys, type Store } from '../redis/keys.ts';
import { check } from '../redis/pipeline.ts';
import { readPacked } from '../stories/stories.ts';

/** Entry id → the entry, for those of `ids` that are stored. */
export async function readStoredEntries(store: Store, ids: readonly string[]): Promise<Map<string, Entry>> {
  if (ids.length === 0) return new Map();
  const pipeline = store.redis.pipeline();
  for (const id of ids) pipeline.hgetBuffer(keys.entry(store, id), 'e');
  const rows = await check(pipeline.exec());
  return new Map(
    ids.flatMap((id, i): [string, Entry][] => {
      const packed = rows[i];
      return Buffer.isBuffer(packed) ? [[id, readPacked(packed, keys.entry(store, id)).entry]] : [];
    }),
  );
}
