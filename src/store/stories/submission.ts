/** What the pipeline hands to the store to commit, and what it decides with while the store holds still. */
import type { Met } from '../entries/postings.ts';
import type { Judgement } from '../../model/decision.ts';
import type { Entry, StoredRaw } from '../../model/entry.ts';
import type { OutletPlace, RegionHit, ThemeHit } from '../../model/region.ts';
import type { Assembler, Candidate, Fingerprint, StoryDecision } from '../../model/story.ts';

/** An entry that went through the editorial stages, ready to commit. */
export interface Submission {
  readonly entry: Entry;
  readonly raw: StoredRaw;
  /** Hash of the raw item; the same one is committed once. */
  readonly hash: string;
  /** Number of the reading that brought it (`noteReading`); absent of jobs of versions before 0.3. */
  readonly reading?: number | undefined;
  /** When it is taken to have been seen first, where that is not now: it is old news, which nobody is told of. */
  readonly firstSeen?: number | undefined;
  readonly sourceName: string;
  readonly trust: number;
  readonly fingerprint: Fingerprint;
  readonly regions: readonly RegionHit[];
  readonly themes: readonly ThemeHit[];
  readonly outletPlace?: OutletPlace | undefined;
  readonly judgement: Judgement;
}

export interface CommitOptions {
  readonly now: number;
  readonly configVersion: string;
  /** What it was judged by (see pipeline/placement.ts); absent: as is wanted. */
  readonly placement?: string;
  /** Rows that the ledger keeps. */
  readonly ledgerCount: number;
  /** How long a fingerprint key finds candidates. */
  readonly windowMs: number;
  /** Takes up what is read of other entries, for `relateCommitted` right after. */
  readonly met?: Met;
  /** `members` of stories that it would merge; without them it says which those might be. */
  readonly decideStory: (
    fingerprint: Fingerprint,
    candidates: readonly Candidate[],
    now: number,
    known?: { readonly members?: ReadonlyMap<string, readonly Candidate[]> },
  ) => StoryDecision;
  readonly assembler: Assembler;
}
