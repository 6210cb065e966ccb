/** What a labelled case of stories is. */
import type { Draft } from './made.ts';

/** Entries that arrive one after the other, in both directions. */
export interface Case {
  readonly name: string;
  readonly drafts: readonly Draft[];
  /** For each draft the story it tells. */
  readonly stories: string;
}
