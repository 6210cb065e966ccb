import { describe, expect, it } from 'vitest';
import { nextPoll, spreadOf } from '../../src/queue/next.ts';
import type { FetchResult } from '../../src/types.ts';

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
  message: '503',
  status: 503,
  retryAfterMs,
  redirects: [],
  elapsedMs: 1,
});

describe('nextPoll', () => {
  const cases: { name: string; result: FetchResult; failures: number; ttl?: number; minutes: number; why: RegExp }[] = [
    { name: 'a healthy source', result: fine, failures: 0, minutes: 15, why: /every 15 minutes/ },
    {
      name: 'a ttl above the interval',
      result: fine,
      failures: 0,
      ttl: 60,
      minutes: 60,
      why: /the feed asks for 60 minutes/,
    },
    { name: 'a ttl below the interval', result: fine, failures: 0, ttl: 1, minutes: 15, why: /every 15/ },
    { name: 'a ttl of a month', result: fine, failures: 0, ttl: 43_200, minutes: 1440, why: /feed asks/ },
    { name: 'the first failure', result: failed(null), failures: 1, minutes: 15, why: /1 failed poll in a row/ },
    { name: 'the fourth failure', result: failed(null), failures: 4, minutes: 120, why: /4 failed polls in a row/ },
    { name: 'the hundredth failure', result: failed(null), failures: 100, minutes: 1440, why: /back-off of 1440/ },
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
  it.each(cases)('$name', ({ result, failures, ttl, minutes, why }) => {
    const next = nextPoll({ now: 0, result, failures, ttlMinutes: ttl ?? null, spread: 0.5 });
    expect(next.at / MINUTE).toBeCloseTo(minutes, 5);
    expect(next.why).toMatch(why);
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
