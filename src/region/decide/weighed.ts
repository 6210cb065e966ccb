/** What an edition's decision rests on, weighed: for the score and for the sentence that explains it. */
import type { Evidence, RegionHit, ThemeHit } from '../../model/region.ts';

export interface Weighed {
  readonly score: number;
  /** What speaks for the edition. */
  readonly hits: readonly (RegionHit | ThemeHit)[];
  readonly evidence: readonly Evidence[];
  readonly against: readonly Evidence[];
  /** What is named outside the edition. */
  readonly rivals: readonly (RegionHit | ThemeHit)[];
  /** Places of the edition that are named too weakly to count. */
  readonly mentioned: readonly RegionHit[];
}
