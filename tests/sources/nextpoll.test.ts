import { say } from '../../src/reasons/render.ts';
import { reason } from '../../src/reasons/catalogue.ts';
import { describe, expect, it } from 'vitest';
import { type NextInput, nextByCron, nextPoll, spreadOf } from '../../src/sources/nextpoll.ts';
import { learnRhythm } from '../../src/sources/rhythm.ts';
import type { FetchResult } from '../../src/model/fetch.ts';

const MINUTE = 60_000;
const fine: FetchResult = {
  outcome: 'unmodified',
  url: 'http://a/',
  status: 304,
  redirects: [],
  elapsedMs: 1,
  headers: {},
  validators: { etag: null, lastModified: null, bodyHash: null },
};
const failed = (retryAfterMs: number | null): FetchResult => ({
  outcome: 'failed',
  url: 'http://a/',
  stage: 'status',
  reason: reason('fetch.status.other', { host: 'a.example', status: 503 }),
  status: 503,
  retryAfterMs,
  redirects: [],
  elapsedMs: 1,
});

const DAY = 1440 * MINUTE;
/** Wednesday 2026-03-04 00:00 in Shanghai. */
const MIDNIGHT = Date.UTC(2026, 2, 3, 16);
const ask = (over: Partial<NextInput> = {}) =>
  nextPoll({ now: 0, result: fine, failures: 0, rhythm: null, ttlMinutes: null, skip: null, spread: 0, ...over });
const answered = (headers: Record<string, string>): FetchResult => ({ ...fine, headers });
/** A rhythm learnt from `stamps` at a first document. */
const learnt = (stamps: readonly number[], now: number) => learnRhythm(null, { stamps, unstamped: 0 }, null, now);
const everyMs = (stepMs: number, count: number, now: number) =>
  Array.from({ length: count }, (_, i) => now - (i + 0.5) * stepMs);

describe('nextPoll after a failure', () => {
  const cases: { name: string; result: FetchResult; failures: number; minutes: number; why: RegExp }[] = [
    { name: 'the first failure', result: failed(null), failures: 1, minutes: 15, why: /1 failed poll in a row/ },
    { name: 'the fourth failure', result: failed(null), failures: 4, minutes: 120, why: /4 failed polls in a row/ },
    { name: 'the hundredth failure', result: failed(null), failures: 100, minutes: 1440, why: /back-off of 24 hours/ },
    {
      name: 'Retry-After above the back-off',
      result: failed(180 * MINUTE),
      failures: 1,
      minutes: 180,
      why: /the server asked/,
    },
    {
      name: 'Retry-After of a year',
      result: failed(525_600 * MINUTE),
      failures: 1,
      minutes: 1440,
      why: /the server asked/,
    },
    { name: 'Retry-After below the back-off', result: failed(MINUTE), failures: 4, minutes: 120, why: /back-off/ },
  ];
  it.each(cases)('$name', ({ result, failures, minutes, why }) => {
    const next = ask({ result, failures });
    expect(next.at / MINUTE).toBeCloseTo(minutes, 5);
    expect(say(next.why, 'en')).toMatch(why);
  });

  it('moves the time forward only, by a tenth at most', () => {
    expect(ask({ result: failed(null), failures: 12, spread: 1 }).at).toBeCloseTo(0.9 * DAY, 0);
  });
});

describe('nextByCron', () => {
  const next = (failures: number, firing: number, result = failures > 0 ? failed(null) : fine) =>
    nextByCron({ now: 0, result, failures }, '0 7 * * *', firing);

  it('is the next firing while the source answers', () => {
    expect(next(0, MINUTE)).toEqual({ at: MINUTE, why: reason('poll.schedule', { expression: '0 7 * * *' }) });
  });

  it('passes over what fires within the back-off', () => {
    expect(next(4, MINUTE)).toMatchObject({ at: 108 * MINUTE, notBefore: 108 * MINUTE });
    expect(say(next(4, MINUTE).why, 'en')).toBe(
      '4 failed polls in a row: back-off of 108 minutes; from then on by schedule, daily at 07:00 (0 7 * * *)',
    );
  });

  it('passes over no firing of a day’s distance, however long the source has failed', () => {
    expect(next(500, DAY - 10 * MINUTE)).toEqual({
      at: DAY - 10 * MINUTE,
      why: reason('poll.schedule', { expression: '0 7 * * *' }),
    });
  });
});

