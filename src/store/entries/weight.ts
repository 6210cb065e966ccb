/** Reads of all stored entries whose they are and how many bytes they take. */
import { keys, type Store } from '../redis/keys.ts';
import { defineScript } from '../redis/luascript.ts';
import { check } from '../redis/pipeline.ts';
import { readStoredEntries } from './storedentries.ts';

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
  const entries = await readStoredEntries(store, ids);
  const writing = store.redis.pipeline();
  for (const [id, { source }] of entries) writing.hset(keys.entry(store, id), 'o', source);
  await check(writing.exec());
  return new Map([...entries].map(([id, { source }]) => [id, source]));
}
