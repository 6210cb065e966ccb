/** Reads the figures that pages and metrics show: totals, matching, flow by source and day. */
import { dayOf, keys, type Store } from '../redis/keys.ts';
import type { DayFigures, Totals } from '../../model/decision.ts';
import { check } from '../redis/pipeline.ts';
import { DAY_MS } from '../../text/time.ts';

/** For how long the figures of a day are kept: the days that pages may ask for, and a margin. */
export const FIGURE_DAYS = 40;
export const FIGURE_SECONDS = (FIGURE_DAYS * DAY_MS) / 1000;

export async function readTotals(store: Store): Promise<Totals> {
  const [entries, stories, counts] = await Promise.all([
    store.redis.zcard(keys.entries(store)),
    store.redis.zcard(keys.stories(store)),
    store.redis.hmget(keys.totals(store), 'kept', 'dropped', 'merged'),
  ]);
  const [kept, dropped, merged] = counts.map((count) => Number(count ?? 0));
  return { entries, stories, kept: kept ?? 0, dropped: dropped ?? 0, merged: merged ?? 0 };
}

/** Code of a reason → decisions that it was given for, since the store knows codes. */
export async function readReasonCounts(store: Store): Promise<ReadonlyMap<string, number>> {
  const counts = await store.redis.hgetall(keys.reasons(store));
  return new Map(Object.entries(counts).map(([code, count]) => [code, Number(count)]));
}

/** What recognising copies took since the store was made. */
export interface MatchingFigures {
  /** Entries committed, changed ones included. */
  readonly matched: number;
  /** Stored entries that shared keys with them and were looked at. */
  readonly candidates: number;
  /** Comparisons, also those of decisions that were made again because another commit came between. */
  readonly comparisons: number;
  /** Stories that turned out to be part of another one. */
  readonly storiesMerged: number;
}

export async function readMatching(store: Store): Promise<MatchingFigures> {
  const names = ['matched', 'candidates', 'comparisons', 'storiesMerged'] as const;
  const counts = await store.redis.hmget(keys.totals(store), ...names);
  const [matched = 0, candidates = 0, comparisons = 0, storiesMerged = 0] = counts.map((count) => Number(count ?? 0));
  return { matched, candidates, comparisons, storiesMerged };
}

/** Source id → its figures of the last `days` days, oldest first. */
export async function readFigures(store: Store, now: number, days: number): Promise<Map<string, DayFigures[]>> {
  const names = Array.from({ length: days }, (_, i) => dayOf(now - (days - 1 - i) * DAY_MS));
  const pipeline = store.redis.pipeline();
  for (const day of names) pipeline.hgetall(keys.figures(store, day));
  const rows = (await check(pipeline.exec())) as Record<string, string>[];
  const sources = new Set(
    rows.flatMap((row) => Object.keys(row).map((field) => field.slice(0, field.lastIndexOf('|')))),
  );
  const result = new Map<string, DayFigures[]>();
  for (const source of sources) {
    const figure = (row: Record<string, string> | undefined, name: string) => Number(row?.[`${source}|${name}`] ?? 0);
    result.set(
      source,
      names.map((day, i) => ({
        day,
        polls: figure(rows[i], 'polls'),
        failures: figure(rows[i], 'failures'),
        kept: figure(rows[i], 'kept'),
        dropped: figure(rows[i], 'dropped'),
        merged: figure(rows[i], 'merged'),
      })),
    );
  }
  return result;
}
