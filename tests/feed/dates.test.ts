import { describe, expect, it } from 'vitest';
import { parseDate } from '../../src/feed/dates/feeddates.ts';

// A Monday, 12:00 in Shanghai.
const NOW = Date.parse('2024-05-06T12:00:00+08:00');
const read = (text: string, timezone = 'Asia/Shanghai'): string | null => {
  const date = parseDate(text, { timezone, now: NOW });
  return date === null ? null : new Date(date.at).toISOString().replace('.000Z', 'Z');
};

describe('parseDate', () => {
  it.each([
    ['RFC 822', 'Wed, 01 May 2024 08:30:00 +0800', '2024-05-01T00:30:00Z'],
    ['RFC 822, GMT', 'Wed, 01 May 2024 08:30:00 GMT', '2024-05-01T08:30:00Z'],
    ['two-digit year, no seconds', '1 May 24 08:30 EST', '2024-05-01T13:30:00Z'],
    ['wrong weekday', 'Sun, 01 May 2024 08:30:00 +0800', '2024-05-01T00:30:00Z'],
    ['dashes and no space', 'Wed,01-May-2024 08:30:00 GMT', '2024-05-01T08:30:00Z'],
    ['asctime', 'Wed May  1 08:30:00 2024', '2024-05-01T00:30:00Z'],
    ['RFC 3339', '2024-05-01T08:30:00+08:00', '2024-05-01T00:30:00Z'],
    ['RFC 3339 with fractions', '2024-05-01T08:30:00.123Z', '2024-05-01T08:30:00Z'],
    ['offset without colon', '2024-05-01T08:30:00+0800', '2024-05-01T00:30:00Z'],
    ['no zone', '2024-05-01 08:30:00', '2024-05-01T00:30:00Z'],
    ['no zone, one-digit fields', '2024-5-1 8:30', '2024-05-01T00:30:00Z'],
    ['date only', '2024-05-01', '2024-04-30T16:00:00Z'],
    ['slashes', '2024/05/01 08:30', '2024-05-01T00:30:00Z'],
    ['compact', '20240501083000', '2024-05-01T00:30:00Z'],
    ['CST is China here', 'Wed, 01 May 2024 08:30:00 CST', '2024-05-01T00:30:00Z'],
    ['midnight as 24:00', '2024-05-01 24:00', '2024-05-01T16:00:00Z'],
    ['Chinese', '2024年5月1日 08:30', '2024-05-01T00:30:00Z'],
    ['Chinese with seconds', '2024年05月01日08时30分15秒', '2024-05-01T00:30:15Z'],
    ['Chinese afternoon', '2024年5月1日 下午3:05', '2024-05-01T07:05:00Z'],
    ['Chinese numerals', '二〇二四年五月一日', '2024-04-30T16:00:00Z'],
    ['Chinese numerals, teens', '二○二三年十二月二十一日', '2023-12-20T16:00:00Z'],
    ['full-width digits', '２０２４－０５－０１　０８：３０', '2024-05-01T00:30:00Z'],
    ['weekday inside', '2024年5月1日 星期三 08:30', '2024-05-01T00:30:00Z'],
    ['label before', '发布时间：2024-05-01 08:30', '2024-05-01T00:30:00Z'],
    ['brackets', '[2024-05-01]', '2024-04-30T16:00:00Z'],
    ['Republic of China', '民國113年5月1日', '2024-04-30T16:00:00Z'],
    ['no year', '5月1日', '2024-04-30T16:00:00Z'],
    ['no year, last year', '12月30日 09:00', '2023-12-30T01:00:00Z'],
    ['no year, dashes', '05-01 08:30', '2024-05-01T00:30:00Z'],
    ['yesterday', '昨天 20:15', '2024-05-05T12:15:00Z'],
    ['today', '今天', '2024-05-05T16:00:00Z'],
    ['today with time', '今天08:30', '2024-05-06T00:30:00Z'],
    ['day before yesterday', '前天 07:00', '2024-05-03T23:00:00Z'],
    ['hours ago', '3小时前', '2024-05-06T01:00:00Z'],
    ['hours ago, Traditional', '3小時前', '2024-05-06T01:00:00Z'],
    ['minutes ago', '15分钟前', '2024-05-06T03:45:00Z'],
    ['half an hour ago', '半小时前', '2024-05-06T03:30:00Z'],
    ['days ago', '2 days ago', '2024-05-04T04:00:00Z'],
    ['just now', '刚刚', '2024-05-06T04:00:00Z'],
    ['bare time', '08:30', '2024-05-06T00:30:00Z'],
    ['bare time of the evening before', '23:30', '2024-05-05T15:30:00Z'],
    ['Unix seconds', '1714523400', '2024-05-01T00:30:00Z'],
    ['Unix milliseconds', '1714523400000', '2024-05-01T00:30:00Z'],
    ['American', 'May 1, 2024 8:30 PM', '2024-05-01T12:30:00Z'],
  ])('%s', (_, text, wanted) => {
    expect(read(text)).toBe(wanted);
  });

  it.each([
    ['thirteenth month', '2024-13-01'],
    ['30 February', '2024-02-30 08:00'],
    ['hour 25', '2024-05-01 25:00'],
    ['far future', '2034-05-01'],
    ['before there was a web', '0001-01-01T00:00:00Z'],
    ['Unix zero', '1970-01-01T00:00:00Z'],
    ['words', '新闻中心'],
    ['empty', '  '],
  ])('gives null for %s', (_, text) => {
    expect(read(text)).toBeNull();
  });

  it('reads zoneless times in the zone of the source, summer time included', () => {
    expect(read('2024-05-01 08:30', 'Europe/London')).toBe('2024-05-01T07:30:00Z');
    expect(read('2024-01-01 08:30', 'Europe/London')).toBe('2024-01-01T08:30:00Z');
  });

  it('says what the text says of its zone', () => {
    const zone = (text: string): string | undefined => parseDate(text, { timezone: 'Asia/Shanghai', now: NOW })?.zone;
    expect([zone('2024-05-01T08:30:00Z'), zone('2024-05-01T08:30:00+08:00'), zone('2024-05-01 08:30')]).toEqual([
      'utc',
      'offset',
      'none',
    ]);
  });
});
