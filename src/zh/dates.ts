/** Turns dates and times as Chinese pages print them into epoch milliseconds, and says how exact they were. */
import { MINUTE_MS, MONTHS } from '../text/time.ts';
import { MOST_ADDRESS } from '../text/url.ts';
import { fromWallClock, toWallClock } from '../text/zone.ts';

export interface PageTime {
  readonly at: number;
  /** False where only the day is known. */
  readonly exact: boolean;
}

const STAMP =
  /((?:19|20)\d{2})\s?[年\-/.\s]\s?(\d{1,2})\s?[月\-/.]\s?(\d{1,2})日?(?:\s?t?\s{0,4}(?:星期.|周.|hkt)?\s{0,4}(上午|下午|晚上)?\s?(\d{1,2})\s?[:时]\s?(\d{1,2})(?:\s?[:分]\s?(\d{1,2}))?)?(?:\.\d+)?\s?(z|[+-]\d{2}:?\d{2})?/;

/** The first date in folded `text`; null without one that exists. Zoneless times are of `timezone`. */
export function readTime(text: string, timezone: string): PageTime | null {
  const match = STAMP.exec(text);
  if (match === null) return readEnglishTime(text, timezone);
  const [, year, month, day, half, , , , zone] = match;
  // 12:26 UTC+8, 2024-04-18: some put the time first.
  const first = match[5] === undefined ? TIME_FIRST.exec(text.slice(0, match.index)) : null;
  const [hour, minute, second] = first === null ? match.slice(5, 8) : first.slice(1, 4);
  let hours = Number(hour ?? 0);
  if ((half === '下午' || half === '晚上') && hours < 12) hours += 12;
  const utc = utcOf(Number(year), Number(month), Number(day), hours, Number(minute ?? 0), Number(second ?? 0));
  if (utc === null) return null;
  const exact = hour !== undefined;
  if (zone !== undefined) return { at: utc - offsetOf(zone), exact };
  return { at: fromWallClock(utc, timezone), exact };
}

const TIME_FIRST = /(?:^|[^\d:]:?)(\d{1,2}):(\d{2})(?::(\d{2}))?(?: ?(?:utc|gmt)\+0?8(?::00)?)?[,|]?\s{1,3}$/;
const CLOCK = '(\\d{1,2}):(\\d{2})(?::\\d{2})?\\s?([ap])?\\.?(?:m\\b)?';
const MONTH = `(${MONTHS.join('|')})[a-z]{0,6}\\.?`;
// May 4, 2023 09:12 PM; 14:02, May 04, 2023; 13:40, 06-Jun-2023.
const ENGLISH = new RegExp(
  `(?:${CLOCK}[,|]?\\s{1,3})?\\b(?:${MONTH} (\\d{1,2}),? ((?:19|20)\\d{2})|(\\d{1,2})[ -]${MONTH}[ ,-]{1,2}((?:19|20)\\d{2}))(?:[,|]?\\s{1,3}${CLOCK})?`,
);

function readEnglishTime(text: string, timezone: string): PageTime | null {
  const match = ENGLISH.exec(text);
  if (match === null) return null;
  const hour = match[1] ?? match[10];
  const half = match[3] ?? match[12];
  const noon = half === 'p' && Number(hour) < 12 ? 12 : half === 'a' && Number(hour) === 12 ? -12 : 0;
  const utc = utcOf(
    Number(match[6] ?? match[9]),
    MONTHS.indexOf(match[4] ?? match[8] ?? '') + 1,
    Number(match[5] ?? match[7]),
    Number(hour ?? 0) + noon,
    Number(match[2] ?? match[11] ?? 0),
    0,
  );
  return utc === null ? null : { at: fromWallClock(utc, timezone), exact: hour !== undefined };
}

const TRACKING = /^[[(]?(20\d{2})([01]\d)([0-3]\d)([0-2]\d)([0-5]\d)([0-5]\d)\d{0,10}[)\]]?$/;

