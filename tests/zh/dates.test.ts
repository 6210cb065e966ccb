import { describe, expect, it } from 'vitest';
import { dateInAddress, localDay, monthInAddress, readTime } from '../../src/zh/dates.ts';
import { readNumber, writeDateDigits } from '../../src/zh/numerals.ts';

describe('readTime', () => {
  it.each([
    ['2021年06月09日 08:49:33', '2021-06-09T00:49:33.000Z', true],
    ['2019-02-11 16:59', '2019-02-11T08:59:00.000Z', true],
    ['2021 06/09 08:49:33', '2021-06-09T00:49:33.000Z', true],
    ['2022/1/5 下午3:20', '2022-01-05T07:20:00.000Z', true],
    ['2021-06-09t08:49:33+00:00', '2021-06-09T08:49:33.000Z', true],
    ['2021-06-09t08:49:33z', '2021-06-09T08:49:33.000Z', true],
    ['2025-06-05 hkt 00:51', '2025-06-04T16:51:00.000Z', true],
    ['11:13 2025-11-13 hkt', '2025-11-13T03:13:00.000Z', true],
    ['2026年01月03日 星期六', '2026-01-02T16:00:00.000Z', false],
    ['2016.11.22', '2016-11-21T16:00:00.000Z', false],
  ])('%s', (text, iso, exact) => {
    const read = readTime(text, 'Asia/Shanghai');
    expect(read && { iso: new Date(read.at).toISOString(), exact: read.exact }).toEqual({ iso, exact });
  });

  it.each(['2021-13-01', '2021-02-30', '12345', '三月', '2021-06-09 99:99'.slice(0, 4)])('finds none in %s', (text) => {
    expect(readTime(text, 'Asia/Shanghai')).toBeNull();
  });

  it('knows zones with summer time, and takes an unknown one for China', () => {
    expect(new Date(readTime('2021-07-01 12:00', 'America/New_York')?.at ?? 0).toISOString()).toBe(
      '2021-07-01T16:00:00.000Z',
    );
    expect(new Date(readTime('2021-01-01 12:00', 'America/New_York')?.at ?? 0).toISOString()).toBe(
      '2021-01-01T17:00:00.000Z',
    );
    expect(new Date(readTime('2021-01-01 12:00', 'Nowhere/City')?.at ?? 0).toISOString()).toBe(
      '2021-01-01T04:00:00.000Z',
    );
    expect(localDay(Date.UTC(2020, 11, 31, 17), 'Asia/Shanghai')).toEqual({ year: 2021, month: 1, day: 1 });
  });
});

describe('small readers', () => {
  it.each([
    ['二〇二一', 2021],
    ['十', 10],
    ['十七', 17],
    ['三十一', 31],
    ['廿八', 28],
    ['七', 7],
    ['21', 21],
    ['百', null],
    ['', null],
  ])('number %s', (text, number) => {
    expect(readNumber(text)).toBe(number);
  });

  it.each([
    ['二〇二四年五月一日', '2024年5月1日'],
    ['二○二三年十二月廿一日 八时三十分', '2023年12月21日 8时30分'],
    ['三十人', '三十人'],
    ['民國一百一十三年', '民國113年'],
  ])('digits of %s', (text, digits) => {
    expect(writeDateDigits(text)).toBe(digits);
  });
});

describe('the date in an address', () => {
  it.each([
    ['http://e.cn/local/201407/t20140729_6768440.htm', '2014-07-29', '2014-07'],
    ['http://e.cn/20210609/c_1.htm', '2021-06-09', '2021-06'],
    ['http://e.cn/city/20190211/t20190211_524507475.shtml', '2019-02-11', '2019-02'],
    ['http://e.cn/gj/2026/04-19/10606399.shtml', '2026-04-19', '2026-04'],
    ['http://e.cn/politics/2026-09/30/c_1.htm', '2026-09-30', '2026-09'],
    ['http://e.cn/2024/0501/c2000.html', '2024-05-01', '2024-05'],
    ['http://e.cn/2024/5/1/one.html', '2024-05-01', '2024-05'],
    ['http://e.cn/html/202307/12/content_1.htm', '2023-07-12', '2023-07'],
    ['http://e.cn/20/0802/14/FJ1HOH0C.html', '2020-08-02', '2020-08'],
    ['http://e.cn/content_20210609123456.html', '2021-06-09', '2021-06'],
    ['http://e.cn/20230231/one.html', null, null],
    ['http://e.cn/20230231/20230301/one.html', '2023-03-01', '2023-03'],
    ['http://e.cn/202405/one.html', null, '2024-05'],
    ['http://e.cn/2024-05/one.html', null, '2024-05'],
    ['http://e.cn/202413/one.html', null, null],
    ['http://e.cn/a/1234567.html', null, null],
    ['http://e.cn/2024/99/99/1.html', null, null],
    ['http://20240501.e.cn/x', null, null],
    ['', null, null],
  ])('%s → %s, %s', (address, day, month) => {
    expect(dateInAddress(address)).toBe(day);
    expect(monthInAddress(address)).toBe(month);
  });
});
