/** What a digest tells of a day: one line a story. */

/** A story as a digest tells it. */
export interface DigestLine {
  /** Id. */
  readonly story: string;
  readonly title: string;
  readonly outlet: string;
  /** Other outlets that have it. */
  readonly others: readonly string[];
  readonly summary: string;
  /** The city or province that it is filed under; null: none. */
  readonly place: string | null;
}

/** One item a day. */
export interface Digest {
  /** In Beijing, `2026-11-28`. */
  readonly day: string;
  /** When the day's stories were gathered, epoch ms. */
  readonly at: number;
  /** Those of most weight first. */
  readonly lines: readonly DigestLine[];
}
