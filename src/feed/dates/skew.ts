/** Finds out whether a feed's dates are Beijing time labelled GMT, and by how much to set them back. */
import { dateInAddress } from '../../zh/dates.ts';
import type { ClockReading } from '../../model/source.ts';
import type { Reason } from '../../model/reason.ts';
import { reason } from '../../reasons/catalogue.ts';
import type { ParsedDate } from './feeddates.ts';
import { BEIJING_MS } from '../../text/time.ts';

export interface SkewEvidence {
  readonly date: ParsedDate | null;
  readonly link: string | null;
}

export interface Skew {
  /** To subtract from every date labelled GMT or Z. */
  readonly shiftMs: number;
  readonly repair: Reason | null;
}

// Clocks of publishers run ahead by minutes, not by hours.
const CLOCK_ERROR_MS = 10 * 60_000;
const NONE: Skew = { shiftMs: 0, repair: null };

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** Stamps in the future that are more than one item put in ahead of its time, or one clock that runs fast. */
const LEAST_FUTURE = 2;
const SHIFTED: Skew = { shiftMs: BEIJING_MS, repair: reason('repair.date.beijing') };

/**
 * Decides over all dates of a document, unless `clock` has decided. For it speak several stamps in the future, by at most eight hours, and addresses dated
 * with the day the stamp names where true GMT would be the next day in China. Against it: any address of that next day.
 */
export function mendBeijing(evidence: readonly SkewEvidence[], now: number, clock: ClockReading = 'auto'): Skew {
  if (clock !== 'auto') return clock === 'beijing' ? SHIFTED : NONE;
  let future = 0;
  let tooFar = 0;
  let addressFor = 0;
  let addressAgainst = 0;
  for (const { date, link } of evidence) {
    if (date === null || date.zone !== 'utc') continue;
    if (date.at > now + BEIJING_MS + CLOCK_ERROR_MS) tooFar++;
    else if (date.at > now + CLOCK_ERROR_MS) future++;
    const inAddress = link === null ? null : dateInAddress(link);
    if (inAddress === null || dayOf(date.at) === dayOf(date.at + BEIJING_MS)) continue;
    if (inAddress === dayOf(date.at)) addressFor++;
    else if (inAddress === dayOf(date.at + BEIJING_MS)) addressAgainst++;
  }
  const byFuture = future >= LEAST_FUTURE && tooFar === 0;
  const byAddress = addressFor >= 2;
  if (addressAgainst > 0 || !(byFuture || byAddress)) return NONE;
  return SHIFTED;
}
