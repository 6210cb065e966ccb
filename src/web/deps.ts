/** What the web room needs from the daemon, as one record. */
import type { Logger } from 'pino';
import type { Queues } from '../jobs/queues.ts';
import type { ByHand } from '../store/stories/byhand.ts';
import type { Store } from '../store/redis/keys.ts';
import type { Config, Fault } from '../model/config.ts';
import type { Cleaned, Entry, StoredRaw } from '../model/entry.ts';
import type { Reason, StoredReason } from '../model/reason.ts';
import type { Relevance } from '../model/region.ts';
import type { ProposedSource } from '../model/source.ts';
import type { AskedEntry, Standing, StandingIn } from '../model/standing.ts';
import type { Story } from '../model/story.ts';
import type { KeptFiles } from './http/keptfiles.ts';

/** What became of an attempt to change a config file. */
export type Saving =
  /** `backup`: where the old file stands, within the config folder. */
  | {
      readonly ok: true;
      readonly backup: string | null;
      readonly hash: string;
      /** Sources of those asked for whose block is written so that only a person can change it. */
      readonly left?: readonly string[];
    }
  | { readonly ok: false; readonly reason: 'faults'; readonly faults: readonly Fault[] }
  /** Someone else changed the file meanwhile. */
  | { readonly ok: false; readonly reason: 'changed' }
  /** The block is written so that only a person can change it. */
  | { readonly ok: false; readonly reason: 'byHand' }
  | { readonly ok: false; readonly reason: 'failed'; readonly why: Reason };

export interface StoryChange {
  readonly story: string;
  readonly title: string;
  readonly source: string;
  readonly why: StoredReason;
}

/** What a changed config would do to the editions, as far as it was run over stored stories. */
export type Preview =
  | {
      readonly ok: true;
      readonly editions: readonly {
        readonly edition: string;
        readonly title: string;
        readonly gained: readonly StoryChange[];
        readonly lost: readonly StoryChange[];
      }[];
      readonly replayed: number;
      readonly stored: number;
    }
  | { readonly ok: false; readonly faults: readonly Fault[] };

export interface TrialEntry {
  readonly title: string;
  readonly link: string | null;
  readonly published: number | null;
  readonly outlet: string | null;
  /** Characters of text. */
  readonly length: number;
  /** Pieces that the cleaner took out. */
  readonly removed: number;
  readonly repairs: readonly StoredReason[];
  readonly regions: readonly { readonly code: string; readonly name: string }[];
  readonly editions: readonly string[];
  readonly rule: string;
  readonly reason: StoredReason;
}

/** What each stage made of a source just now; stages after a failure are null or empty. */
export interface Trial {
  readonly fetched: {
    readonly url: string;
    readonly status: number;
    readonly bytes: number;
    readonly elapsedMs: number;
    readonly redirects: readonly string[];
    readonly contentType: string | null;
  } | null;
  readonly read: {
    readonly format: string;
    readonly title: string | null;
    readonly charset: string;
    readonly repairs: readonly StoredReason[];
    readonly items: number;
  } | null;
  readonly entries: readonly TrialEntry[];
  readonly failure: { readonly stage: string; readonly reason: StoredReason } | null;
}

/** What was found at an address that a person typed. */
export type Found =
  | {
      readonly ok: true;
      readonly proposed: ProposedSource;
      /** Of a feed its format, of a page what it is: a list or a front page. */
      readonly form: string;
      readonly items: number;
      /** Items with a date. */
      readonly dated: number;
      /** What else could be polled. */
      readonly alternatives: readonly {
        readonly url: string;
        readonly title: string | null;
        readonly kind: 'feed' | 'page';
      }[];
      /** The source that polls this address already; null: none. */
      readonly known: string | null;
      /** Of the proposed source. */
      readonly trial: Trial;
    }
  | { readonly ok: false; readonly why: StoredReason };

/** What became of a list of subscriptions that was to be imported. */
export interface Imported {
  /** Null where there was nothing to add. */
  readonly saving: Saving | null;
  readonly added: readonly { readonly id: string; readonly url: string; readonly name: string }[];
  /** Addresses that a source has already, with its id. */
  readonly known: readonly { readonly url: string; readonly source: string }[];
  /** Outlines that name an address for the second time. */
  readonly repeated: number;
  readonly refused: readonly Reason[];
}

