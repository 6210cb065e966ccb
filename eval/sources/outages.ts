/** Labelled outages and crowds: how soon, how often and how far apart sources are asked that fail or that wait alike. */
import type { FetchResult } from '../../src/model/fetch.ts';
import type { Rhythm } from '../../src/model/source.ts';
import { reason } from '../../src/reasons/catalogue.ts';
import { alertState } from '../../src/sources/health.ts';
import { nextPoll, spreadOf } from '../../src/sources/nextpoll.ts';
import { learnRhythm } from '../../src/sources/rhythm.ts';
import type { Outcome } from '../outcome.ts';
import { range } from '../range.ts';
import { ANSWER, DAY_MS, MEASURED, MINUTE_MS } from './simulate.ts';

const FAILED: FetchResult = {
  outcome: 'failed',
  url: 'http://source.example/',
  stage: 'status',
  reason: reason('fetch.status.other', { host: 'source.example', status: 503 }),
  status: 503,
  retryAfterMs: null,
  redirects: [],
  elapsedMs: 1,
};

const ask = (now: number, failures: number, spread: number, rhythm: Rhythm | null = null): number =>
  nextPoll({ now, result: failures > 0 ? FAILED : ANSWER, failures, rhythm, ttlMinutes: null, skip: null, spread }).at;

/** A source that fails from one poll on, for so many minutes. */
function fail(minutes: number): { readonly failed: number; readonly waited: number; readonly told: boolean } {
  let at = 0;
  let failed = 0;
  while (at < minutes * MINUTE_MS) {
    failed++;
    at = ask(at, failed, 0.5);
  }
  const known = { lastPollAt: 0, gone: false, changed: false, newestEntryAt: null, told: 'healthy' as const };
  const told = alertState({ ...known, failures: failed, troubled: failed }, null, at);
  return { failed, waited: at / MINUTE_MS - minutes, told: told === 'failing' };
}

/** Minutes of an outage, and the polls that it may cost. */
const COSTS: readonly (readonly [minutes: number, polls: number])[] = [
  [14, 1],
  [40, 2],
  [95, 3],
  [200, 4],
  [420, 5],
  [860, 6],
];

export function outages(): readonly Outcome[] {
  return [
    ...range(5, 300, 5).map((minutes) => ({
      item: `out for ${minutes} minutes: seen again within as long and a quarter of an hour`,
      want: true,
      got: fail(minutes).waited <= minutes + 15,
    })),
    ...COSTS.map(([minutes, polls]) => ({
      item: `out for ${minutes} minutes: at most ${polls} failed polls`,
      want: true,
      got: fail(minutes).failed <= polls,
    })),
    ...range(5, 120, 5).map((minutes) => ({
      item: `out for ${minutes} minutes: told of`,
      want: minutes >= 45,
      got: fail(minutes).told,
    })),
  ];
}

const CROWD = 60;

/** Minutes from `now` at which sources are asked next that were all asked at `now`. */
function crowd(failures: number, rhythm: Rhythm | null): readonly number[] {
  const times = range(1, CROWD, 1).map((n) => ask(MEASURED, failures, spreadOf(`source-${n}`), rhythm));
  return times.map((at) => (at - MEASURED) / MINUTE_MS).sort((a, b) => a - b);
}

const mostInAMinute = (minutes: readonly number[]): number =>
  Math.max(...minutes.map((from) => minutes.filter((at) => at >= from && at < from + 1).length));

const reach = (minutes: readonly number[]): number => (minutes.at(-1) ?? 0) - (minutes[0] ?? 0);

/** A rhythm of one entry after so many minutes, day and night. */
function steady(minutes: number): Rhythm {
  const stamps = range(1, (10 * DAY_MS) / MINUTE_MS / minutes, 1).map((n) => MEASURED - n * minutes * MINUTE_MS);
  return learnRhythm(null, { stamps, unstamped: 0 }, null, MEASURED);
}

/** Minutes between entries; of sixty sources the most in one minute; minutes that may lie between them. */
const STEADY: readonly (readonly [minutes: number, most: number, apart: number])[] = [
  [40, 24, 4],
  [1440, 20, 5],
];

/** Failures in a row, and of sixty sources of one host the most in one minute. */
const HOSTS: readonly (readonly [failures: number, most: number])[] = [
  [1, 45],
  [2, 26],
  [3, 18],
  [4, 11],
];

export function crowds(): readonly Outcome[] {
  return [
    ...STEADY.flatMap(([minutes, most, apart]) => {
      const times = crowd(0, steady(minutes));
      const name = `sixty sources with an entry every ${minutes} minutes`;
      return [
        { item: `${name}: at most ${most} in one minute`, want: true, got: mostInAMinute(times) <= most },
        { item: `${name}: all within ${apart} minutes`, want: true, got: reach(times) <= apart },
      ];
    }),
    ...HOSTS.flatMap(([failures, most]) => {
      const times = crowd(failures, null);
      const name = `sixty sources of a host after ${failures} failures`;
      const pause = 15 * 2 ** (failures - 1);
      return [
        { item: `${name}: at most ${most} in one minute`, want: true, got: mostInAMinute(times) <= most },
        { item: `${name}: none a tenth of the pause early`, want: true, got: (times[0] ?? 0) >= 0.9 * pause },
      ];
    }),
  ];
}
