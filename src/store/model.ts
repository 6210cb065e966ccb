/** What the store keeps, as records: sources' states, stories, ledger rows and the figures that pages show. */
import type {
  Copy,
  Decision,
  DecisionKind,
  Entry,
  RawItem,
  RegionHit,
  SkipTimes,
  ThemeHit,
  Validators,
} from '../types.ts';

/** `new` until the first poll; `quiet`: alive with nothing new; `changed`: answers with something that is no feed. */
export type SourceHealth = 'new' | 'healthy' | 'quiet' | 'stale' | 'failing' | 'changed' | 'gone';

/** One poll as kept in a source's short history. */
export interface PollRecord {
  readonly at: number;
  /** `pushed`: no poll at all, but a document that the source's hub sent. */
  readonly outcome: 'modified' | 'unmodified' | 'gone' | 'failed' | 'pushed';
  /** HTTP status; null where no answer came. */
  readonly status: number | null;
  /** Decoded bytes of the body; null where none came. */
  readonly bytes: number | null;
  readonly elapsedMs: number;
  /** Items in the document; null where none was read. */
  readonly items: number | null;
  /** Items sent on because they were unseen or changed. */
  readonly fresh: number;
  /** Newest date among the items; null where none is dated or none was read. */
  readonly newestAt: number | null;
  readonly format: string | null;
  readonly charset: string | null;
  readonly repairs: readonly string[];
  /** Stage and reason; null where the poll succeeded. */
  readonly error: string | null;
}

/** How a source publishes, learned from its entries. Evidence fades: what was counted weighs half after two weeks. */
export interface Rhythm {
  /** When the evidence was last faded. */
  readonly at: number;
  /** Days of watching that stand behind the counts, faded. */
  readonly days: number;
  /** Entries by quarter of an hour of the day (Asia/Shanghai), 96 counts; empty while no time of day is known. */
  readonly quarters: readonly number[];
  /** Entries by day of the week (Asia/Shanghai), Sunday first, seven counts. */
  readonly weekdays: readonly number[];
  /** Days since 1970 (Asia/Shanghai) of the newest entry. */
  readonly lastDay: number | null;
  /** Days between two days with entries: their running mean, and the longest, fading. Null before the first two. */
  readonly gapDays: number | null;
  readonly longestGapDays: number | null;
}

/** What a source was last told to be: these states are worth a message, those between them are not. */
export type AlertState = 'healthy' | 'stale' | 'failing' | 'changed' | 'gone';

/** What is known of a source from its polls. */
export interface SourceState {
  readonly id: string;
  readonly validators: Validators;
  readonly title: string | null;
  readonly lastPollAt: number | null;
  readonly lastSuccessAt: number | null;
  readonly nextPollAt: number | null;
  /** Why the next poll is when it is; a sentence for people. */
  readonly nextWhy: string | null;
  /** Firings of the source's cron expression before this are passed over, for it fails; null where none is. */
  readonly notBefore: number | null;
  readonly newestEntryAt: number | null;
  /** Polls that failed since the last success. */
  readonly failures: number;
  readonly lastError: string | null;
  /** Where the source has moved for good (301, 308), and how many polls in a row found it there. */
  readonly movedTo: string | null;
  readonly movedCount: number;
  /** The configured address at the last poll; once the config names another one, what was learned of this one is void. */
  readonly address: string | null;
  readonly gone: boolean;
  /** The document was no feed at the last poll. */
  readonly changed: boolean;
  /** Null before the first document. */
  readonly rhythm: Rhythm | null;
  /** When an item came that was not known before; null before the first. */
  readonly freshAt: number | null;
  /** Minutes between polls that the last document asked for. */
  readonly ttlMinutes: number | null;
  /** Times at which the last document asked not to be polled. */
  readonly skip: SkipTimes | null;
  /** Polls in a row that failed or brought no feed. */
  readonly troubled: number;
  /** State that operators were last told of, and how many messages that took. */
  readonly told: AlertState;
  readonly toldCount: number;
  /** Newest first. */
  readonly polls: readonly PollRecord[];
}

/** An entry as stored, with what was decided on it. */
export interface StoredEntry {
  readonly entry: Entry;
  readonly story: string;
  readonly firstSeen: number;
  readonly decision: DecisionKind;
  readonly regions: readonly RegionHit[];
  readonly themes: readonly ThemeHit[];
  readonly editions: readonly string[];
}

export interface StoredRaw {
  readonly item: RawItem;
  readonly feedTitle: string | null;
}

/** A place without its evidence, which stands with the entry. */
export type RegionTag = Omit<RegionHit, 'evidence'>;

/** A copy with what it brings to its story. */
export interface Member extends Copy {
  readonly editions: readonly string[];
  readonly regions: readonly RegionTag[];
}

/** A story as stored; `copies` include the lead. */
export interface Story {
  readonly id: string;
  /** Counts commits; for optimistic concurrency. */
  readonly version: number;
  /** Entry id. */
  readonly lead: string;
  readonly copies: readonly Member[];
  /** Editions the story is in: those of any copy. */
  readonly editions: readonly string[];
  /** Union over the copies, best first. */
  readonly regions: readonly RegionTag[];
  /** Orders the story in its editions: publication of the lead, first-seen as stand-in. */
  readonly orderAt: number;
  readonly firstSeen: number;
  /** When what a reader sees last changed. */
  readonly updatedAt: number;
}

/** A row of the ledger with its id (a Redis stream id, increasing). */
export interface LedgerRow extends Decision {
  readonly id: string;
}

export interface LedgerQuery {
  readonly source?: string | undefined;
  readonly decision?: DecisionKind | undefined;
  /** Region code; a province's or city's code finds what lies in it. */
  readonly region?: string | undefined;
  /** Looked for in the title, folded by script. */
  readonly text?: string | undefined;
  readonly rule?: string | undefined;
  /** Epoch milliseconds, inclusive. */
  readonly since?: number | undefined;
  readonly until?: number | undefined;
  /** Ledger id to go on before (paging towards the past). */
  readonly before?: string | undefined;
  readonly limit: number;
}

export interface LedgerPage {
  readonly rows: readonly LedgerRow[];
  /** Ledger id for `before` of the next page; null at the end. */
  readonly next: string | null;
}

export interface Totals {
  readonly entries: number;
  readonly stories: number;
  readonly kept: number;
  readonly dropped: number;
  readonly merged: number;
}

/** Figures of one source on one day (Asia/Shanghai). */
export interface DayFigures {
  /** YYYYMMDD */
  readonly day: string;
  readonly polls: number;
  readonly failures: number;
  readonly kept: number;
  readonly dropped: number;
  readonly merged: number;
}

/** Stories in an edition's order, with their lead entries. */
export interface EditionRow {
  readonly story: Story;
  readonly lead: Entry;
}
