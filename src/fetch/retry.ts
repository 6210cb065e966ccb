/** Turns the value of a Retry-After header into milliseconds to wait (RFC 9110 §10.2.3). */

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

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

/** A day, the longest wait that backing off reaches too: a typing error must not silence a source for years. */
export const MAX_RETRY_AFTER_MS = 86_400_000;

/**
 * Milliseconds to wait, 0 to a day. `value` is seconds or an HTTP-date; `nowMs` is the time that a date counts from:
 * the response's own Date where it has one, so that a server whose clock is wrong is understood. Null for nonsense.
 */
export function parseRetryAfter(value: string, nowMs: number): number | null {
  const text = value.trim();
  let waitMs: number;
  if (/^\d+(?:\.\d+)?$/.test(text)) waitMs = Math.ceil(Number(text) * 1000);
  else {
    const at = parseHttpDate(text, nowMs);
    if (at === null) return null;
    waitMs = at - nowMs;
  }
  return Math.min(Math.max(waitMs, 0), MAX_RETRY_AFTER_MS);
}
