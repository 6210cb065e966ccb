/** Writes dates in the forms that Chinese feeds use, all in Beijing time. */
import { BEIJING_MS } from '../text/time.ts';

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The wall clock in China; numbers as people say them, month from 1. */
export interface ChinaClock {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

function shifted(at: number): Date {
  return new Date(at + BEIJING_MS);
}

export function chinaClock(at: number): ChinaClock {
  const date = shifted(at);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** RFC 3339 with offset: 2026-11-23T08:49:33+08:00 */
export function chinaTimestamp(at: number): string {
  return `${shifted(at).toISOString().slice(0, 19)}+08:00`;
}

/** RFC 822 with offset: Mon, 23 Nov 2026 08:49:33 +0800 */
export function chinaMailDate(at: number): string {
  const date = shifted(at);
  const day = String(date.getUTCDate()).padStart(2, '0');
  const month = MONTHS[date.getUTCMonth()] ?? '';
  const time = date.toISOString().slice(11, 19);
  return `${DAYS[date.getUTCDay()] ?? ''}, ${day} ${month} ${date.getUTCFullYear()} ${time} +0800`;
}

/** The bare stamp of feeds without a pubDate element: Mon,23-Nov-2026 00:49:33 GMT */
export function bareStamp(at: number): string {
  const date = new Date(at);
  const day = String(date.getUTCDate()).padStart(2, '0');
  const month = MONTHS[date.getUTCMonth()] ?? '';
  return `${DAYS[date.getUTCDay()] ?? ''},${day}-${month}-${date.getUTCFullYear()} ${date.toISOString().slice(11, 19)} GMT`;
}