/** What the desk may do to the config. Files are named as in the config folder. */
export interface ConfigDesk {
  /** `shown` is the text without secrets. Null where the config has no file of this name. */
  readonly read: (
    file: string,
  ) => Promise<{ readonly text: string; readonly shown: string; readonly hash: string } | null>;
  /** Faults of the whole config with this file changed. */
  readonly check: (file: string, text: string) => Promise<readonly Fault[]>;
  readonly preview: (file: string, text: string) => Promise<Preview>;
  /** `hash`: of the file that the change began with. */
  readonly save: (file: string, text: string, hash: string) => Promise<Saving>;
  /** Why the config cannot be changed from here; null where it can. */
  readonly locked: () => Promise<Reason | null>;
  /** Writes a source after the last one of sources.yaml. */
  readonly addSource: (source: ProposedSource) => Promise<Saving>;
  /** Adds the sources of an OPML list; null where the bytes are none. */
  readonly importList: (bytes: Uint8Array) => Promise<Imported | null>;
  /** Takes the blocks of sources out of sources.yaml. */
  readonly removeSources: (sources: readonly string[]) => Promise<Saving>;
  /** Sets values in a source's block; null takes a key out. */
  readonly editSource: (
    source: string,
    fields: Readonly<Record<string, string | number | boolean | readonly string[] | null>>,
  ) => Promise<Saving>;
  /** Pauses or resumes sources, in their blocks of sources.yaml. */
  readonly setEnabled: (sources: readonly string[], enabled: boolean) => Promise<Saving>;
  /** The lines of a source's block on disk, without secrets; null where there is none. */
  readonly sourceBlock: (
    source: string,
  ) => Promise<{ readonly file: string; readonly first: number; readonly lines: readonly string[] } | null>;
}

/** What the desk may ask of rooms that the web does not see. */
export interface Desk extends ConfigDesk {
  /** One at a time; `busy` names the one under way. Null where there is no such source. */
  readonly trySource: (source: string) => Promise<Trial | { readonly busy: string } | null>;
  /** Looks for what to poll at an address, and tries it; one trial at a time. */
  readonly findSource: (typed: string) => Promise<Found | { readonly busy: string }>;
  /** Takes out of the store all that came of sources which the config does not have any more; gives the entries. What is left undone is done within the hour. */
  readonly takeOutEntries: (sources: readonly string[]) => Promise<number>;
  /** By an operator's hand; see store/stories/arrange.ts and withdraw.ts. */
  readonly splitEntries: (entries: readonly string[]) => Promise<ByHand>;
  readonly joinStories: (into: string, story: string) => Promise<ByHand>;
  readonly withdrawStory: (story: string, said: string) => Promise<ByHand>;
  readonly publishAgain: (story: string) => Promise<ByHand>;
  /** In which editions entries are now, asked of what serves the feeds; see daemon/standings.ts. */
  readonly findStandings: (asked: AskedEntry, edition: string | null) => Promise<readonly Standing[]>;
  readonly standingOf: (entry: string) => Promise<Standing | null>;
  readonly placesOf: (story: Story) => Promise<readonly StandingIn[]>;
  /** A stored item through cleaner and editions again, by the config in force; null where that takes too long. */
  readonly review: (
    raw: StoredRaw,
    entry: Entry,
    /** What is stored of the blocks that recur on the source's entries. */
    recurrences: string | null,
  ) => Promise<{ readonly cleaned: Cleaned; readonly relevance: readonly Relevance[] } | null>;
}

/** Fetches a picture, with this Referer where one is given; within limits, past no guard. */
export type ImageFetch = (
  url: string,
  referer: string | null,
) => Promise<
  | { readonly ok: true; readonly body: Uint8Array; readonly type: string }
  | { readonly ok: false; readonly message: string }
>;

export interface WebDeps {
  /** Its connection must fail fast: no offline queue without bound. */
  readonly store: Store;
  readonly queues: Queues;
  /** The config in force. */
  readonly config: () => Config;
  /** Faults of the files on disk; empty while they are what is in force. */
  readonly faults: () => readonly Fault[];
  readonly liveness: { readonly startedAt: number; readonly version: string; readonly roles: readonly string[] };
  /** Queues a poll of each; returns how many jobs that makes. */
  readonly pollNow: (sources: readonly string[]) => Promise<number>;
  readonly regionName: (code: string) => string | null;
  /** GB/T 2260 codes that a region's name, code or group stands for; null where it is none. */
  readonly regionCodes: (name: string) => readonly string[] | null;
  readonly desk: Desk;
  /** What the image proxy needs; absent: there is none. */
  readonly images?: { readonly secret: string; readonly fetchImage: ImageFetch } | undefined;
  /** Keeps the plain feeds for a start without Redis; absent: nothing does. */
  readonly keptFiles?: KeptFiles | undefined;
  readonly log: Logger;
  /** Epoch milliseconds. */
  readonly now: () => number;
}
