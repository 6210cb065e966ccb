/** The poll job: asks a source, reads what it answers, sends unseen and changed items on, and only then notes validators. */
import { type Job, UnrecoverableError } from 'bullmq';
import { reason } from '../reasons/catalogue.ts';
import { say } from '../reasons/render.ts';
import type { Logger } from 'pino';
import type { Fetcher } from '../fetch/fetcher.ts';
import type { Store } from '../store/redis/keys.ts';
import type { Config } from '../model/config.ts';
import type { FetchResult } from '../model/fetch.ts';
import type { Source, SourceState } from '../model/source.ts';
import { countConnections } from '../store/redis/connect.ts';
import { beginPoll, clearDue, markSource, recordNextPolls, recordPoll, setDue } from '../store/sources/sources.ts';
import { maskAddresses } from '../text/secrets.ts';
import type { Threads } from '../threads/pool.ts';
import {
  endsEarly,
  NO_READING,
  type Reading,
  settle,
  stateAfter,
  toRecord,
  validatorsOf,
} from '../sources/afterpoll.ts';
import { clockToRead } from '../sources/clock.ts';
import { tellChange } from './alerts/alert.ts';
import { findSource, kindToRead, requestOf, resolveAddress } from '../sources/configured.ts';
import { followSource } from './follow.ts';
import { askDated, isDated } from '../sources/datedaddress.ts';
import { addressToAsk, judgeMoved } from '../sources/moved.ts';
import { oldNewsOf } from '../sources/oldnews.ts';
import { judgeDocument } from '../sources/pagememory.ts';
import { isBackingOff, nextByCron, nextPoll, type NextInput, type NextPoll, spreadOf } from '../sources/nextpoll.ts';
import { readIssue } from './issue.ts';
import { isNetworkAway, NETWORK_AWAY } from './networkaway.ts';
import { passOn } from './newitems.ts';
import { withoutErrors } from '../sources/foreign.ts';
import { isElsewhere, readPolled } from './polldocument.ts';
import type { PollRoom } from './pollroom.ts';
import type { PollJob, Queues } from './queues.ts';
import { comeBack, type HeldTurn, restAfter, takeHostTurn } from './hostturn.ts';

export interface PollDeps {
  readonly store: Store;
  readonly queues: Queues;
  readonly config: () => Config;
  readonly fetcher: Fetcher;
  readonly threads: Threads;
  readonly room: PollRoom;
  readonly log: Logger;
  readonly now: () => number;
  /** Next firing of a cron expression; null where it never fires again. */
  readonly nextFiring: (expression: string, sourceId: string) => number | null;
}

/** What bull-board shows as the job's return value. */
export interface PollSummary {
  readonly outcome: string;
  readonly items: number;
  readonly fresh: number;
  readonly next: string | null;
}

/** A turn this near is waited for here: giving the job back would cost more. */
const SHORT_WAIT_MS = 15;
/** Sources of a host that rested come back over this share of the rest. */
const REST_SPREAD = 0.1;
const MAX_REST_SPREAD_MS = 900_000;

