/** Why something is as it is, as data: a code of the catalogue in src/reasons and what fills its sentence. */

/**
 * A piece of evidence: the term, the field it stands in, its weight (negative where it argues against), and the place
 * or group that it speaks for.
 */
export type Piece = readonly [term: string, field: string, weight: number, target: string];

export type Param = string | number | Reason | readonly string[] | readonly Reason[] | readonly Piece[];

/** Made by `reason` of src/reasons alone, which knows what each code needs; a stored one may be of another version. */
export interface Reason {
  readonly code: string;
  /** Absent where the sentence has nothing to fill in. */
  readonly params?: Readonly<Record<string, Param>>;
}

/** What a store may hold: a sentence as versions before 0.2 wrote it, or words that a publisher sent, stands as it is. */
export type StoredReason = Reason | string;
