/** Leaves a host alone for as long as it asked by Retry-After, where the config says that the whole host is meant. */
import type { Store } from '../store/redis/keys.ts';
import { restHost } from '../store/sources/pace.ts';
import type { Settings } from '../model/config.ts';
import type { FetchResult } from '../model/fetch.ts';
import { paceKey } from '../sources/host.ts';

/** The host is the one that answered: behind a redirect another than was asked. */
export async function heedRetryAfter(
  store: Store,
  result: FetchResult,
  { retryAfter, paceBy }: Settings['fetch'],
  now: number,
): Promise<void> {
  if (result.outcome !== 'failed' || result.retryAfterMs === null || retryAfter !== 'host') return;
  await restHost(store, paceKey(result.url, paceBy), now + result.retryAfterMs, now);
}
