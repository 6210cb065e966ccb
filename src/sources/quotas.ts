/** Says how much of what a source brings is taken now, and what is held for later polls. */
import type { Reason } from '../model/reason.ts';
import type { Quotas, Source, SourceState } from '../model/source.ts';
import { reason } from '../reasons/catalogue.ts';
import { A } from './allowances.ts';
import { BEIJING_MS, DAY_MS } from '../text/time.ts';
import { entriesPerDay } from './rhythm.ts';

/** A source's quotas: its own where the operator gave it some, else those of all. */
export function quotasOf(source: Pick<Source, 'quotas'> | undefined, all: Quotas): Quotas {
  const own = source?.quotas ?? {};
  return {
    newPerPoll: own.newPerPoll ?? all.newPerPoll,
    newPerDay: own.newPerDay ?? all.newPerDay,
    entries: own.entries ?? all.entries,
    bytes: own.bytes ?? all.bytes,
  };
}

/** What a source usually brings, as it was known when the day began: a flood must not make itself usual. */
export function usualOn(state: Pick<SourceState, 'usual' | 'rhythm'>, now: number): NonNullable<SourceState['usual']> {
  const day = Math.floor((now + BEIJING_MS) / DAY_MS);
  if (state.usual?.day === day) return state.usual;
  // Of the first day nothing is usual: a first document tells of many days.
  return { day, perDay: state.rhythm === null ? null : entriesPerDay(state.rhythm, now) };
}

/** An item that was not taken before, in the order of its document. */
export interface Offered {
  /** Names it for the day: an item is counted once, however often it is offered until it is committed. */
  readonly mark: string;
  readonly kind: OfferedKind;
}

export type OfferedKind = 'new' | 'changed';

/** What was taken of a source today. */
export interface Taken extends Readonly<Record<OfferedKind, number>> {
  /** Of the items offered now, the marks that were taken already. */
  readonly known: ReadonlySet<string>;
}

export interface Admission {
  /** Marks of those that are taken, the known ones included. */
  readonly taken: ReadonlySet<string>;
  readonly held: { readonly items: number; readonly why: Reason } | null;
}

/** What bounds a day: the quota, or many times what the source usually brings, where that is known and not overruled. */
interface DayBound {
  readonly most: number;
  readonly why: (items: number) => Reason;
}

/** Takes the first items of each kind that the poll and the day have room for. */
export function admit(
  offered: readonly Offered[],
  today: Taken,
  { quotas, usual, own }: { readonly quotas: Quotas; readonly usual: number | null; readonly own: boolean },
): Admission {
  // What is usual tells of new items: some feeds change each item at each poll.
  const day = { new: own ? byQuota(quotas) : boundOf(quotas, usual), changed: byQuota(quotas) };
  const taken = new Set<string>();
  const roomFor = (kind: OfferedKind) => Math.min(quotas.newPerPoll, day[kind].most - today[kind]);
  const room = { new: roomFor('new'), changed: roomFor('changed') };
  let held = 0;
  let fullDay: DayBound | null = null;
  for (const { mark, kind } of offered) {
    if (today.known.has(mark)) taken.add(mark);
    else if (room[kind] > 0) {
      room[kind]--;
      taken.add(mark);
    } else {
      held++;
      if (day[kind].most - today[kind] <= quotas.newPerPoll) fullDay ??= day[kind];
    }
  }
  if (held === 0) return { taken, held: null };
  const why = fullDay?.why(held) ?? reason('quota.poll', { items: held, most: quotas.newPerPoll });
  return { taken, held: { items: held, why } };
}

function byQuota({ newPerDay: most }: Quotas): DayBound {
  return { most, why: (items) => reason('quota.day', { items, most }) };
}

function boundOf(quotas: Quotas, usual: number | null): DayBound {
  if (usual === null) return byQuota(quotas);
  const most = Math.max(A.surge.leastItems, Math.ceil(A.surge.times * usual));
  if (most >= quotas.newPerDay) return byQuota(quotas);
  return { most, why: (items) => reason('quota.surge', { items, most, usual: Math.round(usual) }) };
}
