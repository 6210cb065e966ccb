/** Says when a source is polled next, and why then. */
import type { SkipTimes } from '../model/feed.ts';
import type { FetchResult } from '../model/fetch.ts';
import type { Reason } from '../model/reason.ts';
import type { Rhythm, SourceState } from '../model/source.ts';
import { reason } from '../reasons/catalogue.ts';
import { N } from './numbers.ts';
import { entriesPerDay, whenWorthwhile } from './rhythm.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, parseHttpDate } from '../text/time.ts';

export interface NextPoll {
  readonly at: number;
  readonly why: Reason;
  /** Of a cron source: firings before this are passed over; absent where none is. */
  readonly notBefore?: number | undefined;
}

export interface NextInput {
  readonly now: number;
  readonly result: FetchResult;
  /** Polls that failed in a row, this one included. */
  readonly failures: number;
  readonly rhythm: Rhythm | null;
  readonly ttlMinutes: number | null;
  readonly skip: SkipTimes | null;
  /** How much the last document held; null or absent where none is known. */
  readonly reach?: SourceState['reach'] | undefined;
  /** Host of the hub that pushes the source; null where none does. */
  readonly pushedBy?: string | null | undefined;
  /** 0–1: keeps sources from marching in step. */
  readonly spread: number;
}

/** Next poll of a source scheduled `auto`: at most a day ahead. */
export function nextPoll(input: NextInput): NextPoll {
  if (input.failures > 0) return backOff(input);
  return input.pushedBy ? checkDaily(input.now, input.pushedBy, input.spread) : followRhythm(input);
}

/**
 * Next poll of a source with a cron expression, which fires next at `firing`. Failures and Retry-After pass firings
 * over; the back-off is at its shortest, so that a source asked once a day at a time of day misses no day.
 */
export function nextByCron(
  input: Pick<NextInput, 'now' | 'result' | 'failures'>,
  expression: string,
  firing: number,
): NextPoll {
  const schedule = reason('poll.schedule', { expression });
  if (input.failures === 0) return { at: firing, why: schedule };
  const { at, why } = backOff({ ...input, spread: 1 });
  return at <= firing
    ? { at: firing, why: schedule }
    : { at, why: reason('poll.then-schedule', { why, expression }), notBefore: at };
}

/** Whether a cron source passes firings over. Where its last poll lies ahead, the clock was set back since, and the end of the back-off means nothing. */
export function isBackingOff(
  { notBefore, lastPollAt }: Pick<SourceState, 'notBefore' | 'lastPollAt'>,
  now: number,
): boolean {
  return now < (notBefore ?? 0) && (lastPollAt ?? 0) <= now + MINUTE_MS;
}

function backOff({ now, result, failures, spread }: Omit<NextInput, 'rhythm' | 'ttlMinutes' | 'skip'>): NextPoll {
  // Never more than the back-off allows, so that a day stays a day.
  const doubled = N.poll.failedMinutes * MINUTE_MS * 2 ** Math.min(failures - 1, 10);
  const backoff = Math.min(DAY_MS, doubled) * (1 - N.apart.share * spread);
  const asked = result.outcome === 'failed' ? Math.min(result.retryAfterMs ?? 0, DAY_MS) : 0;
  if (asked > backoff) return { at: now + asked, why: reason('poll.server-asked', { wait: asked }) };
  return { at: now + backoff, why: reason('poll.back-off', { failures, wait: backoff }) };
}

/** Of a source that is pushed, a poll only finds what its hub failed to send. */
export function checkDaily(now: number, hub: string, spread: number): NextPoll {
  return { at: now + DAY_MS * (1 - N.apart.share * spread), why: reason('poll.pushed', { hub }) };
}

