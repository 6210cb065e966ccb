/** Reads when stored entries were published by their first word: a publisher's later word moves nothing. */
import { keys, type Store } from '../redis/keys.ts';
import { check } from '../redis/pipeline.ts';
import { readPacked } from '../stories/stories.ts';

/** Entry id → its date (epoch ms; null: undated), for those of `ids` that are stored. */
export async function readFirstDates(store: Store, ids: readonly string[]): Promise<Map<string, number | null>> {
  if (ids.length === 0) return new Map();
  const pipeline = store.redis.pipeline();
  for (const id of ids) pipeline.hgetBuffer(keys.entry(store, id), 'e');
  const rows = await check(pipeline.exec());
  return new Map(
    ids.flatMap((id, i): [string, number | null][] => {
      const packed = rows[i];
      return Buffer.isBuffer(packed) ? [[id, readPacked(packed, keys.entry(store, id)).entry.published]] : [];
    }),
  );
}
