/** Finds out whether a feed's dates are Beijing time labelled GMT, and by how much to set them back. */
import { dateInAddress } from '../../zh/dates.ts';
import type { ClockReading } from '../../model/source.ts';
import type { Reason } from '../../model/reason.ts';
import { reason } from '../../reasons/catalogue.ts';
import type { ParsedDate } from './feeddates.ts';
import { BEIJING_MS } from '../../text/time.ts';

/** What an item's address, where it is dated, says of a date labelled GMT; null: nothing. */
export type AddressVote = 'for' | 'against' | null;

/** A date as its item gives it, before it is decided whether those labelled GMT are Beijing time. */
export interface GivenDate {
  /** Epoch milliseconds. */
  readonly at: number;
  /** Labelled GMT or Z. */
  readonly isUtc: boolean;
  readonly vote: AddressVote;
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

/** A date of an item whose address is `link`. */
export function giveDate({ at, zone }: Pick<ParsedDate, 'at' | 'zone'>, link: string | null): GivenDate {
  return { at, isUtc: zone === 'utc', vote: zone === 'utc' && link !== null ? voteOf(at, link) : null };
}

/** Whether the address is dated with the day the stamp names where true GMT would be the next day in China, or with that next day. */
function voteOf(at: number, link: string): AddressVote {
  const [named, next] = [dayOf(at), dayOf(at + BEIJING_MS)];
  if (named === next) return null;
  const inAddress = dateInAddress(link);
  return inAddress === named ? 'for' : inAddress === next ? 'against' : null;
}

/**
 * Decides over all dates of a document, unless `clock` has decided. For it speak several stamps in the future, by at most eight hours, and addresses dated
 * with the day the stamp names where true GMT would be the next day in China. Against it: any address of that next day.
 */
export function mendBeijing(dates: readonly GivenDate[], now: number, clock: ClockReading = 'auto'): Skew {
  if (clock !== 'auto') return clock === 'beijing' ? SHIFTED : NONE;
  let future = 0;
  let tooFar = 0;
  let addressFor = 0;
  let addressAgainst = 0;
  for (const { at, isUtc, vote } of dates) {
    if (!isUtc) continue;
    if (at > now + BEIJING_MS + CLOCK_ERROR_MS) tooFar++;
    else if (at > now + CLOCK_ERROR_MS) future++;
    if (vote === 'for') addressFor++;
    else if (vote === 'against') addressAgainst++;
  }
  const byFuture = future >= LEAST_FUTURE && tooFar === 0;
  const byAddress = addressFor >= 2;
  if (addressAgainst > 0 || !(byFuture || byAddress)) return NONE;
  return SHIFTED;
}
