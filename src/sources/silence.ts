/** Turns the daily counts of entries by place into the places that have fallen silent, each against its own rhythm. */
import { cityOf, liesInAny, provinceOf } from '../divisions/codes.ts';
import type { DayCoverage } from '../model/decision.ts';
import { N } from './numbers.ts';

/** A province or prefecture-level city of which nothing came lately, though it used to. */
export interface Silence {
  /** GB/T 2260. */
  readonly code: string;
  /** Whole days without an entry, today aside. */
  readonly days: number;
  /** Entries a day before that. */
  readonly usual: number;
  /** Last day with an entry, YYYYMMDD. */
  readonly last: string;
}

/**
 * Provinces and prefecture-level cities at `home` (codes of places) that are silent. `days`: oldest first, today last:
 * an entry of today ends a silence, its lack does not lengthen one.
 */
export function findSilences(days: readonly DayCoverage[], home: readonly string[]): Silence[] {
  const places = new Map<string, number[]>();
  for (const [i, { counts }] of days.entries())
    for (const [code, count] of counts) {
      // A county is news of its city, and both are of their province; one entry may name all three.
      for (const place of new Set([provinceOf(code), cityOf(code) ?? provinceOf(code)])) {
        if (!liesInAny(place, home)) continue;
        const row = places.get(place) ?? Array<number>(days.length).fill(0);
        row[i] = Math.max(row[i] ?? 0, count);
        places.set(place, row);
      }
    }
  return [...places]
    .flatMap(([code, row]) => judge(code, row, days) ?? [])
    .sort((a, b) => b.days * b.usual - a.days * a.usual || (a.code < b.code ? -1 : 1));
}

function judge(code: string, row: readonly number[], days: readonly DayCoverage[]): Silence | null {
  const last = row.findLastIndex((count) => count > 0);
  const first = row.findIndex((count) => count > 0);
  const silent = row.length - 2 - last;
  if (last < 0 || silent < N.place.leastDays) return null;
  // Of the first day on which anything came, part may lie before the daemon's start.
  const before = row.slice(first, last + 1);
  const active = before.filter((count) => count > 0).length;
  const usual = before.reduce((sum, count) => sum + count, 0) / before.length;
  if (active < N.place.activeDays || usual * silent < N.place.expected) return null;
  if (silent < N.place.longestPause * longestPause(before)) return null;
  return { code, days: silent, usual: Math.round(usual * 10) / 10, last: days[last]?.day ?? '' };
}

function longestPause(row: readonly number[]): number {
  let longest = 0;
  let pause = 0;
  for (const count of row) {
    pause = count > 0 ? 0 : pause + 1;
    longest = Math.max(longest, pause);
  }
  return longest;
}
