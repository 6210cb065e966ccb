/** Says how much of what a source brings is taken now, and what is held for later polls. */
import type { Reason } from '../model/reason.ts';
import type { Quotas, Rhythm, Source } from '../model/source.ts';
import { reason } from '../reasons/catalogue.ts';
import { A } from './allowances.ts';
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

/** An item that was not taken before, in the order of its document. */
export interface Offered {
  /** Names it for the day: an item is counted once, however often it is offered until it is committed. */
  readonly mark: string;
  readonly kind: OfferedKind;
}

/** `first`: of a source of which nothing was known; its first document tells of many days, and of no flood. */
export type OfferedKind = 'first' | 'new' | 'changed';

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
  { quotas, rhythm, own }: { readonly quotas: Quotas; readonly rhythm: Rhythm | null; readonly own: boolean },
  now: number,
): Admission {
  const day = own ? byQuota(quotas) : boundOf(quotas, rhythm, now);
  const taken = new Set<string>();
  const roomFor = (kind: OfferedKind) => Math.min(quotas.newPerPoll, day.most - today[kind]);
  const room = { first: roomFor('first'), new: roomFor('new'), changed: roomFor('changed') };
  let held = 0;
  let dayIsFull = false;
  for (const { mark, kind } of offered) {
    if (today.known.has(mark)) taken.add(mark);
    else if (room[kind] > 0) {
      room[kind]--;
      taken.add(mark);
    } else {
      held++;
      dayIsFull ||= day.most - today[kind] <= quotas.newPerPoll;
    }
  }
  if (held === 0) return { taken, held: null };
  const why = dayIsFull ? day.why(held) : reason('quota.poll', { items: held, most: quotas.newPerPoll });
  return { taken, held: { items: held, why } };
}

function byQuota({ newPerDay: most }: Quotas): DayBound {
  return { most, why: (items) => reason('quota.day', { items, most }) };
}

function boundOf(quotas: Quotas, rhythm: Rhythm | null, now: number): DayBound {
  if (rhythm === null) return byQuota(quotas);
  const usual = entriesPerDay(rhythm, now);
  const most = Math.max(A.surge.leastItems, Math.ceil(A.surge.times * usual));
  if (most >= quotas.newPerDay) return byQuota(quotas);
  return { most, why: (items) => reason('quota.surge', { items, most, usual: Math.round(usual) }) };
}