/** The time that a page's number begins with (202106090849331234: 2021-06-09 08:49:33), as written; null where it begins with none. */
export function trackingStamp(text: string): string | null {
  const [, year, month, day, hour, minute, second] = TRACKING.exec(text) ?? [];
  if (utcOf(Number(year), Number(month), Number(day), Number(hour), Number(minute), Number(second)) === null)
    return null;
  return Number(hour) < 24 ? `${year}-${month}-${day} ${hour}:${minute}:${second}` : null;
}

const YEARLESS = /(?:^|[^\d])(\d{1,2})[-月/](\d{1,2})日?\s{0,4}(\d{1,2}):(\d{2})(?::(\d{2}))?(?!\d)/;

/** 08-21 16:20 in folded `text`, of `year`; null without one that exists. */
export function readYearlessTime(text: string, year: number, timezone: string): PageTime | null {
  const match = YEARLESS.exec(text);
  if (match === null) return null;
  const [, month, day, hour, minute, second] = match.map(Number);
  const utc = utcOf(year, month ?? 0, day ?? 0, hour ?? 0, minute ?? 0, Number.isNaN(second) ? 0 : (second ?? 0));
  return utc === null ? null : { at: fromWallClock(utc, timezone), exact: true };
}

/** How addresses write the day of an article: year, month, day in this order. */
const ADDRESS_DAYS: readonly RegExp[] = [
  // /2024/5/1/, /2024-05/01/, _2024.05.01
  /(?<!\d)((?:19|20)\d{2})[-/_.](\d{1,2})[-/_.](\d{1,2})(?!\d)/g,
  // /20210609/, t20190211_, /2026/04-19/, /2024/0501/
  /(?<!\d)((?:19|20)\d{2})[-/_.]?(\d{2})[-/_.]?(\d{2})(?!\d)/g,
  // 163.com: /20/0802/14/
  /\/([12]\d)\/(\d{2})(\d{2})\/\d{2}\//g,
  // content_20210609123456.html: the time and a number may follow
  /(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})\d{4,10}(?!\d)/g,
];
/** Without any of this no form is found: most addresses of a page. */
const MAYBE_DAY = /(?:19|20)\d{2}|\/[12]\d\/\d{4}\//;
const ADDRESS_MONTH = /\/((?:19|20)\d{2})[-/]?([01]\d)\//g;

/** The day that an address carries in its path or query, as YYYY-MM-DD; null without one that exists. */
export function dateInAddress(address: string): string | null {
  const path = pathOf(address);
  if (!MAYBE_DAY.test(path)) return null;
  for (const form of ADDRESS_DAYS) {
    form.lastIndex = 0;
    for (let found = form.exec(path); found !== null; found = form.exec(path)) {
      const [, year = '', month = '', day = ''] = found;
      const full = year.length === 2 ? `20${year}` : year;
      if (utcOf(Number(full), Number(month), Number(day), 0, 0, 0) === null) continue;
      return `${full}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
    }
  }
  return null;
}

/** The month that an address carries (/202405/), as YYYY-MM; that of its day where it has one. */
export function monthInAddress(address: string): string | null {
  const day = dateInAddress(address);
  if (day !== null) return day.slice(0, 7);
  for (const [, year, month] of pathOf(address).matchAll(ADDRESS_MONTH))
    if (Number(month) >= 1 && Number(month) <= 12) return `${year}-${month}`;
  return null;
}

function pathOf(address: string): string {
  return address.slice(0, MOST_ADDRESS).replace(/^[a-z]{1,10}:\/\/[^/?#]*/i, '');
}

function utcOf(year: number, month: number, day: number, hour: number, minute: number, second: number): number | null {
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 24 || minute > 59 || second > 60) return null;
  const utc = Date.UTC(year, month - 1, day, hour, minute, second);
  return new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day ? utc : null;
}

function offsetOf(zone: string): number {
  if (zone === 'z') return 0;
  const sign = zone.startsWith('-') ? -1 : 1;
  const digits = zone.replace(/\D/g, '');
  return sign * (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2, 4))) * MINUTE_MS;
}

/** Year, month and day of `at` in `timezone`. */
export function localDay(
  at: number,
  timezone: string,
): { readonly year: number; readonly month: number; readonly day: number } {
  const local = new Date(toWallClock(at, timezone));
  return { year: local.getUTCFullYear(), month: local.getUTCMonth() + 1, day: local.getUTCDate() };
}
