/** The poll job: asks a source, reads what it answers, sends unseen and changed items on, and only then notes validators. */
import { createHash } from 'node:crypto';
import { DelayedError, type Job, UnrecoverableError } from 'bullmq';
import type { Logger } from 'pino';
import { readDocument } from '../feed/read.ts';
import type { Fetcher } from '../fetch/fetch.ts';
import type { Store } from '../store/keys.ts';
import type { PollRecord, SourceState } from '../store/model.ts';
import { endTurn, takeTurn } from '../store/pace.ts';
import { clearDue, compactSeen, readSourceState, recordPoll, setDue, unseenItems } from '../store/sources.ts';
import type { Config, FeedDocument, FetchResult, RawItem, Source, Validators } from '../types.ts';
import { nextPoll, type NextPoll, spreadOf } from './next.ts';
import type { PollJob, Queues } from './queues.ts';

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

/** Items a job carries at most; a feed of thousands becomes several jobs that Redis and the worker can hold. */
const MAX_ITEMS_PER_JOB = 200;
/** After this the host's turn is given on, whatever became of the worker. */
const LEASE_MARGIN_MS = 10_000;

const NO_VALIDATORS: Validators = { etag: null, lastModified: null, bodyHash: null };

/** Runs one poll. A source that fails makes the job fail, with the reason, after its state is written. */
export async function runPoll(deps: PollDeps, job: Job<PollJob>, token: string | undefined): Promise<PollSummary> {
  const config = deps.config();
  const source = config.sources.find((one) => one.id === job.data.source);
  if (source === undefined || !source.enabled) return { outcome: 'skipped', items: 0, fresh: 0, next: null };
  const address = resolveAddress(source.url, config.settings.rsshub);
  if (address === null) {
    const message = 'no RSSHub address: set `rsshub` in settings.yaml';
    return finish(deps, source, await readSourceState(deps.store, source.id), {
      outcome: 'failed',
      url: source.url,
      stage: 'address',
      message,
      status: null,
      retryAfterMs: null,
      redirects: [],
      elapsedMs: 0,
    });
  }

  const { fetch: limits } = config.settings;
  const host = hostOf(address);
  const lease = `${source.id}:${job.id ?? ''}`;
  const wait = await takeTurn(deps.store, host, lease, {
    now: deps.now(),
    concurrency: limits.perHostConcurrency,
    intervalMs: limits.perHostIntervalMs,
    leaseMs: limits.timeoutMs + LEASE_MARGIN_MS,
  });
  if (wait > 0) {
    await job.moveToDelayed(deps.now() + wait, token);
    throw new DelayedError();
  }
  try {
    const state = await readSourceState(deps.store, source.id);
    const result = await deps.fetcher.fetchDocument({
      url: address,
      validators: state.validators,
      headers: source.headers,
      proxy: source.proxy,
      accept: source.kind,
    });
    return await finish(deps, source, state, result);
  } finally {
    await endTurn(deps.store, host, lease);
  }
}

/** The address that is asked: `rsshub://route` lies under the configured base; null where none is configured. */
export function resolveAddress(url: string, rsshub: string | null): string | null {
  if (!url.startsWith('rsshub://')) return url;
  if (rsshub === null) return null;
  return `${rsshub.replace(/\/+$/, '')}/${url.slice('rsshub://'.length).replace(/^\/+/, '')}`;
}

function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : address;
}

/** What reading the answer brought. */
interface Reading {
  readonly document: FeedDocument | null;
  readonly fresh: number;
  readonly error: string | null;
  /** Not a feed at all: a page, a login, nothing. */
  readonly changed: boolean;
}

async function finish(deps: PollDeps, source: Source, state: SourceState, result: FetchResult): Promise<PollSummary> {
  const reading = await read(deps, source, result);
  const now = deps.now();
  const failed = reading.error !== null;
  const failures = failed ? state.failures + 1 : 0;
  const next = nextOf(deps, source, result, failures, reading.document?.ttlMinutes ?? null, now);
  const newestAt = newest(reading.document);
  const moved = permanentTarget(result);
  await recordPoll(
    deps.store,
    {
      ...state,
      validators: validatorsAfter(state, result, failed),
      title: reading.document?.title ?? state.title,
      lastPollAt: now,
      lastSuccessAt: failed ? state.lastSuccessAt : now,
      nextPollAt: next?.at ?? null,
      nextWhy: next?.why ?? null,
      newestEntryAt: Math.max(newestAt ?? 0, state.newestEntryAt ?? 0) || null,
      failures,
      lastError: reading.error,
      movedTo: moved,
      movedCount: moved === null ? 0 : moved === state.movedTo ? state.movedCount + 1 : 1,
      gone: result.outcome === 'gone',
      changed: reading.changed,
    },
    toRecord(result, reading, newestAt, now),
  );
  if (source.schedule === 'auto')
    await (next === null
      ? clearDue(deps.store, [source.id])
      : setDue(deps.store, [{ id: source.id, at: next.at }], 'replace'));
  if (failed) {
    deps.log.warn({ source: source.id, error: reading.error, failures }, 'poll failed');
    throw new UnrecoverableError(reading.error ?? 'failed');
  }
  const items = reading.document?.items.length ?? 0;
  deps.log.debug({ source: source.id, outcome: result.outcome, items, fresh: reading.fresh }, 'polled');
  return { outcome: result.outcome, items, fresh: reading.fresh, next: next?.why ?? null };
}

