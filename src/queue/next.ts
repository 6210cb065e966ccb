/** Says when a source is polled next, and why then. */
import type { FetchResult } from '../types.ts';

const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;
/** Interval of a source scheduled `auto`: the 15–60 minutes in use elsewhere, at the lively end. */
const BASE_MS = 15 * MINUTE_MS;

export interface NextPoll {
  readonly at: number;
  readonly why: string;
}

/**
 * Next poll of a source scheduled `auto`.
 * `failures`: polls that failed in a row, this one included. `spread`: 0–1, moves the time by up to a tenth so that
 * sources do not march in step.
 */
export function nextPoll(input: {
  readonly now: number;
  readonly result: FetchResult;
  readonly failures: number;
  readonly ttlMinutes: number | null;
  readonly spread: number;
}): NextPoll {
  const { now, result, failures, ttlMinutes, spread } = input;
  const jitter = 0.95 + 0.1 * spread;
  const retryAfterMs = result.outcome === 'failed' ? result.retryAfterMs : null;
  if (failures > 0) {
    const backoff = Math.min(DAY_MS, BASE_MS * 2 ** Math.min(failures - 1, 10)) * jitter;
    const asked = Math.min(retryAfterMs ?? 0, DAY_MS);
    return asked > backoff
      ? { at: now + asked, why: `the server asked to come back in ${minutes(asked)}` }
      : {
          at: now + backoff,
          why: `${failures} failed ${failures === 1 ? 'poll' : 'polls'} in a row: back-off of ${minutes(backoff)}`,
        };
  }
  const ttl = Math.min((ttlMinutes ?? 0) * MINUTE_MS, DAY_MS);
  if (ttl > BASE_MS) return { at: now + ttl * jitter, why: `the feed asks for ${minutes(ttl)} between polls` };
  return { at: now + BASE_MS * jitter, why: `every ${minutes(BASE_MS)}` };
}

function minutes(ms: number): string {
  const count = Math.max(1, Math.round(ms / MINUTE_MS));
  return count === 1 ? '1 minute' : `${count} minutes`;
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
