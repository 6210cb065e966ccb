/** Does something to many keys or items in portions, with a turn of the event loop between: pipelines of 20,000 commands hold it for seconds. */
import { giveWay } from '../../text/giveway.ts';

const PORTION = 500;

/** Calls `work` with so many at a time, in order; gives what all calls gave, together. */
export async function inPortions<T, R>(
  all: readonly T[],
  work: (portion: readonly T[]) => Promise<readonly R[]>,
  size = PORTION,
): Promise<R[]> {
  const results: R[] = [];
  for (let at = 0; at < all.length; at += size) {
    if (at > 0) await giveWay();
    // One by one: a list may be longer than a call takes arguments.
    for (const result of await work(all.slice(at, at + size))) results.push(result);
  }
  return results;
}
