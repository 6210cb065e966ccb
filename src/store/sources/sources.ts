/** Keeps what polls found out about each source: validators, times, failures and the last polls. */
import { randomUUID } from 'node:crypto';
import type { StoredReason } from '../../model/reason.ts';
import { FIGURE_SECONDS } from '../ledger/figures.ts';
import { dayOf, keys, type Store } from '../redis/keys.ts';
import { countConnections } from '../redis/connect.ts';
import { defineScript } from '../redis/luascript.ts';
import { check } from '../redis/pipeline.ts';
import { inPortions } from '../redis/portions.ts';
import { checkEach, readable } from '../redis/unreadable.ts';
import { NO_VALIDATORS } from '../../model/fetch.ts';
import type { PollRecord, SourceState } from '../../model/source.ts';
import { emptyState, readPoll, readState } from './state.ts';

const KEPT_POLLS = 20;
const NONE_KNOWN = JSON.stringify(NO_VALIDATORS);

const take = defineScript('takedue-1', ['due'], ['now', 'limit', 'later']);
const begin = defineScript('beginpoll-2', ['source', 'unreached'], ['mark']);
const remember = defineScript('remember-1', ['source'], ['mark', 'state', 'validators']);
const record = defineScript(
  'recordpoll-5',
  ['source', 'polls', 'figures', 'due', 'leases'],
  ['mark', 'state', 'validators', 'otherwise', 'poll', 'keep', 'id', 'counts', 'keepSeconds', 'due', 'lease'],
);

/** States of these sources, in their order; `polls` left empty. */
export function readSourceStates(store: Store, ids: readonly string[]): Promise<SourceState[]> {
  return inPortions(ids, (portion) => readStates(store, portion));
}

async function readStates(store: Store, ids: readonly string[]): Promise<SourceState[]> {
  const pipeline = store.redis.pipeline().zmscore(keys.due(store), ...ids);
  for (const id of ids) pipeline.hget(keys.source(store, id), 'state');
  const keyOf = (place: number) => (place === 0 ? keys.due(store) : keys.source(store, ids[place - 1] ?? ''));
  const [due, ...states] = (await checkEach(store, pipeline.exec(), keyOf)) as [
    (string | null)[] | null,
    ...(string | null)[],
  ];
  return ids.map((id, i) => {
    const state = stateOf(store, states[i] ?? null, id);
    return due?.[i] ? { ...state, nextPollAt: Number(due[i]) } : state;
  });
}

/** A state that cannot be read is as of a source that was never polled; the next poll writes it anew. */
function stateOf(store: Store, json: string | null, id: string): SourceState {
  const key = keys.source(store, id);
  return readable(store, key, () => readState(json, id, key)) ?? emptyState(id);
}

/** One source's state with its last polls, newest first. */
export async function readSourceState(store: Store, id: string): Promise<SourceState> {
  const [states, polls] = await Promise.all([
    readSourceStates(store, [id]),
    checkEach(store, store.redis.pipeline().lrange(keys.polls(store, id), 0, -1).exec(), () => keys.polls(store, id)),
  ]);
  const read = (json: string) => readable(store, keys.polls(store, id), () => readPoll(json, keys.polls(store, id)));
  const records = ((polls[0] ?? []) as string[]).flatMap((json) => read(json) ?? []);
  return { ...(states[0] ?? emptyState(id)), polls: records };
}

/** A source's state as a poll needs it: without its last polls, and the next time as it was written. */
export async function readForPoll(store: Store, id: string): Promise<SourceState> {
  return stateOf(store, await store.redis.hget(keys.source(store, id), 'state'), id);
}

/** A mark that no source has. */
const NOWHERE = 'nowhere';

/**
 * Marks a source anew. A Redis that restarts can lose its last writes, though it took them, and always loses them from
 * the end: whoever finds the mark again knows that all stands that was written or read before it was made, since `run`
 * (see countConnections). Where Redis restarted since then, the mark is none that will be found.
 */
export async function markSource(store: Store, id: string, run: number): Promise<string> {
  const mark = randomUUID();
  await store.redis.hset(keys.source(store, id), 'mark', mark);
  return markOfRun(store, mark, run);
}

/** The mark, where Redis has not restarted since `run`; else one that will not be found. */
export function markOfRun(store: Store, mark: string, run: number): string {
  return countConnections(store) === run ? mark : NOWHERE;
}

/** What a poll begins with. */
export interface Begun {
  /** As a poll needs it. */
  readonly state: SourceState;
  /** Under which it was read. */
  readonly mark: string;
  /** Hosts are noted that could not be reached: an answer says that the network is there. */
  readonly someUnreached: boolean;
}

export async function beginPoll(store: Store, id: string): Promise<Begun> {
  const mark = randomUUID();
  const [state, unreached] = (await begin.run(store.redis, {
    keys: { source: keys.source(store, id), unreached: keys.unreached(store) },
    args: { mark },
  })) as [string | null, number];
  return { state: stateOf(store, state, id), mark, someUnreached: unreached === 1 };
}