/** Runs one poll. A source that fails makes the job fail, with the reason, after its state is written. */
export async function runPoll(deps: PollDeps, job: Job<PollJob>, token: string | undefined): Promise<PollSummary> {
  const config = deps.config();
  const source = findSource(config, job.data.source);
  if (source === undefined || !source.enabled) return leave(deps, job.data.source, 'skipped');
  const configured = resolveAddress(source.url, config.settings.rsshub);
  const run = countConnections(deps.store);
  const { state: stored, mark, someUnreached } = await beginPoll(deps.store, source.id);
  const state = settle(stored, configured ?? source.url);
  if (configured === null) {
    const result = { ...NOT_ASKED, url: source.url };
    const addresses = { configured: source.url, asked: source.url };
    return finish(deps, { source, before: state, mark, run, addresses, result, turn: null });
  }
  // 410 pauses: only a person's asking looks whether the source is back.
  if (state.gone && job.data.why === 'schedule') return leave(deps, source.id, 'gone');
  if (source.schedule !== 'auto' && job.data.why === 'schedule' && isBackingOff(state, deps.now()))
    return leave(deps, source.id, 'backing off');
  const first = addressToAsk(state, configured);
  const { fetch: limits } = config.settings;
  const urgent = isUrgent(job.data);
  const turns = await takeHostTurn(deps, {
    address: first,
    lease: source.id,
    limits,
    urgent,
    patienceMs: SHORT_WAIT_MS,
  });
  if (turns.kind !== 'start')
    return turns.kind === 'rest' ? putOff(deps, source, turns.host, turns.ms) : comeBack(deps, job, token, turns.ms);
  let ended = false;
  try {
    const { beforeHop } = turns;
    const ask = (url: string) => {
      const validators = validatorsOf(state, configured, url);
      return deps.fetcher.fetchDocument({ ...requestOf(source, url, configured), validators, beforeHop });
    };
    const { asked, fetched } = await askDated(first, { timezone: source.timezone, now: deps.now() }, ask);
    const missed = turns.missed();
    if (missed?.kind === 'rest') return await putOff(deps, source, missed.host, missed.ms);
    // A redirect's host is busy: the whole poll comes again at the moment that is kept there.
    if (missed !== null) return await comeBack(deps, job, token, missed.ms);
    if (await isNetworkAway(deps, source.id, fetched, someUnreached)) return NETWORK_AWAY;
    const result = asked === configured ? fetched : judgeMoved(fetched);
    await restAfter(deps, result, limits);
    // The further pages of an issue wait for turns of their own.
    if (isDated(configured)) await turns.leave();
    const addresses = { configured, asked };
    const summary = await finish(deps, { source, before: state, mark, run, addresses, result, turn: turns.held() });
    ended = true;
    return summary;
  } catch (error) {
    ended = error instanceof UnrecoverableError;
    throw error;
  } finally {
    await turns.leave(ended);
  }
}

/** A source that is not asked does not come due by itself either. */
async function leave(deps: PollDeps, id: string, outcome: string): Promise<PollSummary> {
  await clearDue(deps.store, [id]);
  return { outcome, items: 0, fresh: 0, next: null };
}

const NOT_ASKED = {
  outcome: 'failed',
  stage: 'address',
  reason: reason('fetch.address.no-rsshub'),
  status: null,
  retryAfterMs: null,
  redirects: [],
  elapsedMs: 0,
} as const;

/** A person asked: no host's rest is waited for. */
const isUrgent = ({ why }: PollJob): boolean => why === 'asked';

/** Of a host that rests: the source comes due again when that is over, without a job that waits for it. */
async function putOff(deps: PollDeps, source: Source, host: string, restMs: number): Promise<PollSummary> {
  const at = deps.now() + restMs + spreadOf(source.id) * Math.min(REST_SPREAD * restMs, MAX_REST_SPREAD_MS);
  const why = reason('poll.host-rests', { host, wait: restMs });
  await setDue(deps.store, [{ id: source.id, at }], 'replace');
  await recordNextPolls(deps.store, [{ id: source.id, at, why }]);
  return { outcome: 'put off', items: 0, fresh: 0, next: say(why, 'en') };
}

/** A poll that a fault of the store or the program ended before its state was written: its source says so, and backs off. */
export async function noteBrokenPoll(deps: PollDeps, id: string, error: Error): Promise<void> {
  const { settings } = deps.config();
  const source = findSource(deps.config(), id);
  if (source === undefined) return;
  const configured = resolveAddress(source.url, settings.rsshub) ?? source.url;
  const { state, mark } = await beginPoll(deps.store, id);
  const before = settle(state, configured);
  const result = { ...NOT_ASKED, reason: reason('poll.broken', { said: error.message }), url: source.url };
  const addresses = { configured, asked: configured };
  await finish(deps, { source, before, mark, run: 0, addresses, result, turn: null }).catch((thrown: unknown) => {
    if (!(thrown instanceof UnrecoverableError)) throw thrown;
  });
}

/** A poll whose answer is there. */
interface Answered {
  readonly source: Source;
  /** The state before the poll. */
  readonly before: SourceState;
  /** Under which it was read, and the run of Redis in which it was (see countConnections). */
  readonly mark: string;
  readonly run: number;
  readonly addresses: { readonly configured: string; readonly asked: string };
  readonly result: FetchResult;
  /** The turn that ends with the poll; null where it was not asked. */
  readonly turn: HeldTurn | null;
}

