/** Turns the times of a source's entries into its rhythm, and a rhythm into when the next look is worth its cost. */
import type { Rhythm } from '../model/source.ts';
import { N } from './numbers.ts';
import { BEIJING_MS, DAY_MS, isDateOnly, MINUTE_MS } from '../text/time.ts';

const QUARTER_MS = 15 * MINUTE_MS;
const QUARTERS = 96;
/** New items of one document. */
export interface Arrivals {
  /** Stamps of those that have one (epoch ms). */
  readonly stamps: readonly number[];
  /** How many have none. */
  readonly unstamped: number;
}

/**
 * The rhythm after a document came. `previousPollAt`: the poll before this one, null for the first. A stamp counts
 * where it lies between the two polls; an entry stamped earlier has become visible only since the poll before.
 */
export function learnRhythm(
  before: Rhythm | null,
  arrivals: Arrivals,
  previousPollAt: number | null,
  now: number,
): Rhythm {
  const first = before === null || previousPollAt === null;
  const stamps = first
    ? arrivals.stamps.filter((at) => at <= now)
    : arrivals.stamps.filter((at) => at > previousPollAt - N.watched.lateDays * DAY_MS);
  const timed: number[] = [];
  const untimed: number[] = [];
  const seenAt = first ? now : (previousPollAt + now) / 2;
  for (const at of stamps)
    if (isDateOnly(at)) untimed.push(first ? at : seenAt);
    else timed.push(first || (at > previousPollAt && at <= now) ? at : seenAt);
  // Of a first document nothing tells when its undated items came.
  if (!first) timed.push(...untimed.splice(0), ...Array<number>(arrivals.unstamped).fill(seenAt));

  const faded = first ? startOf(stamps, now) : fade(before, now);
  const quarters = faded.quarters.length === 0 ? Array<number>(QUARTERS).fill(0) : [...faded.quarters];
  const weekdays = [...faded.weekdays];
  const since = now - N.watched.windowDays * DAY_MS;
  for (const at of timed) {
    if (at < since) continue;
    const quarter = quarterOf(at);
    quarters[quarter] = (quarters[quarter] ?? 0) + fadedWeight(now - at);
  }
  for (const at of [...timed, ...untimed]) {
    if (at < since) continue;
    const weekday = weekdayOf(at);
    weekdays[weekday] = (weekdays[weekday] ?? 0) + fadedWeight(now - at);
  }
  return {
    at: now,
    days: round(faded.days),
    quarters: quarters.some((count) => count > 0) ? quarters.map(round) : [],
    weekdays: weekdays.map(round),
    ...followDays(faded, [...timed, ...untimed]),
  };
}

/** An empty rhythm that has watched for as long as the first document reaches back. */
function startOf(stamps: readonly number[], now: number): Rhythm {
  const oldest = Math.min(now, ...stamps);
  const reach = Math.min(N.watched.windowDays, (now - oldest) / DAY_MS);
  return {
    at: now,
    days: fadedDays(stamps.length < 2 ? 0 : reach),
    quarters: [],
    weekdays: [0, 0, 0, 0, 0, 0, 0],
    lastDay: null,
    gapDays: null,
    longestGapDays: null,
  };
}

function fade(before: Rhythm, now: number): Rhythm {
  const elapsedMs = Math.max(0, now - before.at);
  const weight = fadedWeight(elapsedMs);
  return {
    ...before,
    at: now,
    days: before.days * weight + fadedDays(elapsedMs / DAY_MS),
    quarters: before.quarters.map((count) => count * weight),
    weekdays: before.weekdays.map((count) => count * weight),
  };
}

function fadedWeight(ageMs: number): number {
  return 2 ** (-Math.max(0, ageMs) / DAY_MS / N.watched.halfLifeDays);
}

/** Days of watching up to now, each as much less as it is older. */
function fadedDays(days: number): number {
  const mean = N.watched.halfLifeDays / Math.LN2;
  return mean * (1 - 2 ** (-days / N.watched.halfLifeDays));
}

