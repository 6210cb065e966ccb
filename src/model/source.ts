/** A source: its settings, and what is known of it from its polls. Times are epoch milliseconds. */
import type { FeedFormat, PageFinding, SkipTimes } from './feed.ts';
import type { Validators } from './fetch.ts';
import type { StoredReason } from './reason.ts';
import type { Rule } from './rule.ts';

/** `auto`: a feed or a page, by what comes. */
export type SourceKind = 'auto' | 'feed' | 'page';

/** CSS selectors for a source of kind `page`, which finds its news itself without them; all but `item` are relative to the item. */
export interface Selectors {
  readonly item: string;
  readonly title?: string | undefined;
  readonly link?: string | undefined;
  readonly date?: string | undefined;
  readonly summary?: string | undefined;
}

/** How much one source may bring and keep. */
export interface Quotas {
  /** Items of one poll: new ones, and as many changed ones. */
  readonly newPerPoll: number;
  /** Items of one day (Asia/Shanghai), in the same way. */
  readonly newPerDay: number;
  /** Entries that are kept of it. */
  readonly entries: number;
  /** Bytes that these take in the store. */
  readonly bytes: number;
}

/** What a server is told of where a request came from: nothing, the origin of the page, or the page. */
export type RefererPolicy = 'none' | 'origin' | 'page';

/** What an item is recognised by when it comes again; `auto`: its guid, else its link, else title and date. */
export type Identity = 'auto' | 'guid' | 'link' | 'title+date';

/** How dates labelled GMT are read; `auto`: as Beijing time where the source is found to mean that. */
export type ClockReading = 'auto' | 'as-given' | 'beijing';

/** `accept-incomplete-chain`: what the server's certificate chain lacks is fetched from where its certificates say. */
export type TlsPolicy = 'verify' | 'accept-incomplete-chain';

/** One address to poll, with its settings: a block of sources.yaml with its defaults filled in. */
export interface Source {
  readonly id: string;
  /** Ids that it had before, the oldest first, and its own among them where it took that back: ids of its items go by that one, and what is stored of it is carried along. */
  readonly formerly: readonly string[];
  readonly name: string;
  /** As configured: http(s)://… or rsshub://… */
  readonly url: string;
  readonly kind: SourceKind;
  /** `auto` or a cron expression (5 or 6 fields), read in `Asia/Shanghai`. */
  readonly schedule: string;
  /** Where the outlet is: a gazetteer name or code; null where it serves the whole country. */
  readonly region: string | null;
  /** 0–100: which copy leads a story. */
  readonly trust: number;
  /** Charset that overrides what the document says; null to detect. */
  readonly encoding: string | null;
  /** IANA zone for dates without one. */
  readonly timezone: string;
  readonly identity: Identity;
  readonly clock: ClockReading;
  readonly fullText: boolean | string;
  readonly select: Selectors | null;
  readonly keep: readonly Rule[];
  readonly drop: readonly Rule[];
  readonly headers: Readonly<Record<string, string>>;
  readonly proxy: string | null;
  readonly tls: TlsPolicy;
  /** Referer for its article pages and pictures; `page`: the list for the former, the article page for the latter. */
  readonly referer: RefererPolicy;
  /** Quotas of its own in place of those of all; null: none. */
  readonly quotas: { readonly [Name in keyof Quotas]?: Quotas[Name] | undefined } | null;
  readonly enabled: boolean;
  readonly note: string | null;
  /** Heading of the group the source stands under; null without one. */
  readonly group: string | null;
  /** Where the block stands: file name within the config folder and 1-based line. */
  readonly at: { readonly file: string; readonly line: number };
}

/** A source to be added; what is left out is as where the config says nothing. A type, so that it can be written as any block. */
export type ProposedSource = {
  readonly id: string;
  readonly name?: string;
  readonly url: string;
  readonly kind?: 'page';
  readonly group?: string;
  readonly region?: string;
  readonly trust?: number;
  readonly fullText?: true;
};

/** What reading a source's document needs of its settings. */
export type DocumentSettings = Pick<Source, 'id' | 'kind' | 'encoding' | 'timezone' | 'select'> &
  Partial<Pick<Source, 'formerly' | 'identity' | 'clock'>>;

/** What reading a source's entries needs of its settings. */
export type SourceFacts = Pick<Source, 'id' | 'name' | 'timezone' | 'region' | 'keep' | 'drop' | 'trust'>;

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
  readonly repairs: readonly StoredReason[];
  /** Null where the poll succeeded. */
  readonly error: StoredReason | null;
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

/** What is remembered of a page without selectors: it tells the page's news from another list in its place. */
export interface PageMemory extends PageFinding {
  /** The last poll that found the page's news, and how many before it in a row found the same addresses. */
  readonly goodAt: number;
  readonly unchanged: number;
  /** 0–1: items with a date, at that poll; and how many there were. */
  readonly dated: number;
  readonly items: number;
  /** When the news was last found in another place or under other addresses than before; null: never. */
  readonly healedAt: number | null;
  /** Another list that stands where the news stood, until a second poll agrees; null: none. */
  readonly doubt: (PageFinding & { readonly at: number }) | null;
}

/** What is known of a source from its polls. */
export interface SourceState {
  readonly id: string;
  readonly validators: Validators;
  readonly title: string | null;
  readonly lastPollAt: number | null;
  readonly lastSuccessAt: number | null;
  readonly nextPollAt: number | null;
  /** Why the next poll is when it is. */
  readonly nextWhy: StoredReason | null;
  /** Firings of the source's cron expression before this are passed over, for it fails; null where none is. */
  readonly notBefore: number | null;
  readonly newestEntryAt: number | null;
  /** Polls that failed since the last success. */
  readonly failures: number;
  readonly lastError: StoredReason | null;
  /** Where the source has moved for good (301, 308), and how many polls in a row found it there. */
  readonly movedTo: string | null;
  readonly movedCount: number;
  /** The configured address at the last poll; once the config names another one, what was learned of this one is void. */
  readonly address: string | null;
  readonly gone: boolean;
  /** Format of the last document; null before the first. */
  readonly format: FeedFormat | null;
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
  /** What it usually brings in a day, as known when this day began (days since 1970, Asia/Shanghai); perDay null: not known. */
  readonly usual: { readonly day: number; readonly perDay: number | null } | null;
  /** Items of the last document that wait for later polls, for they are more than its quotas; and why. */
  readonly held: number;
  readonly heldWhy: StoredReason | null;
  /** Items of the last whole document, and milliseconds that their dates span (null: hardly one is dated). */
  readonly reach: { readonly items: number; readonly spanMs: number | null } | null;
  /** Ids of its items change from document to document: they are told by title and date. */
  readonly renamed: boolean;
  /** Dates of its items are those of the document's making: what is new is dated by when it was first seen. */
  readonly datesOfMaking: boolean;
  /** Of an address that has another form each day: that which the last document came from; null for others. */
  readonly dated: string | null;
  /** Of pages without selectors; null before the first list. */
  readonly page: PageMemory | null;
  /**
   * What the arrival of its items tells of dates labelled GMT: by now (`auto`: the document is asked), and at the last
   * polls in a row that told something. Null: nothing yet.
   */
  readonly clock: {
    readonly reading: ClockReading;
    readonly told: ClockReading;
    readonly polls: number;
  } | null;
  /** Polls in a row that failed or brought no feed. */
  readonly troubled: number;
  /** State that operators were last told of, and how many messages that took. */
  readonly told: AlertState;
  readonly toldCount: number;
  /** Newest first. */
  readonly polls: readonly PollRecord[];
}
