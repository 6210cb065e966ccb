/** Labelled items of a source's first document: which are news of now, and which its publisher had long before we came? */
import { isOld, oldNewsOf } from '../../src/sources/oldnews.ts';
import type { Outcome } from '../outcome.ts';
import { range } from '../range.ts';
import { MEASURED } from './simulate.ts';

const HOUR_MS = 3_600_000;

/** Items so many hours old: what came since the same hour of yesterday is of today's news. */
export function firstDocuments(): readonly Outcome[] {
  const old = oldNewsOf({ format: 'rss' }, { rhythm: null, lastSuccessAt: null, page: null }, null, MEASURED);
  return range(1, 47).map((hours) => ({
    item: `first document: told as new when ${hours} hours old`,
    want: hours <= 24,
    got: old === undefined || !isOld({ published: MEASURED - hours * HOUR_MS }, old),
  }));
}
