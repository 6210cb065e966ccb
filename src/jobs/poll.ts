/** The poll job: asks a source, reads what it answers, sends unseen and changed items on, and only then notes validators. */
import { setTimeout as sleep } from 'node:timers/promises';
import { DelayedError, type Job, UnrecoverableError } from 'bullmq';
import type { Logger } from 'pino';
import { readDocument } from '../feed/read.ts';
import type { Fetcher } from '../fetch/fetch.ts';
import { keepHarmless } from '../fetch/headers.ts';
import type { Store } from '../store/redis/keys.ts';
import type { Config } from '../model/config.ts';
import type { FetchResult } from '../model/fetch.ts';
import type { Source, SourceState } from '../model/source.ts';
import { takeTurn } from '../store/sources/pace.ts';
import {
  type AfterPoll,
  clearDue,
  readForPoll,
  recordNextPolls,
  recordPoll,
  setDue,
} from '../store/sources/sources.ts';
import { maskAddresses, publicAddress } from '../text/secrets.ts';
import { endsEarly, type Reading, settle, stateAfter, toRecord } from '../sources/afterpoll.ts';
import { tellChange } from './alerts/alert.ts';
import { findSource } from '../sources/configured.ts';
import { followSource } from './follow.ts';
import { paceKey, resolveAddress } from '../sources/host.ts';
import { addressToAsk } from '../sources/moved.ts';
import { nextByCron, nextPoll, type NextInput, type NextPoll, spreadOf, tellSpan } from '../sources/nextpoll.ts';
import { passOn } from './newitems.ts';
import type { PollJob, Queues } from './queues.ts';
import { heedRetryAfter } from './rest.ts';
import { startTurns } from './hostturn.ts';

export interface PollDeps {
  readonly store: Store;
  readonly queues: Queues;
  readonly config: () => Config;
  readonly fetcher: Fetcher;
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
  const state = settle(await readForPoll(deps.store, source.id), configured ?? source.url);
  if (configured === null) {
    const message = 'no RSSHub address: set `rsshub` in settings.yaml';
    const result = { ...NOT_ASKED, url: source.url, message };
    return finish(deps, source, state, { configured: source.url, asked: source.url }, result, {});
  }
  // 410 pauses: only a person's asking looks whether the source is back.
  if (state.gone && job.data.why === 'schedule') return leave(deps, source.id, 'gone');
  if (source.schedule !== 'auto' && job.data.why === 'schedule' && deps.now() < (state.notBefore ?? 0))
    return leave(deps, source.id, 'backing off');

