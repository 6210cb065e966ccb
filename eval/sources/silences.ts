/** Labelled silences: of sources, in the one word for how they are, and of places. */
import type { DayCoverage } from '../../src/model/decision.ts';
import { sourceHealth } from '../../src/sources/health.ts';
import { N } from '../../src/sources/numbers.ts';
import { findSilences } from '../../src/sources/silence.ts';
import type { Outcome } from '../outcome.ts';
import { range } from '../range.ts';
import { DAY_MS, MEASURED } from './simulate.ts';

/** A source whose rhythm is not known yet. */
export function states(): readonly Outcome[] {
  const state = { lastPollAt: MEASURED, failures: 0, gone: false, changed: false, rhythm: null };
  return range(0.3, 12.3, 0.5).flatMap((days) => {
    const health = sourceHealth({ ...state, newestEntryAt: MEASURED - days * DAY_MS }, null, MEASURED);
    return [
      { item: `nothing new for ${days.toFixed(1)} days: still well`, want: days < 2, got: health === 'healthy' },
      { item: `nothing new for ${days.toFixed(1)} days: stale`, want: days > 7, got: health === 'stale' },
    ];
  });
}

const HEFEI = '340100';

/** Whether a city of these entries a day, oldest first, is one to tell of when so many days have brought none. */
function isSilent(counts: readonly number[], silent: number): boolean {
  const days = [...counts, ...Array<number>(silent).fill(0), 0].map((count, at): DayCoverage => ({
    day: `${at}`,
    counts: new Map(count === 0 ? [] : [[HEFEI, count]]),
  }));
  return findSilences(days.slice(-N.place.windowDays), ['340000']).some(({ code }) => code === HEFEI);
}

const repeat = (counts: readonly number[], times: number): readonly number[] =>
  Array.from({ length: times }, () => counts).flat();

/** Entries a day, and from how many days on their lack is a silence to tell of. */
const PLACES: readonly (readonly [name: string, counts: readonly number[], silent: number])[] = [
  ['one entry a day', repeat([1], 30), 5],
  ['one entry in two days', [...repeat([1, 0], 12), 1], 10],
  ['six entries a day', repeat([6], 30), 2],
  ['thirty entries a day', repeat([30], 30), 2],
  ['three a day with a holiday of six days', [...repeat([3], 9), ...repeat([0], 6), ...repeat([3], 9)], 9],
  ['news on one day a week', [...repeat([4, 0, 0, 0, 0, 0, 0], 4), 4], 9],
];

export function places(): readonly Outcome[] {
  return [
    ...PLACES.flatMap(([name, counts, silent]) =>
      range(1, 14).map((days) => ({
        item: `${name}: silent for ${days} days`,
        want: days >= silent,
        got: isSilent(counts, days),
      })),
    ),
    ...range(1, 8).map((known) => ({
      item: `known for ${known} days: silent for three`,
      want: known >= 4,
      got: isSilent(repeat([9], known), 3),
    })),
    // What came before a month or longer is not what readers miss today.
    ...range(16, 45).map((days) => ({
      item: `three entries a day, silent for ${days} days`,
      want: days <= 30,
      got: isSilent(repeat([3], 60), days),
    })),
  ];
}
