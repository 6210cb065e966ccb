/** Leaves a host alone for as long as it asked by Retry-After, where the config says that the whole host is meant. */
import type { Store } from '../store/keys.ts';
import { restHost } from '../store/pace.ts';
import type { FetchResult, Settings } from '../types.ts';
import { paceKey } from './host.ts';

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
