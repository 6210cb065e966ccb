/** Simulates kinds of sources for a few weeks, and the polls and the waiting that a schedule gives them. */
import { nextPoll, spreadOf } from '../../src/sources/nextpoll.ts';
import { type Arrivals, learnRhythm } from '../../src/sources/rhythm.ts';
import type { FetchResult } from '../../src/model/fetch.ts';
import type { Rhythm } from '../../src/model/source.ts';

export const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
const ZONE_MS = 8 * HOUR_MS;
/** Items that a document holds: what a poll can see of the past. */
const DOCUMENT_ITEMS = 30;
/** Days simulated before the measured one, on which `auto` learns as it would. */
export const LEARNING_DAYS = 7;
/** Days of entries that lie before the first poll. */
export const PAST_DAYS = 60;
/** Wednesday 00:00 in Shanghai. */
export const MEASURED = Date.UTC(2026, 2, 3, 16);

/** Mulberry32: the same day at every run. */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Random = () => number;

/** Entries from a rate by hour of the day (entries an hour, local) and by weekday: a thinned Poisson process. */
function poisson(random: Random, from: number, to: number, rate: (hour: number, weekday: number) => number): number[] {
  const most = Math.max(...Array.from({ length: 168 }, (_, i) => rate(i % 24, Math.floor(i / 24))));
  const times: number[] = [];
  for (let at = from; at < to;) {
    at += (-Math.log(1 - random()) / most) * HOUR_MS;
    const local = at + ZONE_MS;
    const hour = Math.floor((local % DAY_MS) / HOUR_MS);
    const weekday = (Math.floor(local / DAY_MS) + 4) % 7;
    if (at < to && random() < rate(hour, weekday) / most) times.push(at);
  }
  return times;
}

/** `count` entries within `spreadMs` from a moment of the day that wanders by `driftMs`. */
function batches(
  random: Random,
  [from, to]: readonly [number, number],
  moments: readonly number[],
  { count, spreadMs, driftMs, weekdays }: { count: number; spreadMs: number; driftMs: number; weekdays: RegExp },
): number[] {
  const times: number[] = [];
  for (let day = from; day < to; day += DAY_MS) {
    if (!weekdays.test(String((Math.floor((day + ZONE_MS) / DAY_MS) + 4) % 7))) continue;
    for (const moment of moments) {
      const start = day + moment + (random() + random() - 1) * driftMs;
      for (let i = 0; i < count; i++) times.push(start + random() * spreadMs);
    }
  }
  return times.sort((a, b) => a - b);
}

const office = (hour: number) => (hour >= 8 && hour < 12) || (hour >= 14 && hour < 18);

export interface Kind {
  readonly name: string;
  readonly share: number;
  readonly entries: (random: Random, from: number, to: number) => number[];
}

/** A mix as a regional reader's list has it. Days begin at 00:00 in Shanghai. */
export const KINDS: readonly Kind[] = [
  {
    name: 'news agency, day and night',
    share: 0.04,
    entries: (random, from, to) => {
      const perHour = 3 + 6 * random();
      return poisson(random, from, to, (hour) => perHour * (hour < 6 ? 0.2 : hour < 22 ? 1 : 0.5));
    },
  },
  {
    name: 'news site, by day',
    share: 0.16,
    entries: (random, from, to) => {
      const perHour = 0.5 + 2.5 * random();
      return poisson(
        random,
        from,
        to,
        (hour, day) =>
          perHour * (hour >= 7 && hour < 22 ? 1 : 0.03) * (office(hour) ? 1.3 : 0.7) * (day % 6 === 0 ? 0.5 : 1),
      );
    },
  },
  {
    name: 'newspaper, whole edition in the morning',
    share: 0.2,
    entries: (random, from, to) =>
      batches(random, [from, to], [(5 + 2 * random()) * HOUR_MS], {
        count: 15 + Math.floor(40 * random()),
        spreadMs: 5 * MINUTE_MS,
        driftMs: 12 * MINUTE_MS,
        weekdays: random() < 0.3 ? /[1-5]/ : /./,
      }),
  },
  {
    name: 'broadcaster, three bulletins a day',
    share: 0.08,
    entries: (random, from, to) =>
      batches(random, [from, to], [7.5 * HOUR_MS, 12.5 * HOUR_MS, 19.5 * HOUR_MS], {
        count: 8,
        spreadMs: 10 * MINUTE_MS,
        driftMs: 15 * MINUTE_MS,
        weekdays: /./,
      }),
  },
  {
    name: 'government office, on working days',
    share: 0.2,
    entries: (random, from, to) => {
      const perHour = 0.05 + 0.4 * random();
      return poisson(random, from, to, (hour, day) => (office(hour) && day % 6 !== 0 ? perHour : perHour / 100));
    },
  },
  {
    name: 'weekly blog or magazine',
    share: 0.17,
    entries: (random, from, to) => {
      const favourite = Math.floor(7 * random());
      const hour0 = 9 + Math.floor(13 * random());
      return poisson(random, from, to, (hour, day) => (day === favourite && Math.abs(hour - hour0) <= 2 ? 0.2 : 0.002));
    },
  },
  { name: 'dead', share: 0.15, entries: () => [] },
];

export interface Run {
  readonly polls: number;
  /** Milliseconds from publication to poll, of entries of the measured day. */
  readonly delays: readonly number[];
}

export const ANSWER: FetchResult = {
  outcome: 'unmodified',
  url: 'http://source.example/',
  status: 304,
  redirects: [],
  elapsedMs: 1,
  headers: {},
  validators: { etag: null, lastModified: null, bodyHash: null },
};

/** Polls one source from `start` to the end of the measured day; what is published later is seen by a last look. */
export function simulate(
  entries: readonly number[],
  start: number,
  next: (seen: Arrivals, now: number) => number,
): Run {
  const end = MEASURED + DAY_MS;
  const delays: number[] = [];
  let polls = 0;
  let known = 0;
  for (let now = start; ;) {
    let visible = known;
    while (visible < entries.length && (entries[visible] ?? 0) <= now) visible++;
    for (let i = known; i < visible; i++) {
      const at = entries[i] ?? 0;
      if (at >= MEASURED && at < end) delays.push(now - at);
    }
    if (now >= end && (visible === entries.length || (entries[visible] ?? 0) >= end)) break;
    if (now >= MEASURED && now < end) polls++;
    const stamps = entries.slice(Math.max(known, visible - DOCUMENT_ITEMS), visible);
    known = visible;
    now = next({ stamps, unstamped: 0 }, now);
  }
  return { polls, delays };
}

export function runAuto(entries: readonly number[], id: string, start: number): Run {
  let rhythm: Rhythm | null = null;
  let previous: number | null = null;
  return simulate(entries, start, (seen, now) => {
    if (seen.stamps.length > 0 || rhythm === null) rhythm = learnRhythm(rhythm, seen, previous, now);
    previous = now;
    return nextPoll({
      now,
      result: ANSWER,
      failures: 0,
      rhythm,
      ttlMinutes: null,
      skip: null,
      spread: spreadOf(`${id}${now}`),
    }).at;
  });
}
