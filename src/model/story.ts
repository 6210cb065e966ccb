/** What entries are matched by, and the story that they make. Times are epoch milliseconds. */
import type { DecisionKind, Judgement } from './decision.ts';
import type { Entry, Script } from './entry.ts';
import type { Reason, StoredReason } from './reason.ts';
import type { RegionTag } from './region.ts';

/** What an entry is recognised by. */
export interface Fingerprint {
  /** Index keys: entries that share one are candidates for one story. Each at most 40 ASCII characters. */
  readonly keys: readonly string[];
  /** Index keys of what its headline is about: entries that share some may tell of one event. As `keys` in form. */
  readonly topics: readonly string[];
  /** One line that `decideStory` compares; opaque to the store. */
  readonly evidence: string;
}

/** An entry already stored that shares a key. */
export interface Candidate {
  readonly entry: string;
  readonly story: string;
  readonly evidence: string;
  /** When it was stored. */
  readonly storedAt: number;
  /** Stories that an operator parted from its own; absent: none, or none was asked for. */
  readonly apart?: readonly string[];
}

export interface StoryDecision {
  /** Story to join; null: a new one. */
  readonly join: string | null;
  /** Further stories that turn out to be the same and are merged into `join`. */
  readonly merge: readonly string[];
  readonly reason: Reason;
}

/** A story that tells of the same event and is no copy. */
export interface Related {
  readonly story: string;
  /** The entry of it that is nearest. */
  readonly entry: string;
  readonly why: Reason;
  /** The same, said of this one by the other. */
  readonly back: Reason;
}

/** A copy of a story, as far as choosing the lead and listing copies needs it. */
export interface Copy {
  readonly entry: string;
  readonly source: string;
  readonly sourceName: string;
  readonly trust: number;
  readonly title: string;
  readonly link: string | null;
  readonly outlet: string | null;
  readonly published: number | null;
  readonly firstSeen: number;
  readonly script: Script | null;
  /** Characters of text. */
  readonly length: number;
  /** Why this copy belongs to the story. */
  readonly why: StoredReason;
}

/** A copy with what it brings to its story. */
export interface Member extends Copy {
  readonly editions: readonly string[];
  readonly regions: readonly RegionTag[];
}

/** An operator took the story out of every edition. */
export interface Withdrawal {
  /** Epoch ms. */
  readonly at: number;
  /** Why, in the operator's words. */
  readonly said: string;
  /** Editions that it was in. */
  readonly editions: readonly string[];
}

/** A story as stored; `copies` include the lead. */
export interface Story {
  readonly id: string;
  /** Counts commits; for optimistic concurrency. */
  readonly version: number;
  /** Entry id. */
  readonly lead: string;
  readonly copies: readonly Member[];
  /** Absent: it is not withdrawn. */
  readonly withdrawn?: Withdrawal;
  /** Editions the story is in: those of any copy; none where it is withdrawn. */
  readonly editions: readonly string[];
  /** Union over the copies, best first. */
  readonly regions: readonly RegionTag[];
  /** Orders the story in its editions: publication of its first lead, first-seen as stand-in. It never moves. */
  readonly orderAt: number;
  readonly firstSeen: number;
  /** When what a reader sees last changed. */
  readonly updatedAt: number;
}

/** A story as it is to be stored next: its version is counted there. */
export type UnsavedStory = Omit<Story, 'version'>;

/** What a story is put together from when an entry is committed. */
export interface Assembling {
  /** Id of a new story. */
  readonly newId: string;
  readonly copy: Member;
  readonly judgement: Judgement;
  readonly match: StoryDecision;
  /** The story to join; null for a new one. */
  readonly joined: UnsavedStory | null;
  /** Stories that become part of it. */
  readonly merged: readonly UnsavedStory[];
  /** The entry's decision so far; null for an entry seen for the first time. */
  readonly previous: DecisionKind | null;
  readonly now: number;
}

export interface Assembled {
  readonly story: UnsavedStory;
  readonly decision: DecisionKind;
  readonly rule: string;
  readonly reason: StoredReason;
  /** Editions that the story was in and is not in any more. */
  readonly left: readonly string[];
}

/** Puts stories together from their copies; pure. */
export interface Assembler {
  /** The story with one entry more or changed, and what that makes of the entry. */
  assemble(input: Assembling): Assembled;
  /** The story with other copies: lead, regions and editions follow from them. Needs at least one copy. */
  restate(story: Story, copies: readonly Member[]): UnsavedStory;
  /** A new story of one entry. */
  standAlone(id: string, member: Member, now: number): UnsavedStory;
}

/** Stories in an edition's order, with their lead entries. */
export interface EditionRow {
  readonly story: Story;
  readonly lead: Entry;
}
