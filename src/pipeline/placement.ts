/** Names what of a config decides which editions an entry is in, so that two configs that place alike have one name. */
import { createHash } from 'node:crypto';
import type { Config } from '../model/config.ts';
import { onceForEach } from '../text/onceforeach.ts';

/** 16 hex digits over the editions, the groups of regions, and the region and rules of every source. */
export const placementOf = onceForEach(({ editions, regions, sources }: Config): string => {
  const rules = sources.map(({ id, region, keep, drop }) => [id, region, keep, drop]);
  return createHash('sha256')
    .update(JSON.stringify([editions, regions, rules]))
    .digest('hex')
    .slice(0, 16);
});
