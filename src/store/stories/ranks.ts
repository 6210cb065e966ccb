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

/** Order time of a story of an edition, epoch ms; null where it is not in it. */
export async function orderTimeOf(store: Store, edition: string, story: string): Promise<number | null> {
  const at = await store.redis.zscore(keys.edition(store, edition), story);
  return at === null ? null : Number(at);
}

/** Null where no story has this rank. */
export async function storyAt(store: Store, edition: string, rank: number): Promise<Ranked | null> {
  if (rank < 0) return null;
  const [story, score] = await store.redis.zrevrange(keys.edition(store, edition), rank, rank, 'WITHSCORES');
  return story === undefined || score === undefined ? null : { story, orderAt: Number(score) };
}

/** Order time of the oldest story from `from` on (epoch ms); null where there is none. */
export async function firstTime(store: Store, edition: string, from: number): Promise<number | null> {
  const [, at] = await store.redis.zrangebyscore(
    keys.edition(store, edition),
    from,
    '+inf',
    'WITHSCORES',
    'LIMIT',
    0,
    1,
  );
  return at === undefined ? null : Number(at);
}
