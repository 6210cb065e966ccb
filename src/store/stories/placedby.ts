/** Keeps by which placement (see pipeline/placement.ts) stories stand in editions, and which of them were committed by another. */
import { keys, type Store } from '../redis/keys.ts';
import { defineScript } from '../redis/luascript.ts';
import { check } from '../redis/pipeline.ts';

const settled = defineScript('placed-1', ['misplaced'], ['story', 'version']);

export interface Placing {
  /** The placement that the schedulers' last config asks for; null: none ever had one. */
  readonly wanted: string | null;
  /** The one by which every story was placed last. */
  readonly placed: string | null;
  /** Stories that a process with another config has committed since. */
  readonly misplaced: number;
}

export async function readPlacing(store: Store): Promise<Placing> {
  const [wanted, placed, misplaced] = await check(
    store.redis.pipeline().get(keys.placing(store)).get(keys.placed(store)).hlen(keys.misplaced(store)).exec(),
  );
  return { wanted: wanted as string | null, placed: placed as string | null, misplaced: Number(misplaced) };
}

/** From now on, stories are wanted placed so; commits by another placement are noted. A store without stories is so at once. */
export async function wantPlacing(store: Store, placement: string): Promise<void> {
  const [, stories, placed] = await check(
    store.redis
      .pipeline()
      .set(keys.placing(store), placement)
      .zcard(keys.stories(store))
      .get(keys.placed(store))
      .exec(),
  );
  if (stories === 0 && placed === null) await notePlaced(store, placement);
}

/** Every story was placed so. */
export async function notePlaced(store: Store, placement: string): Promise<void> {
  await store.redis.set(keys.placed(store), placement);
}

/** Story id → the version in which it was committed by another placement. */
export async function readMisplaced(store: Store): Promise<ReadonlyMap<string, string>> {
  return new Map(Object.entries(await store.redis.hgetall(keys.misplaced(store))));
}

/** A story is placed, unless it was misplaced anew since. */
export async function settleMisplaced(store: Store, story: string, version: string): Promise<void> {
  await settled.run(store.redis, { keys: { misplaced: keys.misplaced(store) }, args: { story, version } });
}
