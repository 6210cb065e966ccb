/** Shares readings of an edition among the narrowed pages that ask for it at about the same time. */
import { performance } from 'node:perf_hooks';
import type { EditionRow } from '../../model/story.ts';

/** Stories of an edition from `offset` on, newest first. */
export type Read = (offset: number, limit: number) => Promise<readonly EditionRow[]>;

/** `read` as it is shared under a name: each chunk is read once, for a second. */
export type ShareReadings = (name: string, read: Read) => Read;

const SHARED_MS = 1_000;

export function createSharedReadings(): ShareReadings {
  const pools = new Map<string, { readonly at: number; readonly read: Read }>();
  return (name, read) => {
    const now = performance.now();
    for (const [key, pool] of pools) if (now - pool.at > SHARED_MS) pools.delete(key);
    const known = pools.get(name);
    if (known !== undefined) return known.read;
    const shared = readOnce(read);
    pools.set(name, { at: now, read: shared });
    return shared;
  };
}

/** Failures are not kept. */
function readOnce(read: Read): Read {
  const chunks = new Map<string, ReturnType<Read>>();
  return (offset, limit) => {
    const key = `${offset}+${limit}`;
    let chunk = chunks.get(key);
    if (chunk === undefined) {
      chunk = read(offset, limit);
      chunks.set(key, chunk);
      chunk.catch(() => chunks.delete(key));
    }
    return chunk;
  };
}
