/** Keeps the digests of editions, one a day: what they tell is settled when they are made. */
import { z } from 'zod';
import type { Digest } from '../model/digest.ts';
import { keys, type Store } from './redis/keys.ts';
import { outline } from './redis/storedjson.ts';
import { readable } from './redis/unreadable.ts';

/** Digests of an edition that are kept: its feed holds no more. */
const KEPT = 60;

const DIGEST = outline<Digest>({
  day: z.string(),
  at: z.number(),
  lines: z.array(z.looseObject({ story: z.string() })),
});

/** The newest first; without those that cannot be read. */
export async function readDigests(store: Store, edition: string): Promise<readonly Digest[]> {
  const key = keys.digests(store, edition);
  const all = Object.values(await store.redis.hgetall(key)).map((json) =>
    readable(store, key, () => DIGEST.read(json, key)),
  );
  return all.filter((digest) => digest !== null).sort((a, b) => b.at - a.at);
}

export async function hasDigest(store: Store, edition: string, day: string): Promise<boolean> {
  return (await store.redis.hexists(keys.digests(store, edition), day)) === 1;
}

/** Keeps a digest, and has the edition's feed made anew; false where the day has one already. */
export async function keepDigest(store: Store, edition: string, digest: Digest): Promise<boolean> {
  const key = keys.digests(store, edition);
  if ((await store.redis.hsetnx(key, digest.day, JSON.stringify(digest))) === 0) return false;
  const days = (await store.redis.hkeys(key)).sort();
  if (days.length > KEPT) await store.redis.hdel(key, ...days.slice(0, days.length - KEPT));
  await store.redis.hincrby(keys.revisions(store), edition, 1);
  return true;
}
