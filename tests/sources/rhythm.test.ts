import { describe, expect, it } from 'vitest';
import { entriesPerDay, learnRhythm, whenWorthwhile } from '../../src/sources/rhythm.ts';
import type { Rhythm } from '../../src/model/source.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Wednesday 2026-03-04 00:00 in Shanghai. */
const MIDNIGHT = Date.UTC(2026, 2, 3, 16);
const first = (stamps: readonly number[], unstamped = 0) => learnRhythm(null, { stamps, unstamped }, null, MIDNIGHT);
const hours = (rhythm: Rhythm) => rhythm.quarters.flatMap((count, quarter) => (count > 0 ? [quarter / 4] : []));
const each = (count: number, at: (i: number) => number) => Array.from({ length: count }, (_, i) => at(i));

describe('learnRhythm', () => {
  it('reads hours and weekdays in Shanghai from a first document', () => {
    const rhythm = first([MIDNIGHT - 18 * HOUR, MIDNIGHT - 7 * DAY + 6 * HOUR]);
    expect(hours(rhythm)).toEqual([6]);
    expect(rhythm.weekdays.map((count) => count > 0)).toEqual([false, false, true, true, false, false, false]);
    expect(rhythm).toMatchObject({ gapDays: 6, longestGapDays: 6 });
  });

  it('takes no hour from dates without a time', () => {
    const dates = first(each(9, (i) => MIDNIGHT - i * DAY));
    expect(hours(dates)).toEqual([]);
    expect(dates).toMatchObject({ gapDays: 1, longestGapDays: 1 });
    expect(hours(first([Date.UTC(2026, 2, 1)]))).toEqual([]);
  });

  it('counts nothing of the far past, of the future, or of undated items that were there from the start', () => {
    for (const rhythm of [first([MIDNIGHT - 300 * DAY]), first([MIDNIGHT + DAY]), first([], 30)])
      expect(rhythm.weekdays).toEqual([0, 0, 0, 0, 0, 0, 0]);
  });

  it('expects of a busy source what it brings, soon, and forgets within weeks when it goes silent', () => {
    const busy = first(each(2_000, (i) => MIDNIGHT - (i + 0.5) * 10 * MINUTE));
    expect(entriesPerDay(busy, MIDNIGHT)).toBeGreaterThan(135);
    expect(entriesPerDay(busy, MIDNIGHT)).toBeLessThan(150);
    const later = entriesPerDay(busy, MIDNIGHT + 60 * DAY);
    expect(later).toBeLessThan(15);
    expect(entriesPerDay(null, MIDNIGHT)).toBe(4);
  });

  it.each([
    ['an undated item: between the polls', [], 1, [10.5]],
    ['a stamp between the polls', [MIDNIGHT + 10.25 * HOUR], 0, [10.25]],
    ['a stamp before the last poll: it became visible since', [MIDNIGHT + 8 * HOUR], 0, [10.5]],
    ['a stamp to come', [MIDNIGHT + 40 * HOUR], 0, [10.5]],
    ['a date only', [MIDNIGHT], 0, [10.5]],
    ['an old item put in late', [MIDNIGHT - 9 * DAY], 0, []],
  ] as const)('places %s', (_name, stamps, unstamped, expected) => {
    const before = first([]);
    const after = learnRhythm(before, { stamps, unstamped }, MIDNIGHT + 10 * HOUR, MIDNIGHT + 11 * HOUR);
    expect(hours(after)).toEqual(expected);
  });

  it('keeps the pauses as they were while nothing comes', () => {
    const daily = first(each(20, (i) => MIDNIGHT - (i + 1) * DAY + 9 * HOUR));
    const later = learnRhythm(daily, { stamps: [], unstamped: 0 }, MIDNIGHT, MIDNIGHT + 30 * DAY);
    expect(later).toMatchObject({ gapDays: 1, longestGapDays: 1, lastDay: daily.lastDay });
  });

  it('stays small', () => {
    const busy = first(each(9_000, (i) => MIDNIGHT - i * 3 * MINUTE - 1));
    expect(JSON.stringify(busy).length).toBeLessThan(900);
  });
});

describe('whenWorthwhile', () => {
  it('for an even rhythm is the square root of twice the wait by the rate', () => {
    const even = first(each(96 * 28, (i) => MIDNIGHT - (i + 0.5) * 15 * MINUTE));
    const expected = Math.sqrt(2 * 5 * MINUTE * 15 * MINUTE);
    const found = whenWorthwhile(even, MIDNIGHT, 5 * MINUTE, DAY) - MIDNIGHT;
    // Last week's days weigh a little more than those of the week before, so the weekdays are not quite even.
    expect(Math.abs(found / expected - 1)).toBeLessThan(0.12);
  });

  it('is sooner on the days and at the hours of the news', () => {
    // 28 days: ten entries around nine on Mondays to Fridays.
    const rhythm = first(
      each(28, (day) => MIDNIGHT - (day + 1) * DAY)
        .filter((day) => new Date(day + 8 * HOUR).getUTCDay() % 6 !== 0)
        .flatMap((day) => each(10, (i) => day + 9 * HOUR + i * MINUTE)),
    );
    const pause = (at: number) => whenWorthwhile(rhythm, at, 5 * MINUTE, DAY) - at;
    const wednesday = MIDNIGHT + 9 * HOUR;
    expect(pause(wednesday)).toBeLessThan(12 * MINUTE);
    expect(pause(wednesday)).toBeLessThan(pause(wednesday + 6 * HOUR) / 5);
    expect(pause(wednesday)).toBeLessThan(pause(wednesday + 3 * DAY) / 1.5);
  });

  it('is never beyond the limit', () => {
    const dead = first([MIDNIGHT - 400 * DAY]);
    expect(whenWorthwhile(dead, MIDNIGHT, 1_000 * DAY, DAY)).toBe(MIDNIGHT + DAY);
  });
});
