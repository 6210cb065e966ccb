/** Finds out whether a feed's dates are Beijing time labelled GMT, and by how much to set them back. */
import { dateInAddress } from '../../zh/dates.ts';
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

/**
 * Decides over all dates of a document. For it speak stamps in the future, by at most eight hours, and addresses dated
 * with the day the stamp names where true GMT would be the next day in China. Against it: any address of that next day.
 */
export function mendBeijing(evidence: readonly SkewEvidence[], now: number): Skew {
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
  const byFuture = future > 0 && tooFar === 0;
  const byAddress = addressFor >= 2;
  if (addressAgainst > 0 || !(byFuture || byAddress)) return NONE;
  return { shiftMs: BEIJING_MS, repair: reason('repair.date.beijing') };
}