function followRhythm({ now, result, rhythm, ttlMinutes, skip, reach, spread }: NextInput): NextPoll {
  const worthwhile = whenWorthwhile(rhythm, now, N.poll.waitMinutes * MINUTE_MS, DAY_MS) - now;
  const most = longestWait(reach ?? null, rhythm, now);
  const ttl = Math.min((ttlMinutes ?? 0) * MINUTE_MS, DAY_MS);
  const fresh = 'headers' in result ? Math.min(freshFor(result.headers, now), DAY_MS) : 0;
  const interval = Math.max(N.poll.leastMinutes * MINUTE_MS, worthwhile, ttl, fresh);
  const jitter = Math.min(N.apart.share * interval, N.apart.mostMinutes * MINUTE_MS);
  // What the publisher asks for is a least; the rhythm is a guess, which may be missed on either side.
  const asked = Math.max(ttl, fresh) >= interval;
  const at = Math.min(now + DAY_MS, now + interval + jitter * (asked ? spread : spread - 0.5));
  const awake = afterSkipped(at, skip);
  if (Math.max(at, awake) > now + most) return { at: now + most, why: reason('poll.before-lost', { wait: most }) };
  if (awake > at) return { at: Math.min(awake, now + DAY_MS), why: reason('poll.skip-times') };
  if (ttl === interval) return { at, why: reason('poll.feed-asked', { wait: ttl }) };
  if (fresh === interval) return { at, why: reason('poll.fresh', { wait: fresh }) };
  return { at, why: tellRhythm(rhythm, now, at) };
}

/**
 * Half of what the document holds, at the rate at which the source publishes: what has left the document between two
 * polls is lost, whatever the publisher asks for.
 */
function longestWait(reach: SourceState['reach'], rhythm: Rhythm | null, now: number): number {
  if (reach === null || reach.items === 0) return DAY_MS;
  const byRhythm = rhythm === null ? Infinity : (reach.items / entriesPerDay(rhythm, now)) * DAY_MS;
  const held = Math.min(byRhythm, reach.spanMs ?? Infinity);
  return Math.min(DAY_MS, Math.max(N.poll.leastMinutes * MINUTE_MS, held / 2));
}

function tellRhythm(rhythm: Rhythm | null, now: number, at: number): Reason {
  if (rhythm === null) return reason('poll.rhythm-unknown', { wait: at - now });
  const perDay = entriesPerDay(rhythm, now);
  return perDay >= 1.5
    ? reason('poll.rhythm-daily', { entries: Math.round(perDay), at })
    : reason('poll.rhythm-rare', { gap: DAY_MS / perDay, at });
}

/**
 * Milliseconds for which the answer is fresh by its own words (RFC 9111 §4.2.1: max-age, else Expires against Date),
 * less the age it already had; 0 where it says nothing or not to keep it.
 */
function freshFor(headers: Readonly<Record<string, string>>, now: number): number {
  const control = (headers['cache-control'] ?? '').toLowerCase();
  if (/\bno-(?:cache|store)\b/.test(control)) return 0;
  const age = Math.max(0, Number(headers['age'] ?? 0) || 0) * 1000;
  const maxAge = /(?:^|[\s,])max-age\s*=\s*"?(\d+)/.exec(control)?.[1];
  if (maxAge !== undefined) return Math.max(0, Number(maxAge) * 1000 - age);
  const expires = parseHttpDate(headers['expires'] ?? '', now);
  if (expires === null) return 0;
  // Against the server's own clock, so that one that is wrong is understood.
  const date = parseHttpDate(headers['date'] ?? '', now) ?? now;
  return Math.max(0, expires - date - age);
}

/** The first moment from `at` on, by the hour, that the feed does not exclude; `at` where it excludes every one. */
function afterSkipped(at: number, skip: SkipTimes | null): number {
  if (skip === null || (skip.hours.length === 0 && skip.days.length === 0)) return at;
  for (let hour = 0; hour < 8 * 24; hour++) {
    const moment = hour === 0 ? at : at - (at % HOUR_MS) + hour * HOUR_MS;
    const date = new Date(moment);
    if (!skip.hours.includes(date.getUTCHours()) && !skip.days.includes(date.getUTCDay())) return moment;
  }
  return at;
}

/** 0–1, the same for the same text: spreads sources without the clock. */
export function spreadOf(text: string): number {
  let hash = 2_166_136_261; // FNV-1a, 32 bits
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16_777_619) >>> 0;
  // MurmurHash3's finaliser: names that differ in their last digit must not stand side by side.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b) >>> 0;
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35) >>> 0;
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
