/** Reads of all stored entries whose they are and how many bytes they take. */
import { keys, type Store } from '../redis/keys.ts';
import { defineScript } from '../redis/luascript.ts';
import { check } from '../redis/pipeline.ts';
import { checkEach, readable } from '../redis/unreadable.ts';
import { readPacked } from '../stories/stories.ts';

const weigh = defineScript('weigh-0', [], ['control']);

/** Entries that Redis is asked about at one go: some two milliseconds, in which it answers nobody else. */
const CHUNK = 500;

export interface Weighed {
  readonly id: string;
  readonly source: string;
  readonly bytes: number;
}

/** The oldest first. */
export async function weighEntries(store: Store): Promise<Weighed[]> {
  const ids = await store.redis.zrange(keys.entries(store), 0, '-1');
  const weighed: Weighed[] = [];
  for (let at = 0; at < ids.length; at += CHUNK) {
    const chunk = ids.slice(at, at + CHUNK);
    const control = JSON.stringify({ entryPrefix: keys.entry(store, ''), entries: chunk });
    const rows = (await weigh.run(store.redis, { keys: {}, args: { control } })) as [string, number][];
    const named = await nameSources(
      store,
      chunk.filter((_, i) => rows[i]?.[0] === ''),
    );
    for (const [i, id] of chunk.entries()) {
      const [source = '', bytes = 0] = rows[i] ?? [];
      weighed.push({ id, source: source === '' ? (named.get(id) ?? '') : source, bytes });
    }
  }
  return weighed;
}

/** What an older version stored without its source is given it. */
async function nameSources(store: Store, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const reading = store.redis.pipeline();
  for (const id of ids) reading.hgetBuffer(keys.entry(store, id), 'e');
  const keyOf = (place: number) => keys.entry(store, ids[place] ?? '');
  const packed = await checkEach(store, reading.exec(), keyOf);
  const sources = new Map<string, string>();
  const writing = store.redis.pipeline();
  for (const [i, id] of ids.entries()) {
    const bytes = packed[i];
    if (!Buffer.isBuffer(bytes)) continue;
    const source = readable(store, keyOf(i), () => readPacked(bytes, keyOf(i)).entry.source);
    if (source === null) continue;
    sources.set(id, source);
    writing.hset(keyOf(i), 'o', source);
  }
  await check(writing.exec());
  return sources;
}
