/** Finds out over several polls what a source's dates labelled GMT mean, by when the items that bear them arrive. */
import type { ClockReading, Source, SourceState } from '../model/source.ts';
import { BEIJING_MS, HOUR_MS, MINUTE_MS } from '../text/time.ts';

/** Polls that must tell the same one after the other: a text put in ahead of its time, or late, tells otherwise once. */
const LEAST_POLLS = 3;
/** Publishers' clocks run ahead by minutes. */
const CLOCK_ERROR_MS = 10 * MINUTE_MS;
/** From the date of an item until it stands in the document, for a cache or an editor may hold it back. */
const LONGEST_DELAY_MS = HOUR_MS;

/** How a source's dates labelled GMT are to be read: as the operator says, else as was found out. */
export function clockToRead(source: Pick<Source, 'clock'>, { clock }: Pick<SourceState, 'clock'>): ClockReading {
  return source.clock === 'auto' ? (clock?.reading ?? 'auto') : source.clock;
}

/** `stamps`: dates labelled GMT, as given, of items that came since the poll at `lastPollAt` (null: the first one). */
export function learnClock(
  before: SourceState['clock'],
  stamps: readonly number[],
  lastPollAt: number | null,
  now: number,
): SourceState['clock'] {
  const told = lastPollAt === null ? null : tellClock(stamps, lastPollAt, now);
  if (told === null) return before;
  const polls = before?.told === told ? Math.min(before.polls + 1, LEAST_POLLS) : 1;
  return { told, polls, reading: polls >= LEAST_POLLS ? told : (before?.reading ?? 'auto') };
}

/** Which reading puts the items between the two polls; null where both do, or none. */
function tellClock(stamps: readonly number[], lastPollAt: number, now: number): Exclude<ClockReading, 'auto'> | null {
  const fits = (at: number) => at > lastPollAt - LONGEST_DELAY_MS && at <= now + CLOCK_ERROR_MS;
  let balance = 0;
  for (const at of stamps) balance += Number(fits(at)) - Number(fits(at - BEIJING_MS));
  return balance === 0 ? null : balance > 0 ? 'as-given' : 'beijing';
}
