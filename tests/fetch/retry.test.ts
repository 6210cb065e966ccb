import { describe, expect, test } from 'vitest';
import { MAX_RETRY_AFTER_MS, parseRetryAfter } from '../../src/fetch/retry.ts';
import { parseHttpDate } from '../../src/text/time.ts';

const NOW = Date.UTC(2026, 1, 3, 4, 5, 6);

describe('parseRetryAfter', () => {
  const cases: readonly (readonly [string, string, number | null])[] = [
    ['seconds', '120', 120_000],
    ['nought', '0', 0],
    ['seconds with white space', ' 5 ', 5000],
    ['a fraction', '1.5', 1500],
    ['a date', 'Tue, 03 Feb 2026 04:06:06 GMT', 60_000],
    ['a date of RFC 850', 'Tuesday, 03-Feb-26 04:06:06 GMT', 60_000],
    ['a date of asctime', 'Tue Feb  3 04:06:06 2026', 60_000],
    ['a date that is past', 'Tue, 03 Feb 2026 04:00:00 GMT', 0],
    ['years in seconds', '99999999999', MAX_RETRY_AFTER_MS],
    ['a date years ahead', 'Sun, 03 Feb 2036 04:06:06 GMT', MAX_RETRY_AFTER_MS],
    ['more digits than a number holds', '9'.repeat(400), MAX_RETRY_AFTER_MS],
    ['a negative number', '-5', null],
    ['words', 'soon', null],
    ['nothing', '', null],
    ['a date without a month', 'Tue, 03 Foo 2026 04:06:06 GMT', null],
    ['a date with hour 25', 'Tue, 03 Feb 2026 25:06:06 GMT', null],
  ];
  test.each(cases)('reads %s', (_name, value, expected) => {
    expect(parseRetryAfter(value, NOW)).toBe(expected);
  });
});

describe('parseHttpDate', () => {
  test('takes two digits for the nearest year that is not fifty years ahead', () => {
    expect(parseHttpDate('Sunday, 06-Nov-94 08:49:37 GMT', NOW)).toBe(Date.UTC(1994, 10, 6, 8, 49, 37));
    expect(parseHttpDate('Sunday, 06-Nov-30 08:49:37 GMT', NOW)).toBe(Date.UTC(2030, 10, 6, 8, 49, 37));
  });
});
