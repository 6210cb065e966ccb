/** Tells old news from new where a document brings both: that of a source's first poll, and of a page found again. */
import type { FeedDocument, RawItem } from '../model/feed.ts';
import type { SourceState } from '../model/source.ts';
import { DAY_MS } from '../text/time.ts';
import { N } from './numbers.ts';
import type { JudgedPage } from './pagememory.ts';

/** What is old news of a document: it is kept at its own date, and nobody is told of it. */
export interface OldNews {
  /** Epoch ms. What is dated before it is old, and counts as seen then. */
  readonly since: number;
  /** So is what has no date: a list shows what its site published long ago beside what it published today. */
  readonly undated: boolean;
  /** Nothing was known of the source or of its address: all of it tells of the source's rhythm. */
  readonly isFirst: boolean;
}

/** Undefined where all that is new to us is news: the source was read before, and its page stands where it stood. */
export function oldNewsOf(
  { format }: Pick<FeedDocument, 'format'>,
  { rhythm, lastSuccessAt, page: known }: Pick<SourceState, 'rhythm' | 'lastSuccessAt' | 'page'>,
  page: JudgedPage | null,
  now: number,
): OldNews | undefined {
  const undated = format === 'page';
  if (page?.verdict === 'healed' && known !== null) return { since: known.goodAt, undated, isFirst: false };
  if (rhythm === null) return { since: now - N.first.newsDays * DAY_MS, undated, isFirst: true };
  // Its address leads to a page now that was not read before.
  if (page?.verdict === 'first' && lastSuccessAt !== null) return { since: lastSuccessAt, undated, isFirst: true };
  return undefined;
}

/** Whether an item, raw or cleaned, is old news. */
export const isOld = (
  { published }: Pick<RawItem, 'published'>,
  { since, undated }: Pick<OldNews, 'since' | 'undated'>,
): boolean => (published === null ? undated : published < since);
