/** Reads how long a Retry-After header asks to wait (RFC 9110 §10.2.3). */
import { DAY_MS, parseHttpDate } from '../text/time.ts';

/** A day, the longest wait that backing off reaches too: a typing error must not silence a source for years. */
export const MAX_RETRY_AFTER_MS = DAY_MS;

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
