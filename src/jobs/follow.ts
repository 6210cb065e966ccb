/** Has sources pushed by the hubs they name: asks, renews before a lease ends, leaves, and says when polling may rest. */
import type { Reason } from '../model/reason.ts';
import { reason } from '../reasons/catalogue.ts';
import { say } from '../reasons/render.ts';
import type { Logger } from 'pino';
import type { Sender } from '../fetch/sender.ts';
import { findAdvert } from '../websub/advert.ts';
import { callbacksOf, makeCallback, reachableBase, tokenOf } from '../websub/callbackurl.ts';
import { isPushed, leaseHolds } from '../websub/lease.ts';
import {
  changeFollowing,
  type Following,
  forgetFollowing,
  noteFollowing,
  readFollowing,
  readLooks,
  startFollowing,
} from '../store/websub/followings.ts';
import { askHub } from '../websub/send.ts';
import type { Store } from '../store/redis/keys.ts';
import { recordNextPolls, setDue } from '../store/sources/sources.ts';
import type { Config } from '../model/config.ts';
import type { FetchResult } from '../model/fetch.ts';
import type { Source } from '../model/source.ts';
import type { Reading } from '../sources/afterpoll.ts';
import { addPushes, type Queues } from './queues.ts';
import { DAY_MS, MINUTE_MS } from '../text/time.ts';
import { hostOf } from '../text/url.ts';

export interface FollowingDeps {
  readonly store: Store;
  readonly queues: Pick<Queues, 'push'>;
  readonly config: () => Config;
  readonly log: Logger;
  readonly now: () => number;
}

/** Ten days, as WebSub §5.1's own example; the hub decides. */
const LEASE_MS = 10 * DAY_MS;
/** A hub that does not answer, or never asks back, is asked again after this, then four times as long, up to a day. */
const RETRY_MS = 10 * MINUTE_MS;
/** A look whose job was lost on the way is repeated after this. */
const LOST_MS = 5 * MINUTE_MS;

/**
 * After a poll: follows the hub that the document names, leaves one that it names no more. Returns the host of the hub
 * whose pushes make frequent polls needless; null where polling stays as it was.
 */
export async function followSource(
  deps: FollowingDeps,
  source: Source,
  address: string,
  result: FetchResult,
  { document, arrivals }: Pick<Reading, 'document' | 'arrivals'>,
): Promise<string | null> {
  const { store, now } = deps;
  const base = reachableBase(deps.config().settings);
  if (base === null) return null;
  let following = await readFollowing(store, source.id);
  if (following !== null && following.address !== address) {
    await leave(deps, following);
    following = null;
  }
  if (document !== null && result.outcome === 'modified') {
    const advert = findAdvert(result.headers['link'], document, result.url);
    const same = following !== null && following.hub === advert?.hub && following.topic === advert.topic;
    if (!same) {
      if (following !== null) await leave(deps, following);
      // This daemon's own hub would be asked to push what was just read from it.
      if (advert === null || advert.topic.startsWith(`${base}/`)) return null;
      const callback = makeCallback(base, source.id);
      await startFollowing(store, { source: source.id, ...advert, callback, address, documentUrl: result.url }, now());
      await addPushes(deps.queues, [{ kind: 'follow', source: source.id }]);
      return null;
    }
  }
  if (following === null) return null;
  const missed = arrivals.stamps.length + arrivals.unstamped > 0 && leaseHolds(following, now());
  if (missed) await noteFollowing(store, following, 'missedAt', now());
  return !missed && isPushed(following, now()) ? hostOf(following.hub) : null;
}

async function leave({ store, queues, log }: FollowingDeps, following: Following): Promise<void> {
  const { source, hub, topic, callback } = following;
  await forgetFollowing(store, following, tokenOf(callback));
  await addPushes(queues, [{ kind: 'unfollow', hub, topic, callback }]);
  log.info({ source, hub }, 'source is no longer followed at its hub');
}

/** The follow job: asks the hub. It answers later, by asking back at the callback. */
export async function runFollow(
  { store, sender, log, now }: { readonly sender: Sender } & Pick<FollowingDeps, 'store' | 'log' | 'now'>,
  source: string,
): Promise<string> {
  const following = await readFollowing(store, source);
  if (following === null || following.state === 'denied') return 'not followed';
  const { tries, expiresAt, state } = following;
  const retry = now() + Math.min(DAY_MS, RETRY_MS * 4 ** Math.min(tries, 5));
  const lookAt = state === 'active' ? Math.min(retry, expiresAt ?? retry) : retry;
  // Before the request: a hub may ask back before it answers, and what that brings must stand.
  await changeFollowing(store, following, { tries: tries + 1, askedAt: now() }, lookAt);
  const problem = await askHub(sender, following, { secret: following.secret, leaseMs: LEASE_MS });
  if (problem === null) return 'asked';
  const said = say(problem, 'en');
  log.info({ source, hub: following.hub, why: said }, 'hub did not take the subscription');
  await changeFollowing(store, following, { why: problem }, lookAt);
  return said;
}

/** Looks at what is due among the followed sources: renews, asks again, leaves those that the config does not want. */
export async function sweepFollowings(deps: FollowingDeps): Promise<void> {
  const { store, queues, now } = deps;
  const looks = await readLooks(store);
  if (looks.length === 0) return;
  const { sources, settings } = deps.config();
  const base = reachableBase(settings);
  const wanted = new Map(sources.filter(({ enabled }) => enabled).map((source) => [source.id, source]));
  for (const { source: id, at } of looks) {
    const source = base === null ? undefined : wanted.get(id);
    if (base !== null && source !== undefined && at > now()) continue;
    const following = await readFollowing(store, id);
    if (following === null) continue;
    if (base === null || source === undefined) {
      await leave(deps, following);
      await pollAgain(deps, source ?? wanted.get(id), reason('poll.unreachable'));
      continue;
    }
    if (!following.callback.startsWith(callbacksOf(base, id))) {
      await leave(deps, following);
      const { hub, topic, address, documentUrl } = following;
      const callback = makeCallback(base, id);
      await startFollowing(store, { source: id, hub, topic, callback, address, documentUrl }, now() + LOST_MS);
    } else {
      const lost = following.state === 'active' && !leaseHolds(following, now());
      const asked = { state: 'asked', ...(lost && { why: reason('websub.lease-ended'), tries: 0 }) } as const;
      const renewing = following.state === 'active' && !lost;
      await changeFollowing(store, following, renewing ? { state: 'active' } : asked, now() + LOST_MS);
      if (lost)
        await pollAgain(deps, source, reason('poll.lease-ended', { hub: hostOf(following.hub) ?? following.hub }));
    }
    await addPushes(queues, [{ kind: 'follow', source: id }]);
  }
}

/** Polling returns to normal: with a poll now, which then says when the next one is. */
async function pollAgain({ store, now }: FollowingDeps, source: Source | undefined, why: Reason): Promise<void> {
  if (source?.schedule !== 'auto') return;
  const at = now();
  await setDue(store, [{ id: source.id, at }], 'earlier');
  await recordNextPolls(store, [{ id: source.id, at, why }]);
}
