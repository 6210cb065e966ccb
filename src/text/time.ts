/** Measures of time, the clock of Beijing, and the two ways in which the web writes instants. */
import { offsetAt } from './zone.ts';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
/** How far Beijing is ahead of UTC: all year, for China has had no summer time since 1991 (IANA tz database, asia). */
export const BEIJING_MS = 8 * HOUR_MS;

/** As English dates shorten them, in lower case. */
export const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** The day in Beijing, `2026-11-23`. `at` in epoch milliseconds, between the years 0 and 9999. */
export const beijingDate = (at: number): string => new Date(at + BEIJING_MS).toISOString().slice(0, 10);

/** The day in Beijing as whole days since 1970. */
export const beijingDay = (at: number): number => Math.floor((at + BEIJING_MS) / DAY_MS);

/** Midnight to the millisecond, in China or of UTC: no time of day, but a date without one. */
export const isDateOnly = (at: number): boolean => at % DAY_MS === 0 || (at + BEIJING_MS) % DAY_MS === 0;

/** What clocks in Beijing show, `2026-11-23 21:05`. */
export const beijingMinute = (at: number): string =>
  new Date(at + BEIJING_MS).toISOString().slice(0, 16).replace('T', ' ');

/** `2021-06-09T08:49:33+08:00`. `at` in epoch milliseconds, within the range of a Date. */
export function isoWithOffset(at: number, zone: string): string {
  const minutes = offsetAt(zone, at);
  const local = new Date(at + minutes * MINUTE_MS).toISOString().slice(0, 19);
  const size = Math.abs(minutes);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${local}${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

// The three forms of RFC 9110 §5.6.7: IMF-fixdate, RFC 850 and asctime.
const DAY_FIRST = /^\w+, (\d{1,2})[ -](\w{3})[ -](\d{4}|\d{2}) (\d{2}):(\d{2}):(\d{2}) (?:GMT|UTC|\+0000)$/i;
const ASCTIME = /^\w{3} (\w{3}) {1,2}(\d{1,2}) (\d{2}):(\d{2}):(\d{2}) (\d{4})$/;

/** Epoch milliseconds of an HTTP-date in any of its three forms; null for anything else. */
export function parseHttpDate(text: string, nowMs: number): number | null {
  const value = text.trim();
  const dayFirst = DAY_FIRST.exec(value);
  if (dayFirst !== null) {
    const [, day, month, year, hour, minute, second] = dayFirst;
    return toTime(fullYear(year ?? '', nowMs), month ?? '', [day, hour, minute, second]);
  }
  const asctime = ASCTIME.exec(value);
  if (asctime === null) return null;
  const [, month, day, hour, minute, second, year] = asctime;
  return toTime(Number(year), month ?? '', [day, hour, minute, second]);
}

// RFC 9110 §5.6.7: a two-digit year more than fifty years ahead means the past one with these digits.
function fullYear(year: string, nowMs: number): number {
  if (year.length === 4) return Number(year);
  const thisYear = new Date(nowMs).getUTCFullYear();
  const guess = thisYear - (thisYear % 100) + Number(year);
  return guess > thisYear + 50 ? guess - 100 : guess;
}

function toTime(year: number, month: string, parts: readonly (string | undefined)[]): number | null {
  const [day = 0, hour = 0, minute = 0, second = 0] = parts.map(Number);
  const index = MONTHS.indexOf(month.toLowerCase());
  if (index < 0 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 60) return null;
  return Date.UTC(year, index, day, hour, minute, second);
}