function validatorsAfter(state: SourceState, result: FetchResult, failed: boolean): Validators {
  if (!('validators' in result)) return state.validators;
  // A document that could not be read is asked for again, whole.
  return failed ? NO_VALIDATORS : result.validators;
}

async function read(deps: PollDeps, source: Source, result: FetchResult): Promise<Reading> {
  const nothing = { document: null, fresh: 0, error: null, changed: false };
  if (result.outcome === 'unmodified') return nothing;
  if (result.outcome === 'gone')
    return { ...nothing, error: 'status: 410 Gone; polling pauses until the source is asked for by hand' };
  if (result.outcome === 'failed') return { ...nothing, error: `${result.stage}: ${result.message}` };
  const reading = await readDocument({
    bytes: result.body,
    headers: result.headers,
    url: result.url,
    source: source.id,
    kind: source.kind,
    encoding: source.encoding,
    timezone: source.timezone,
    select: source.select,
    now: deps.now(),
  });
  if (!reading.ok) return { ...nothing, error: `${reading.stage}: ${reading.message}`, changed: true };
  return { ...nothing, document: reading.document, fresh: await passOn(deps, source, reading.document) };
}

/** Queues the items that are unseen or changed. Once this returns they are safe in Redis. */
async function passOn(deps: PollDeps, source: Source, document: FeedDocument): Promise<number> {
  const hashed = document.items.map((item) => ({ item, id: item.id, hash: hashItem(item) }));
  const unseen = await unseenItems(deps.store, source.id, hashed);
  const fresh = hashed.filter(({ id }) => unseen.has(id)).map(({ item, hash }) => ({ item, hash }));
  for (let at = 0; at < fresh.length; at += MAX_ITEMS_PER_JOB) {
    const items = fresh.slice(at, at + MAX_ITEMS_PER_JOB);
    const data = { source: source.id, feedTitle: document.title, baseUrl: document.link ?? document.url, items };
    // A poll that is repeated after a crash finds its items still unseen: the same batch is not queued twice.
    const id = createHash('sha256')
      .update(items.map(({ hash }) => hash).join())
      .digest('base64url')
      .slice(0, 16);
    await deps.queues.ingest.add(source.id, data, { deduplication: { id: `${source.id}.${id}` } });
  }
  if (fresh.length > 0)
    await compactSeen(
      deps.store,
      source.id,
      hashed.map(({ id }) => id),
    );
  return fresh.length;
}

/** Hash of what the publisher gave; repairs are ours and may change with the program. */
export function hashItem(item: RawItem): string {
  const { repairs: _, ...given } = item;
  return createHash('sha1').update(JSON.stringify(given)).digest('base64url').slice(0, 16);
}

function nextOf(
  deps: PollDeps,
  source: Source,
  result: FetchResult,
  failures: number,
  ttlMinutes: number | null,
  now: number,
): NextPoll | null {
  if (result.outcome === 'gone') return null;
  if (source.schedule === 'auto')
    return nextPoll({ now, result, failures, ttlMinutes, spread: spreadOf(`${source.id}${now}`) });
  const at = deps.nextFiring(source.schedule, source.id);
  return at === null ? null : { at, why: `schedule ${source.schedule}` };
}

function newest(document: FeedDocument | null): number | null {
  const dates = (document?.items ?? []).flatMap((item) => item.published ?? item.updated ?? []);
  return dates.length === 0 ? null : Math.max(...dates);
}

/** Where 301 and 308 lead, if nothing but them was met on the way (RFC 9110 §15.4). */
function permanentTarget(result: FetchResult): string | null {
  const { redirects } = result;
  if (result.outcome === 'failed' || redirects.length === 0) return null;
  return redirects.every(({ status }) => status === 301 || status === 308) ? (redirects.at(-1)?.to ?? null) : null;
}

function toRecord(result: FetchResult, reading: Reading, newestAt: number | null, now: number): PollRecord {
  return {
    at: now,
    outcome: reading.error !== null && result.outcome === 'modified' ? 'failed' : result.outcome,
    status: result.status,
    bytes: result.outcome === 'modified' ? result.body.byteLength : null,
    elapsedMs: Math.round(result.elapsedMs),
    items: reading.document?.items.length ?? null,
    fresh: reading.fresh,
    newestAt,
    format: reading.document?.format ?? null,
    charset: reading.document?.charset.used ?? null,
    repairs: reading.document?.repairs ?? [],
    error: reading.error,
  };
}
