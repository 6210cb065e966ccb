/** Holds the network's own outage against no source: back-off pauses, and all are asked again once the first answers. */
import type { Logger } from 'pino';
import type { FetchResult } from '../model/fetch.ts';
import { reason } from '../reasons/catalogue.ts';
import { spreadOf } from '../sources/nextpoll.ts';
import { paceKey } from '../sources/host.ts';
import { noteReaching } from '../store/sources/network.ts';
import type { Store } from '../store/redis/keys.ts';
import { recordNextPolls, setDue } from '../store/sources/sources.ts';
import { MINUTE_MS } from '../text/time.ts';

interface NetworkDeps {
  readonly store: Store;
  readonly log: Logger;
  readonly now: () => number;
}

/** Stages at which a request fails for want of a network. */
const UNREACHED: ReadonlySet<string> = new Set(['dns', 'connect']);
/** So long a source waits while the network is away, and as much again by its name. */
const AGAIN_MS = 2 * MINUTE_MS;
/** Those that come back are spread: so long for each, and no longer in all. */
const EACH_MS = 200;
const MOST_SPREAD_MS = 5 * MINUTE_MS;

/** What a poll that was left says. */
export const NETWORK_AWAY = { outcome: 'network away', items: 0, fresh: 0, next: null } as const;

/**
 * Whether the poll is to be left, since the network is away: it comes again within minutes, and counts as no failure.
 * `someUnreached`: of hosts, when the poll began; where none is noted, an answer tells nothing new.
 */
export async function isNetworkAway(
  deps: NetworkDeps,
  source: string,
  result: FetchResult,
  someUnreached: boolean,
): Promise<boolean> {
  const { store, log, now } = deps;
  const at = now();
  const reached = result.outcome !== 'failed' || !UNREACHED.has(result.stage);
  if (reached && !someUnreached) return false;
  // What is refused here, or ends in the middle, says nothing of the network.
  if (result.outcome === 'failed' && reached && result.status === null) return false;
  const { away, back } = await noteReaching(store, { host: paceKey(result.url, 'host'), source, now: at, reached });
  if (reached) {
    if (back.length > 0) {
      const spreadMs = Math.min(MOST_SPREAD_MS, back.length * EACH_MS);
      await setDue(
        store,
        back.map((id) => ({ id, at: at + spreadOf(id) * spreadMs })),
        'earlier',
      );
      log.info({ sources: back.length }, 'the network is back: sources are asked again');
    }
    return false;
  }
  if (!away) return false;
  const next = { id: source, at: at + AGAIN_MS * (1 + spreadOf(`${source}${at}`)) };
  await setDue(store, [next], 'replace');
  await recordNextPolls(store, [{ ...next, why: reason('poll.network-away') }]);
  return true;
}
