/** Writes times for people to read, in Beijing time. */
import type { Phrase, Say } from './words/site.ts';
import { BEIJING_MS, DAY_MS, HOUR_MS, isDateOnly } from '../../text/time.ts';

/** Years of four digits, which is what the slices below count on. */
const MIN_AT = Date.UTC(1000, 0, 1);
const MAX_AT = Date.UTC(9999, 11, 31);

function local(at: number): string {
  return new Date(Math.max(MIN_AT, Math.min(MAX_AT, at || 0)) + BEIJING_MS).toISOString();
}

/** 2026-11-23 */
export function dateOf(at: number): string {
  return local(at).slice(0, 10);
}

/** 21:05 */
export function clockOf(at: number): string {
  return local(at).slice(11, 16);
}

/** 2026-11-23 21:05 */
export function stampOf(at: number): string {
  return `${dateOf(at)} ${clockOf(at)}`;
}

/** The day alone where nothing is known of the time. */
export function dayOrStamp(at: number): string {
  return isDateOnly(at) ? dateOf(at) : stampOf(at);
}

/** Midnight in Beijing of a date as forms send it (YYYY-MM-DD); null where it is none. */
export function startOfDate(date: string): number | null {
  if (!/^\d{4}-\d\d-\d\d$/.test(date)) return null;
  const at = Date.parse(`${date}T00:00:00+08:00`);
  return Number.isNaN(at) || dateOf(at) !== date ? null : at;
}

export function endOfDate(date: string): number | null {
  const start = startOfDate(date);
  return start === null ? null : start + DAY_MS - 1;
}

/** Today, yesterday, or the date. */
export function dayName(at: number, now: number, say: Say): string {
  const date = dateOf(at);
  if (date === dateOf(now)) return say('today');
  if (date === dateOf(now - DAY_MS)) return say('yesterday');
  return date;
}

/** From two of a unit on: fourteen months say more than one year, and 59 days more than one month. */
const LONG_UNITS: readonly (readonly [ms: number, phrase: Phrase])[] = [
  [365.25 * DAY_MS, 'years'],
  [30.44 * DAY_MS, 'months'],
];
const UNITS: readonly (readonly [ms: number, phrase: Phrase])[] = [
  [DAY_MS, 'days'],
  [HOUR_MS, 'hours'],
  [60_000, 'minutes'],
  [1000, 'seconds'],
];

/** 3 min, 5 h, 12 d, 4 years: the largest unit that fits, rounded down. */
export function spanOf(ms: number, say: Say): string {
  for (const [unit, phrase] of LONG_UNITS) if (ms >= 2 * unit) return say(phrase, { n: Math.floor(ms / unit) });
  for (const [unit, phrase] of UNITS) if (ms >= unit) return say(phrase, { n: Math.floor(ms / unit) });
  return say('seconds', { n: 0 });
}

/** 3 min ago, in 5 h, now. */
export function relative(at: number, now: number, say: Say): string {
  const ms = Math.abs(now - at);
  if (ms < 1000) return say('now');
  return say(at <= now ? 'ago' : 'ahead', { time: spanOf(ms, say) });
}

/** ISO 8601 in UTC, as JSON carries it. */
export function iso(at: number | null): string | null {
  return at === null || !Number.isFinite(at) || Math.abs(at) > 8.64e15 ? null : new Date(at).toISOString();
}