  const asked = addressToAsk(state, configured);
  const { fetch: limits } = config.settings;
  const host = paceKey(asked, limits.paceBy);
  const turn = await waitForTurn(deps, host, job.data, limits);
  if (turn.kind === 'wait') {
    await job.moveToDelayed(deps.now() + turn.ms, token);
    throw new DelayedError();
  }
  if (turn.kind === 'rest') return putOff(deps, source, host, turn.ms);
  const turns = startTurns(deps, { host, lease: source.id }, limits, isUrgent(job.data));
  let ended = false;
  try {
    const fetched = await deps.fetcher.fetchDocument({
      url: asked,
      validators: state.validators,
      // As on a redirect: what the operator gave for one server is not for another.
      headers: sameOrigin(asked, configured) ? source.headers : keepHarmless(lowerNames(source.headers)),
      proxy: source.proxy,
      accept: source.kind,
      beforeHop: turns.beforeHop,
    });
    const missed = turns.missed();
    if (missed?.kind === 'rest') return await putOff(deps, source, missed.host, missed.ms);
    if (missed !== null) {
      // A redirect's host is busy: the whole poll comes again at the moment that is kept there.
      await job.moveToDelayed(deps.now() + missed.ms, token);
      throw new DelayedError();
    }
    const result = asked === configured ? fetched : judgeMoved(fetched);
    await heedRetryAfter(deps.store, result, limits, deps.now());
    const turn = turns.held() ?? undefined;
    const summary = await finish(deps, source, state, { configured, asked }, result, { turn });
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
  status: null,
  retryAfterMs: null,
  redirects: [],
  elapsedMs: 0,
} as const;

/** A person asked: no host's rest is waited for. */
const isUrgent = ({ why }: PollJob): boolean => why === 'asked';

async function waitForTurn(deps: PollDeps, host: string, job: PollJob, limits: Config['settings']['fetch']) {
  const { perHostConcurrency: concurrency, perHostIntervalMs: intervalMs } = limits;
  const pace = { concurrency, intervalMs, urgent: isUrgent(job) };
  const ask = () => takeTurn(deps.store, host, job.source, { ...pace, now: deps.now() });
  const turn = await ask();
  if (turn.kind !== 'wait' || turn.ms > SHORT_WAIT_MS) return turn;
  await sleep(turn.ms);
  return ask();
}

/** A host that asked for peace gets it: the source comes due again when that is over, without a job that waits for it. */
async function putOff(deps: PollDeps, source: Source, host: string, restMs: number): Promise<PollSummary> {
  const spread = spreadOf(source.id) * Math.min(REST_SPREAD * restMs, MAX_REST_SPREAD_MS);
  const at = deps.now() + restMs + spread;
  const why = `${host} asked to be left alone for ${tellSpan(restMs)}`;
  await setDue(deps.store, [{ id: source.id, at }], 'replace');
  await recordNextPolls(deps.store, [{ id: source.id, at, why }]);
  return { outcome: 'put off', items: 0, fresh: 0, next: why };
}

/** At an address that only a redirect named, 410 speaks of that address and not of the source. */
function judgeMoved(result: FetchResult): FetchResult {
  if (result.outcome !== 'gone') return result;
  const message = '410 Gone at the address that the source had moved to';
  const { url, status, redirects, elapsedMs } = result;
  return { outcome: 'failed', stage: 'status', message, url, status, redirects, elapsedMs, retryAfterMs: null };
}

function sameOrigin(a: string, b: string): boolean {
  return a === b || (URL.canParse(a) && URL.canParse(b) && new URL(a).origin === new URL(b).origin);
}

function lowerNames(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

async function finish(
  deps: PollDeps,
  source: Source,
  before: SourceState,
  addresses: { readonly configured: string; readonly asked: string },
  result: FetchResult,
  { turn }: Pick<AfterPoll, 'turn'>,
): Promise<PollSummary> {
  const reading = await read(deps, source, before, result);
  const now = deps.now();
  const after = stateAfter(before, addresses, result, reading, now);
  const pushedBy = await followSource(deps, source, addresses.configured, result, reading);
  const next = nextOf(deps, source, after, { result, pushedBy }, now);
  const notBefore = next?.notBefore ?? null;
  const known = { ...after, nextPollAt: next?.at ?? null, nextWhy: next?.why ?? null, notBefore };
  const state = await tellChange(deps.queues, source, known, deps.config().settings.alerts, now);
  // Of a cron source the next firing sets it.
  const due = source.schedule === 'auto' ? (next?.at ?? null) : null;
  await recordPoll(deps.store, state, toRecord(result, reading, now), { due, turn });
  if (reading.error !== null) {
    deps.log.warn({ source: source.id, error: reading.error, failures: state.failures }, 'poll failed');
    throw new UnrecoverableError(reading.error);
  }
  const items = reading.document?.items.length ?? 0;
  deps.log.debug({ source: source.id, outcome: result.outcome, items, fresh: reading.fresh }, 'polled');
  return { outcome: result.outcome, items, fresh: reading.fresh, next: state.nextWhy };
}

const NOTHING: Reading = {
  document: null,
  fresh: 0,
  arrivals: { stamps: [], unstamped: 0 },
  error: null,
  changed: false,
};

async function read(deps: PollDeps, source: Source, before: SourceState, result: FetchResult): Promise<Reading> {
  if (result.outcome === 'unmodified') return NOTHING;
  if (result.outcome === 'gone')
    return { ...NOTHING, error: 'status: 410 Gone; polling pauses until the source is asked for by hand' };
  if (result.outcome === 'failed') return { ...NOTHING, error: `${result.stage}: ${result.message}` };
  const reading = await readDocument({
    bytes: result.body,
    headers: result.headers,
    // Links that name no path of their own take the whole of it, and are published.
    url: publicAddress(result.url),
    source: source.id,
    kind: source.kind,
    encoding: source.encoding,
    timezone: source.timezone,
    select: source.select,
    now: deps.now(),
  });
  if (!reading.ok) {
    const way = result.redirects.length === 0 ? '' : ` (after a redirect to ${maskAddresses(result.url)})`;
    return { ...NOTHING, error: `${reading.stage}: ${reading.message}${way}`, changed: true };
  }
  const { document } = reading;
  if (document.items.length === 0 && endsEarly(document))
    return { ...NOTHING, error: 'parse: the document ends early, before its first item' };
  const emptied = document.items.length === 0 && (before.freshAt ?? before.newestEntryAt) !== null;
  return { ...NOTHING, document, changed: emptied, ...(await passOn(deps, source, document)) };
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
