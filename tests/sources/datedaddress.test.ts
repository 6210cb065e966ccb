/** Addresses that hold the day: in the source's zone, today's, and yesterday's where today's is not there. */
import { expect, test } from 'vitest';
import type { FetchResult } from '../../src/model/fetch.ts';
import { reason } from '../../src/reasons/catalogue.ts';
import { sourceUrlProblem } from '../../src/config/schema/addresses.ts';
import { askDated, datedAddresses, isDated } from '../../src/sources/datedaddress.ts';

// 00:30 on the first of March in Shanghai, still the last of February in UTC; 2028 is a leap year.
const NOW = Date.parse('2028-02-29T16:30:00Z');

test.each([
  ['https://a.cn/{YYYYMM}/{DD}/node_01.html', '202803/01', '202802/29'],
  ['https://a.cn/{YYYY}-{MM}/{DD}/node_01.html', '2028-03/01', '2028-02/29'],
  ['https://a.cn/{YYYYMMDD}/node_01.html', '20280301', '20280229'],
])('%s', (url, today, yesterday) => {
  const of = (day: string) => `https://a.cn/${day}/node_01.html`;
  expect(datedAddresses(url, 'Asia/Shanghai', NOW)).toEqual({ today: of(today), yesterday: of(yesterday) });
});

test('the day is that of the source’s zone, and other addresses stay as they are', () => {
  expect(datedAddresses('https://a.cn/{YYYYMMDD}', 'UTC', NOW).today).toBe('https://a.cn/20280229');
  expect(isDated('https://a.cn/{id}')).toBe(false);
  expect(datedAddresses('https://a.cn/x', 'UTC', NOW)).toEqual({
    today: 'https://a.cn/x',
    yesterday: 'https://a.cn/x',
  });
});

test('yesterday’s is asked for only where today’s is not there', async () => {
  const asked: string[] = [];
  const answer = (status: number) => (url: string) => {
    asked.push(url);
    return Promise.resolve<FetchResult>({
      outcome: 'failed',
      stage: 'status',
      reason: reason('fetch.address.no-rsshub'),
      status,
      url,
      redirects: [],
      elapsedMs: 0,
      retryAfterMs: null,
    });
  };
  const when = { timezone: 'UTC', now: NOW };
  await askDated('https://a.cn/{YYYYMMDD}', when, answer(503));
  await askDated('https://a.cn/x', when, answer(404));
  expect(asked).toEqual(['https://a.cn/20280229', 'https://a.cn/x']);
  const { asked: last } = await askDated('https://a.cn/{YYYYMMDD}', when, answer(404));
  expect([last, asked.length]).toEqual(['https://a.cn/20280228', 4]);
});

test('a placeholder that stands for nothing is a fault of the config', () => {
  expect(sourceUrlProblem('https://a.cn/{YYYYMM}/{DD}/1.html')).toBeNull();
  expect(sourceUrlProblem('https://a.cn/{date}/1.html')?.code).toBe('config.address.placeholder');
});