/** Reads the answer, sends its items on, and only then writes the state. Throws where the poll failed. */
async function finish(deps: PollDeps, answered: Answered): Promise<PollSummary> {
  const { source, before, addresses, result, turn } = answered;
  // Reading it takes the body away.
  const bytes = result.outcome === 'modified' ? result.body.length : null;
  const reading = await deps.room.hold(source.id, bytes ?? 0, () => read(deps, answered));
  // Anew once its items are safe, and were found to be.
  const mark = reading.document === null ? answered.mark : await markSource(deps.store, source.id, answered.run);
  const now = deps.now();
  const after = stateAfter(before, addresses, result, reading, now);
  const pushedBy = await followSource(deps, source, addresses.configured, result, reading);
  const next = nextOf(deps, source, after, { result, pushedBy }, now);
  const { at: nextPollAt = null, why: nextWhy = null, notBefore = null } = next ?? {};
  const known = { ...after, nextPollAt, nextWhy, notBefore };
  const state = await tellChange(deps.queues, source, known, deps.config().settings.alerts, now);
  // Of a cron source the next firing sets it.
  const due = source.schedule === 'auto' ? nextPollAt : null;
  const record = toRecord({ ...result, bytes }, reading, state, now);
  if (!(await recordPoll(deps.store, state, record, { due, turn: turn ?? undefined, mark }))) {
    const why = reason('poll.store-lost');
    deps.log.warn({ source: source.id }, say(why, 'en'));
    await setDue(deps.store, [{ id: source.id, at: now }], 'earlier');
    await recordNextPolls(deps.store, [{ id: source.id, at: now, why }]);
  }
  if (reading.error !== null) {
    const error = say(reading.error, 'en');
    deps.log.warn({ source: source.id, error, failures: state.failures }, 'poll failed');
    throw new UnrecoverableError(error);
  }
  const items = reading.document?.items.length ?? 0;
  deps.log.debug({ source: source.id, outcome: result.outcome, items, fresh: reading.fresh }, 'polled');
  return {
    outcome: result.outcome,
    items,
    fresh: reading.fresh,
    next: state.nextWhy === null ? null : say(state.nextWhy, 'en'),
  };
}

async function read(deps: PollDeps, answered: Answered): Promise<Reading> {
  const { source, before, result } = answered;
  if (result.outcome === 'unmodified') return NO_READING;
  if (result.outcome === 'gone') return { ...NO_READING, error: reason('fetch.status.gone') };
  if (result.outcome === 'failed') return { ...NO_READING, error: result.reason };
  const { reading, readWhole } = await readPolled(
    deps,
    { ...source, kind: kindToRead(source, before), clock: clockToRead(source, before) },
    result,
  );
  if (!reading.ok) {
    const why = reading.reason;
    const url = maskAddresses(result.url);
    const error = result.redirects.length === 0 ? why : reason('feed.redirected', { why, url });
    return { ...NO_READING, error, changed: reading.stage !== 'limit' };
  }
  const { document: own, error } = withoutErrors(reading.document);
  const { asked } = answered.addresses;
  const document = isDated(source.url) ? await readIssue(deps, { source, before, asked }, own) : own;
  if (error !== null && document.items.length === 0)
    return { ...NO_READING, error: reason('poll.bridge-error', { said: error }) };
  if (await isElsewhere(deps, { source, before, configured: answered.addresses.configured, result }, document)) {
    const url = maskAddresses(result.url);
    return { ...NO_READING, error: reason('poll.moved-elsewhere', { url }), changed: true };
  }
  if (document.items.length === 0 && endsEarly(document)) return { ...NO_READING, error: reason('feed.parse.cut') };
  const page = judgeDocument(document, before.page, deps.now());
  if (page?.verdict === 'other') {
    const why = reason('feed.list.other', { items: document.items.length });
    return { ...NO_READING, error: why, page: page.memory };
  }
  const emptied = document.items.length === 0 && (before.freshAt ?? before.newestEntryAt) !== null;
  return {
    ...NO_READING,
    document,
    changed: emptied,
    page: page?.memory ?? null,
    ...(await passOn(deps, {
      source,
      document,
      before,
      whole: true,
      old: oldNewsOf(document, before, page, deps.now()),
      readWhole,
    })),
  };
}

function nextOf(
  deps: PollDeps,
  source: Source,
  state: SourceState,
  { result, pushedBy }: Pick<NextInput, 'result' | 'pushedBy'>,
  now: number,
): NextPoll | null {
  if (result.outcome === 'gone') return null;
  if (source.schedule === 'auto')
    return nextPoll({ ...state, now, result, pushedBy, spread: spreadOf(`${source.id}${now}`) });
  const at = deps.nextFiring(source.schedule, source.id);
  return at === null ? null : nextByCron({ ...state, now, result }, source.schedule, at);
}
