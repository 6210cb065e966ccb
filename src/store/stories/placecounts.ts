/** Counts the stories of places by the sets in which they stand. */
import { check } from '../redis/pipeline.ts';
import { keys, type Store } from '../redis/keys.ts';
import { facetOfRegion } from './facets.ts';

/** Stories in any edition that are of a place or of one within it; `since`: order times, epoch ms, inclusive. One pipeline. */
export async function countByPlace(
  store: Store,
  codes: readonly string[],
  since: readonly number[],
): Promise<ReadonlyMap<string, readonly number[]>> {
  if (codes.length === 0) return new Map();
  const pipeline = store.redis.pipeline();
  for (const code of codes) for (const at of since) pipeline.zcount(keys.facet(store, facetOfRegion(code)), at, '+inf');
  const counts = (await check(pipeline.exec())) as number[];
  return new Map(codes.map((code, i) => [code, counts.slice(i * since.length, (i + 1) * since.length)]));
}
