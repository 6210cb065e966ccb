/** Names what of a config decides which editions an entry is in, so that two configs that place alike have one name. */
import { createHash } from 'node:crypto';
import type { Config } from '../model/config.ts';

const known = new WeakMap<Config, string>();

/** 16 hex digits over the editions, the groups of regions, and the region and rules of every source. */
export function placementOf(config: Config): string {
  const found = known.get(config);
  if (found !== undefined) return found;
  const { editions, regions, sources } = config;
  const rules = sources.map(({ id, region, keep, drop }) => [id, region, keep, drop]);
  const signature = createHash('sha256')
    .update(JSON.stringify([editions, regions, rules]))
    .digest('hex')
    .slice(0, 16);
  known.set(config, signature);
  return signature;
}