describe('nextPoll of a source that answers', () => {
  const busy = learnt(everyMs(2 * MINUTE, 700, MIDNIGHT), MIDNIGHT);
  const dead = learnt([MIDNIGHT - 400 * DAY, MIDNIGHT - 500 * DAY], MIDNIGHT);
  const cases: { name: string; over: Partial<NextInput>; from: number; to: number; why: RegExp }[] = [
    { name: 'nothing known', over: {}, from: 30, to: 120, why: /nothing is known/ },
    { name: 'a busy one: the floor', over: { rhythm: busy }, from: 9.4, to: 10.1, why: /about \d+ entries a day/ },
    { name: 'a dead one: hours, not days', over: { rhythm: dead }, from: 180, to: 1440, why: /about one entry every/ },
    {
      name: 'a ttl above the interval',
      over: { rhythm: busy, ttlMinutes: 60 },
      from: 60,
      to: 65,
      why: /the feed asks/,
    },
    { name: 'a ttl below the interval', over: { rhythm: busy, ttlMinutes: 1 }, from: 9.4, to: 10.1, why: /entries/ },
    { name: 'a ttl of a month', over: { rhythm: busy, ttlMinutes: 43_200 }, from: 1440, to: 1440, why: /feed asks/ },
    {
      name: 'max-age',
      over: { rhythm: busy, result: answered({ 'cache-control': 'public, max-age=3600', age: '600' }) },
      from: 50,
      to: 55,
      why: /calls its answer fresh for 50 minutes/,
    },
    {
      name: 'max-age of a year',
      over: { rhythm: busy, result: answered({ 'cache-control': 'max-age=31536000' }) },
      from: 1440,
      to: 1440,
      why: /fresh/,
    },
    {
      name: 'Expires, against a clock that is a year slow',
      over: {
        rhythm: busy,
        result: answered({ date: 'Wed, 05 Mar 2025 00:00:00 GMT', expires: 'Wed, 05 Mar 2025 00:30:00 GMT' }),
      },
      from: 30,
      to: 33,
      why: /fresh for 30 minutes/,
    },
    {
      name: 'an answer not to be kept',
      over: { rhythm: busy, result: answered({ 'cache-control': 'no-cache, max-age=9999' }) },
      from: 9.4,
      to: 10.1,
      why: /entries/,
    },
    {
      name: 'an Expires that means never',
      over: { rhythm: busy, result: answered({ expires: '0' }) },
      from: 9.4,
      to: 10.1,
      why: /entries/,
    },
    {
      name: 'an hour that the feed excludes',
      over: { rhythm: busy, skip: { hours: [16, 17], days: [] } },
      from: 120,
      to: 120,
      why: /not to be polled before/,
    },
    {
      name: 'all hours excluded: as if none were',
      over: { rhythm: busy, skip: { hours: Array.from({ length: 24 }, (_, i) => i), days: [] } },
      from: 9.4,
      to: 10.1,
      why: /entries/,
    },
  ];
  it.each(cases)('$name', ({ over, from, to, why }) => {
    for (const spread of [0, 0.5, 0.999]) {
      const next = ask({ now: MIDNIGHT, ...over, spread });
      expect((next.at - MIDNIGHT) / MINUTE).toBeGreaterThanOrEqual(from);
      expect((next.at - MIDNIGHT) / MINUTE).toBeLessThanOrEqual(to + 0.6);
      expect(say(next.why, 'en')).toMatch(why);
    }
  });

  it('sleeps through the night of a morning paper and is there when it comes', () => {
    const morning = Array.from({ length: 20 }, (_, day) =>
      Array.from({ length: 30 }, (_, i) => MIDNIGHT - (day + 1) * DAY + 6 * 60 * MINUTE + i * 10_000),
    ).flat();
    const rhythm = learnt(morning, MIDNIGHT);
    const polls: number[] = [];
    for (let now = MIDNIGHT - 3 * 60 * MINUTE; now < MIDNIGHT + 8 * 60 * MINUTE;) {
      now = ask({ now, rhythm, spread: 0.5 }).at;
      polls.push((now - MIDNIGHT) / MINUTE);
    }
    expect(polls.filter((at) => at < 5 * 60).length).toBeLessThan(6);
    const first = polls.find((at) => at >= 6 * 60 + 5) ?? 0;
    expect(first).toBeLessThan(6 * 60 + 16);
    expect(say(ask({ now: MIDNIGHT, rhythm }).why, 'en')).toContain('entries a day');
  });
});

describe('nextPoll of a source whose document holds only its latest news', () => {
  const now = MIDNIGHT + 12 * 60 * MINUTE;
  /** An entry every twenty minutes, forty of them in the document. */
  const rhythm = learnt(everyMs(20 * MINUTE, 40, now), now);
  const reach = { items: 40, spanMs: 39 * 20 * MINUTE };
  const wait = (over: Partial<NextInput>) => {
    const { at, why } = ask({ now, rhythm, reach, ...over });
    return { minutes: Math.round((at - now) / MINUTE), why: say(why, 'en') };
  };
  const lost = { minutes: 390, why: expect.stringContaining('before any leaves it unseen') as string };

  it.each<readonly [string, Partial<NextInput>]>([
    ['a freshness of a month', { result: answered({ 'cache-control': 'public, max-age=2591034' }) }],
    ['an Expires of a month', { result: answered({ expires: new Date(now + 30 * DAY).toUTCString() }) }],
    ['a ttl of a day', { ttlMinutes: 1440 }],
    [
      'all hours but one to be skipped',
      { skip: { hours: [...Array(24).keys()].filter((hour) => hour !== 3), days: [] } },
    ],
  ])('is not put off by %s beyond half of what it holds', (_, over) => {
    expect(wait(over)).toEqual(lost);
  });

  it('counts by the rhythm where the dates do not tell', () => {
    expect(wait({ ttlMinutes: 1440, reach: { items: 40, spanMs: null } }).minutes).toBeLessThan(780);
    const few = wait({ ttlMinutes: 1440, reach: { items: 4, spanMs: null } }).minutes;
    expect(few).toBeLessThan(60);
    expect(few).toBeGreaterThanOrEqual(10);
  });

  it('heeds what the publisher asks within that', () => {
    expect(wait({ ttlMinutes: 120 })).toEqual({
      minutes: 120,
      why: expect.stringContaining('the feed asks') as string,
    });
    expect(
      wait({ ttlMinutes: 1440, reach: { items: 40, spanMs: 90 * DAY }, rhythm: learnt([now - 90 * DAY], now) }).minutes,
    ).toBe(1440);
  });
});

describe('spreadOf', () => {
  it('is even and always the same', () => {
    const values = Array.from({ length: 1000 }, (_, i) => spreadOf(`source-${i}`));
    expect(spreadOf('source-1')).toBe(values[1]);
    const tenths = Array.from(
      { length: 10 },
      (_, tenth) => values.filter((value) => Math.floor(value * 10) === tenth).length,
    );
    expect(Math.min(...tenths)).toBeGreaterThan(60);
  });
});