/** Has the source's document read whole at the next poll, which is due now: what was taken of it may be lost. */
export async function distrustSource(store: Store, id: string, now: number): Promise<void> {
  for (;;) {
    const { state, mark } = await beginPoll(store, id);
    const args = { mark, state: stateJson(state), validators: NONE_KNOWN };
    // A poll that began meanwhile writes its own state first.
    if ((await remember.run(store.redis, { keys: { source: keys.source(store, id) }, args })) === 1) break;
  }
  await setDue(store, [{ id, at: now }], 'earlier');
}

/** A state as far as it is known; the rest is as of a source that was never polled. */
export type KnownState = Partial<SourceState> & Pick<SourceState, 'id'>;

/** The state as scripts take it: they write the validators beside it, and the polls have a list of their own. */
function stateJson(state: KnownState): string {
  // JSON leaves out what is undefined; to make an object without the two costs more.
  return JSON.stringify({ ...state, polls: undefined, validators: undefined });
}

/** What is written together with a poll: `due` sets when the source comes due (null: never by itself). */
export interface AfterPoll {
  readonly due?: number | null | undefined;
  /** Host and lease of the turn that ends with this poll. */
  readonly turn?: { readonly host: string; readonly lease: string } | undefined;
  /** Made once the entries were safe: where it is lost, so may they be. */
  readonly mark?: string | undefined;
}

/**
 * Writes a source's state after a poll, with the poll itself. Validators go here: call it only once the entries are safe.
 * False where Redis lost the mark: the state then stands there without validators.
 */
export async function recordPoll(
  store: Store,
  state: KnownState,
  poll: PollRecord,
  { due, turn, mark = '' }: AfterPoll = {},
): Promise<boolean> {
  const { id, validators } = state;
  const counts = [
    ...(poll.outcome === 'pushed' ? [] : [`${id}|polls`]),
    ...(poll.error === null ? [] : [`${id}|failures`]),
  ];
  const stood = await record.run(store.redis, {
    keys: {
      source: keys.source(store, id),
      polls: keys.polls(store, id),
      figures: keys.figures(store, dayOf(poll.at)),
      due: keys.due(store),
      leases: keys.leases(store, turn?.host ?? ''),
    },
    args: {
      mark,
      state: stateJson(state),
      validators: validators === undefined ? NONE_KNOWN : JSON.stringify(validators),
      otherwise: NONE_KNOWN,
      poll: JSON.stringify(poll),
      keep: KEPT_POLLS,
      id,
      counts: counts.join(' '),
      keepSeconds: FIGURE_SECONDS,
      due: due === null ? 'never' : (due ?? ''),
      lease: turn?.lease ?? '',
    },
  });
  return stood === 1;
}

interface NextPoll {
  readonly id: string;
  readonly at: number;
  readonly why: StoredReason;
}

/** Sets when a source is polled next, and why then. */
export async function recordNextPolls(store: Store, next: readonly NextPoll[]): Promise<void> {
  await inPortions(next, (portion) => writeNextPolls(store, portion));
}

async function writeNextPolls(store: Store, next: readonly NextPoll[]): Promise<readonly never[]> {
  const states = await readSourceStates(
    store,
    next.map((n) => n.id),
  );
  const pipeline = store.redis.pipeline();
  for (const [i, state] of states.entries()) {
    const { at, why } = next[i] as (typeof next)[number];
    const { polls: _, ...kept } = state;
    pipeline.hset(keys.source(store, state.id), 'state', JSON.stringify({ ...kept, nextPollAt: at, nextWhy: why }));
  }
  await check(pipeline.exec());
  return [];
}

/** Sources that are due at `now`, soonest first. */
export async function dueSources(store: Store, now: number, limit: number): Promise<string[]> {
  return store.redis.zrangebyscore(keys.due(store), '-inf', String(now), 'LIMIT', 0, limit);
}

/** The sources that are due at `now`, which come due again at `later`: each is taken once, however many schedulers look. */
export async function takeDue(
  store: Store,
  { now, later, limit }: { readonly now: number; readonly later: number; readonly limit: number },
): Promise<string[]> {
  const ids = await take.run(store.redis, { keys: { due: keys.due(store) }, args: { now, limit, later } });
  return ids as string[];
}

/**
 * Puts sources on the list of what comes due. Of a source that waits there already, `keep` leaves the time as it is,
 * `earlier` moves it only forward, `replace` sets it.
 */
export async function setDue(
  store: Store,
  times: readonly { readonly id: string; readonly at: number }[],
  standing: 'keep' | 'earlier' | 'replace',
): Promise<void> {
  const key = keys.due(store);
  await inPortions(times, async (portion) => {
    const pairs = portion.flatMap(({ id, at }) => [String(at), id]);
    if (standing === 'keep') await store.redis.zadd(key, 'NX', ...pairs);
    else if (standing === 'earlier') await store.redis.zadd(key, 'LT', ...pairs);
    else await store.redis.zadd(key, ...pairs);
    return [];
  });
}

/** Takes sources off the list of what comes due. */
export async function clearDue(store: Store, ids: readonly string[]): Promise<void> {
  await inPortions(ids, async (portion) => {
    await store.redis.zrem(keys.due(store), ...portion);
    return [];
  });
}
