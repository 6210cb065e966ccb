/** What the head of a report names. */
import type { Dateline } from '../model/entry.ts';

export interface ReadDateline {
  /** Agency or paper as written; null for 本报 and its like. */
  readonly outlet: string | null;
  /** 本报, 本网, 本台: the publisher itself. */
  readonly own: boolean;
  readonly dateline: Dateline;
  readonly authors: readonly string[];
  /** Characters of the text that the dateline takes, its bracket included. */
  readonly length: number;
}