function followDays(before: Rhythm, times: readonly number[]): Pick<Rhythm, 'lastDay' | 'gapDays' | 'longestGapDays'> {
  let { lastDay, gapDays, longestGapDays } = before;
  const days = [...new Set(times.map((at) => Math.floor((at + BEIJING_MS) / DAY_MS)))].sort((a, b) => a - b);
  for (const day of days) {
    if (lastDay !== null && day <= lastDay) continue;
    if (lastDay !== null) {
      const gap = day - lastDay;
      gapDays = round(gapDays === null ? gap : gapDays + N.pauses.newest * (gap - gapDays));
      longestGapDays = round(Math.max(gap, N.pauses.kept * (longestGapDays ?? 0)));
    }
    lastDay = day;
  }
  return { lastDay, gapDays, longestGapDays };
}

function quarterOf(at: number): number {
  return Math.floor(((at + BEIJING_MS) % DAY_MS) / QUARTER_MS);
}

/** 0 = Sunday; 1970-01-01 was a Thursday. */
function weekdayOf(at: number): number {
  return (Math.floor((at + BEIJING_MS) / DAY_MS) + 4) % 7;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Entries a day that this rhythm leads one to expect. */
export function entriesPerDay(rhythm: Rhythm | null, now: number): number {
  if (rhythm === null) return N.prior.entries / N.prior.days;
  const { days, weekdays } = fade(rhythm, now);
  return (sum(weekdays) + N.prior.entries) / (days + N.prior.days);
}

/** Share of a day's entries that each quarter of an hour brings; with little evidence nearly even. */
function shareOfQuarters(quarters: readonly number[], days: number): Float64Array {
  const share = new Float64Array(QUARTERS).fill(1 / QUARTERS);
  const total = sum(quarters);
  if (total === 0) return share;
  // The more entries, the sharper: three hours around an entry, an hour, its own quarter of an hour and the next ones.
  // Of hours that were not watched nothing is known, however many entries came in the others.
  const trust = (total / (total + N.trust.wideEntries)) * Math.min(1, days / N.trust.hoursDays);
  const sharp = trust * (total / (total + N.trust.sharpEntries));
  const reach = N.share.wideQuarters;
  for (let i = 0; i < QUARTERS; i++) {
    let near = 0;
    let wide = 0;
    for (let d = -reach; d <= reach; d++) {
      const count = quarters[(i + d + QUARTERS) % QUARTERS] ?? 0;
      wide += count / (2 * reach + 1);
      if (d >= -1 && d <= 1) near += (count * (2 - Math.abs(d))) / 4;
    }
    const learnt = (sharp * near + (trust - sharp) * wide) / total;
    // Something of the even share stays: news comes at odd hours, too.
    share[i] = N.share.learnt * learnt + (1 - N.share.learnt * trust) / QUARTERS;
  }
  return share;
}

function weightOfWeekday({ weekdays, days }: Rhythm, weekday: number): number {
  const trust = Math.min(1, days / N.trust.weekdaysDays);
  const even = N.trust.weekdayEntries;
  return 1 - trust + (trust * 7 * ((weekdays[weekday] ?? 0) + even)) / (sum(weekdays) + 7 * even);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/**
 * When, counted from a poll at `now`, the entries that are expected to have come would have waited `waitMs` all
 * together (two entries for three minutes are six): a poll then saves more waiting than it costs. At most `limitMs`
 * ahead. For an even rhythm of λ this is √(2·wait/λ), the interval at which the cost of polls and of waiting balance.
 */
export function whenWorthwhile(rhythm: Rhythm | null, now: number, waitMs: number, limitMs: number): number {
  const perDay = entriesPerDay(rhythm, now);
  const share = shareOfQuarters(rhythm?.quarters ?? [], rhythm?.days ?? 0);
  const end = now + limitMs;
  let at = now;
  let expected = 0;
  let waited = 0;
  while (at < end) {
    const stepEnd = Math.min(end, at - ((at + BEIJING_MS) % QUARTER_MS) + QUARTER_MS);
    const weekday = rhythm === null ? 1 : weightOfWeekday(rhythm, weekdayOf(at));
    const rate = (perDay * weekday * (share[quarterOf(at)] ?? 0)) / QUARTER_MS;
    const step = stepEnd - at;
    const after = waited + expected * step + (rate * step * step) / 2;
    // Solved for the moment within this quarter: rate/2·x² + expected·x = what is still missing.
    if (after >= waitMs) {
      const missing = waitMs - waited;
      return at + (2 * missing) / (expected + Math.sqrt(expected * expected + 2 * rate * missing));
    }
    waited = after;
    expected += rate * step;
    at = stepEnd;
  }
  return end;
}
