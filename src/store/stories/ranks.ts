/** Says where stories stand in an edition: by rank, newest first, and by order time. */
import { keys, type Store } from '../redis/keys.ts';

/** A story and its order time, epoch ms. */
interface Ranked {
  readonly story: string;
  readonly orderAt: number;
}

/** 0 is the newest; null where the story is not in the edition. */
export async function rankOf(store: Store, edition: string, story: string): Promise<number | null> {
  return store.redis.zrevrank(keys.edition(store, edition), story);
}

/** Null where no story has this rank. */
export async function storyAt(store: Store, edition: string, rank: number): Promise<Ranked | null> {
  if (rank < 0) return null;
  const [story, score] = await store.redis.zrevrange(keys.edition(store, edition), rank, rank, 'WITHSCORES');
  return story === undefined || score === undefined ? null : { story, orderAt: Number(score) };
}

/** How many stories are newer than `orderAt`. */
export async function countNewer(store: Store, edition: string, orderAt: number): Promise<number> {
  return store.redis.zcount(keys.edition(store, edition), `(${orderAt}`, '+inf');
}

/** Order times of the stories next to a stretch: the last one before `from`, not before `since`, and the first from `until` on. */
export async function timesBeside(
  store: Store,
  edition: string,
  { from, until, since }: { readonly from: number; readonly until: number; readonly since: number | null },
): Promise<{ readonly before: number | null; readonly after: number | null }> {
  const key = keys.edition(store, edition);
  const [before, after] = await Promise.all([
    store.redis.zrevrangebyscore(key, `(${from}`, String(since ?? '-inf'), 'WITHSCORES', 'LIMIT', 0, 1),
    store.redis.zrangebyscore(key, String(Math.max(since ?? 0, until)), '+inf', 'WITHSCORES', 'LIMIT', 0, 1),
  ]);
  const timeOf = ([, score]: readonly string[]) => (score === undefined ? null : Number(score));
  return { before: timeOf(before), after: timeOf(after) };
}
