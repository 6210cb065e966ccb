/** A name that the scanner looks for, and what it means. */
import type { Cues } from './cues.ts';

/**
 * `sure` counts wherever it stands alone, `doubtful` only with a cue or with other evidence for its province, `weak` is
 * evidence that decides nothing alone, `block` means no place.
 */
export type Strength = 'sure' | 'doubtful' | 'weak' | 'block';

export interface Term {
  readonly text: string;
  /** As written, for people. */
  readonly label: string;
  readonly strength: Strength;
  /** Places meant: all of them, or with `oneOf` one of them. Empty for themes and blocks. */
  readonly codes: readonly string[];
  readonly oneOf: boolean;
  /** Of several places the one meant where nothing else speaks; null for none. */
  readonly prior: string | null;
  /** Group that is meant as a whole; null for places. */
  readonly theme: string | null;
  /** 1 is what a place's own name weighs; null is what a term marked as weak does. */
  readonly weight: number | null;
  /** What around it settles a doubtful name; a town or a company is not told by what follows it. */
  readonly cues: Cues;
  /** Official name or short name of a division, in contrast to things that lie in it. */
  readonly division: boolean;
}
