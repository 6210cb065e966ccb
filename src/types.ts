/** The words of deltawire as types; every room speaks in these. Times are epoch milliseconds unless a name says otherwise. */

// ---------------------------------------------------------------- config

export type SourceKind = 'feed' | 'page';
/** Script of a text: Simplified (`hans`) or Traditional (`hant`), as in BCP 47 `zh-Hans`, `zh-Hant`. */
export type Script = 'hans' | 'hant';

/** CSS selectors for a source of kind `page`; all but `item` are relative to the item. */
export interface Selectors {
  readonly item: string;
  readonly title?: string | undefined;
  readonly link?: string | undefined;
  readonly date?: string | undefined;
  readonly summary?: string | undefined;
}

/**
 * One `keep` or `drop` rule: a plain word looked for in title and text, or fields that all must match.
 * A value `/…/` or `/…/i` is a linear-time regular expression, anything else a plain word; both see script-folded text.
 */
export type Rule =
  | string
  | {
      readonly title?: string | undefined;
      readonly text?: string | undefined;
      readonly category?: string | undefined;
      readonly outlet?: string | undefined;
      readonly author?: string | undefined;
      readonly link?: string | undefined;
    };

/** What a server is told of where a request came from: nothing, the origin of the page, or the page. */
export type RefererPolicy = 'none' | 'origin' | 'page';

/** One address to poll, with its settings: a block of sources.yaml with its defaults filled in. */
export interface Source {
  readonly id: string;
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
  readonly fullText: boolean | string;
  readonly select: Selectors | null;
  readonly keep: readonly Rule[];
  readonly drop: readonly Rule[];
  readonly headers: Readonly<Record<string, string>>;
  readonly proxy: string | null;
  /** Referer for its article pages and pictures; `page`: the list for the former, the article page for the latter; `none` where absent. */
  readonly referer?: RefererPolicy | undefined;
  readonly enabled: boolean;
  readonly note: string | null;
  /** Heading of the group the source stands under; null without one. */
  readonly group: string | null;
  /** Where the block stands: file name within the config folder and 1-based line. */
  readonly at: { readonly file: string; readonly line: number };
}

export type EditionMatch = 'about' | 'from' | 'either';

/** One published feed: a selection of stories, a title, a script, a size. */
export interface Edition {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** Gazetteer names, codes or groups, as configured. Empty: every region. */
  readonly regions: readonly string[];
  /** `about`: what the story tells of; `from`: where its outlet is. */
  readonly match: EditionMatch;
  /** Source ids; empty: all. */
  readonly sources: readonly string[];
  readonly keep: readonly Rule[];
  readonly drop: readonly Rule[];
  /** Convert to this script; null: as published. */
  readonly script: Script | null;
  readonly content: 'summary' | 'full';
  /** Stories in the feed at most. */
  readonly size: number;
  /** Stories whose lead is of one source at most; null: no bound. */
  readonly perSource: number | null;
  /** Milliseconds; older stories leave the feed; null: no bound. */
  readonly maxAgeMs: number | null;
}

/** The operator's own words for a place or a theme. */
export interface RegionTerm {
  readonly term: string;
  /** Gazetteer name or code, or a group. */
  readonly region: string;
  readonly weight: number;
}

export interface RegionsConfig {
  /** Group name → gazetteer names, codes or other groups. */
  readonly groups: Readonly<Record<string, readonly string[]>>;
  readonly terms: readonly RegionTerm[];
  /** Phrases in which a place name means no place: 王沪宁, 宁波路. */
  readonly exclusions: readonly string[];
}

/** A keep or drop rule, or an exclusion of regions.yaml, with where it stands. */
export interface ConfiguredRule {
  readonly of: 'source' | 'edition' | 'regions';
  /** Of the source or edition; empty for an exclusion. */
  readonly id: string;
  readonly list: 'keep' | 'drop' | 'exclusions';
  readonly rule: Rule;
  readonly at: { readonly file: string; readonly line: number };
}

export type AlertFormat = 'auto' | 'json' | 'wecom' | 'dingtalk' | 'feishu' | 'slack';

export interface Settings {
  readonly server: {
    readonly host: string;
    readonly port: number;
    /** Absolute address that feeds name themselves by; null: taken from host and port. */
    readonly baseUrl: string | null;
    /** `password`: the password itself, or its hash (src/password.ts). */
    readonly admin: { readonly user: string; readonly password: string } | null;
    /** CIDR blocks of proxies whose word on a visitor's address and protocol is believed, besides loopback. */
    readonly trustedProxies: readonly string[];
    /** Whether readers get pictures through deltawire; off where absent. */
    readonly imageProxy?: boolean | undefined;
  };
  /** Base address that replaces `rsshub://`; null: such sources do not poll. */
  readonly rsshub: string | null;
  readonly fetch: {
    readonly timeoutMs: number;
    readonly maxBytes: number;
    readonly maxRedirects: number;
    readonly concurrency: number;
    readonly perHostConcurrency: number;
    readonly perHostIntervalMs: number;
    /** Whether hosts share a pace one by one, or all under a registered domain together. */
    readonly paceBy: 'host' | 'domain';
    /** Whether Retry-After holds for the whole host or only for the address that was asked. */
    readonly retryAfter: 'host' | 'address';
    /** CIDR blocks that the address guard lets through. */
    readonly allowAddresses: readonly string[];
    /** Ports fetched from although other protocols own them. */
    readonly allowPorts: readonly number[];
    /** Whether redirects may carry `user:password@`; a source's own address always may. */
    readonly allowUserinfo: boolean;
  };
  readonly stories: {
    /** Days within which entries that are alike are copies; beyond them it takes nearly the same text. */
    readonly nearDays: number;
    /** Days after which an entry finds no copy any more. */
    readonly exactDays: number;
  };
  readonly retention: {
    readonly entriesDays: number;
    readonly entriesCount: number;
    readonly ledgerDays: number;
    readonly ledgerCount: number;
    readonly rawDays: number;
  };
  readonly push: {
    /** WebSub: `own`: deltawire is the hub of its feeds; `none`; or the address of another hub. */
    readonly hub: string;
  };
  readonly alerts: {
    /** Milliseconds without a new entry after which a source is stale; null: from its own rhythm. */
    readonly staleAfterMs: number | null;
    readonly webhook: string | null;
    /** What the webhook understands; `auto`: by its host. */
    readonly format: AlertFormat;
    /** Signs messages to 钉钉 and 飞书; null: not signed. */
    readonly secret: string | null;
  };
}

/** Everything the operator decides, whole and valid; frozen. */
export interface Config {
  /** First 12 hex digits of the SHA-256 of the files' bytes. */
  readonly version: string;
  readonly loadedAt: number;
  readonly folder: string;
  readonly sources: readonly Source[];
  readonly editions: readonly Edition[];
  readonly regions: RegionsConfig;
  /** Every rule of the sources, editions and regions, in the files' order. */
  readonly rules: readonly ConfiguredRule[];
  readonly settings: Settings;
}

/** One fault of a config file; `line` and `column` are 1-based. */
export interface Fault {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** What was found and what was expected, with a near name where one was mistyped. */
  readonly message: string;
}

// ---------------------------------------------------------------- fetch

/** What a server said of a document's version, kept to ask again conditionally (RFC 9110 §13). */
export interface Validators {
  readonly etag: string | null;
  readonly lastModified: string | null;
  /** SHA-256 of the decoded body, hex; null before the first body. */
  readonly bodyHash: string | null;
}

export interface Redirect {
  readonly status: number;
  readonly from: string;
  readonly to: string;
}

/** Where a request failed: `address` is the guard's refusal, `status` an HTTP status that brings no document. */
export type FetchStage =
  | 'address'
  | 'dns'
  | 'connect'
  | 'tls'
  | 'headers'
  | 'redirect'
  | 'status'
  | 'body'
  | 'limit'
  | 'timeout';

interface FetchFacts {
  /** Final address after redirects. */
  readonly url: string;
  readonly status: number;
  readonly redirects: readonly Redirect[];
  readonly elapsedMs: number;
}

/** What one request brought. Expected outcomes are values; only a defect throws. */
export type FetchResult =
  | (FetchFacts & {
      readonly outcome: 'modified';
      readonly body: Uint8Array;
      /** Lower-case names. */
      readonly headers: Readonly<Record<string, string>>;
      readonly validators: Validators;
    })
  | (FetchFacts & {
      readonly outcome: 'unmodified';
      /** 304, or 200 with the body of last time. Validators refreshed. */
      readonly validators: Validators;
      readonly headers: Readonly<Record<string, string>>;
    })
  | (FetchFacts & { readonly outcome: 'gone' })
  | {
      readonly outcome: 'failed';
      readonly url: string;
      readonly stage: FetchStage;
      readonly message: string;
      readonly status: number | null;
      /** From Retry-After on 429 and 503 (RFC 9110 §10.2.3). */
      readonly retryAfterMs: number | null;
      readonly redirects: readonly Redirect[];
      readonly elapsedMs: number;
    };

// ---------------------------------------------------------------- feed

export type FeedFormat = 'rss' | 'atom' | 'rdf' | 'cdf' | 'json' | 'page';

export interface Enclosure {
  readonly url: string;
  readonly type: string | null;
  /** Bytes. */
  readonly length: number | null;
}

/** One item as its publisher gave it: text decoded, links absolute, HTML not yet sanitised. */
export interface RawItem {
  /** Stable within and across polls; 20 lower-case base32 characters of a SHA-256 over source id and the item's identity. */
  readonly id: string;
  readonly guid: string | null;
  readonly title: string;
  readonly link: string | null;
  /** HTML. */
  readonly summary: string | null;
  /** HTML. */
  readonly content: string | null;
  readonly authors: readonly string[];
  readonly published: number | null;
  readonly updated: number | null;
  readonly categories: readonly string[];
  readonly enclosures: readonly Enclosure[];
  readonly image: string | null;
  /** BCP 47; null where unsaid. */
  readonly language: string | null;
  /** Originating medium that the feed itself names (RSS source, dc:source, dc:publisher); null where unsaid. */
  readonly outlet: string | null;
  readonly repairs: readonly string[];
}

export interface Charset {
  /** From HTTP or the document; null where neither speaks. */
  readonly declared: string | null;
  readonly detected: string | null;
  readonly used: string;
}

/** Times at which a feed asks not to be polled (RSS 2.0 skipHours, skipDays), in UTC. */
export interface SkipTimes {
  /** 0–23 */
  readonly hours: readonly number[];
  /** 0–6, Sunday first. */
  readonly days: readonly number[];
}

export interface FeedDocument {
  readonly source: string;
  readonly url: string;
  readonly format: FeedFormat;
  readonly title: string | null;
  readonly link: string | null;
  readonly language: string | null;
  readonly charset: Charset;
  readonly repairs: readonly string[];
  readonly items: readonly RawItem[];
  /** Minutes between polls that the feed asks for (ttl, sy:update*); null where unsaid. */
  readonly ttlMinutes: number | null;
  /** Absent or null where unsaid. */
  readonly skip?: SkipTimes | null | undefined;
  /** WebSub hub; null where none. */
  readonly hub: string | null;
  /** The address that the document gives as its own; absent or null where unsaid. */
  readonly self?: string | null | undefined;
}

export type ReadStage = 'decode' | 'canonicalise' | 'parse' | 'select';
export type ReadResult =
  | { readonly ok: true; readonly document: FeedDocument }
  | { readonly ok: false; readonly stage: ReadStage; readonly message: string };

// ---------------------------------------------------------------- entry

export interface Dateline {
  readonly place: string;
  /** As written, completed to YYYY-MM-DD where the year is known; null where undated. */
  readonly date: string | null;
}

/** One item, normalised and cleaned. Field names follow RFC 4287. */
export interface Entry {
  readonly id: string;
  /** Source id. */
  readonly source: string;
  readonly guid: string | null;
  readonly title: string;
  /** Canonical and absolute; null where the item has none. */
  readonly link: string | null;
  /** As the publisher gave it. */
  readonly originalLink: string | null;
  readonly published: number | null;
  readonly updated: number | null;
  readonly authors: readonly string[];
  /** Originating medium (来源); null where unsaid. */
  readonly outlet: string | null;
  /** 责任编辑; null where unsaid. */
  readonly editor: string | null;
  readonly dateline: Dateline | null;
  /** Plain text. */
  readonly summary: string;
  /** Sanitised HTML. */
  readonly content: string;
  /** Plain paragraphs joined by \n. */
  readonly text: string;
  readonly categories: readonly string[];
  readonly enclosures: readonly Enclosure[];
  readonly image: string | null;
  readonly language: string | null;
  readonly script: Script | null;
  readonly repairs: readonly string[];
}

/** What the cleaner took out of an item, for the ledger. */
export interface Removal {
  readonly rule: string;
  readonly text: string;
}

export interface Cleaned {
  readonly entry: Entry;
  readonly removed: readonly Removal[];
  /** Keys of the short blocks at the article's edges, by which those are found that recur on a source's other entries. */
  readonly edges: readonly string[];
  /** Set where the item is no entry at all (本版责编, 广告, navigation). */
  readonly nonEntry: { readonly rule: string; readonly reason: string } | null;
}

// ---------------------------------------------------------------- region

export type RegionLevel = 'province' | 'city' | 'county';
export type TextField = 'title' | 'summary' | 'text' | 'dateline' | 'category' | 'outlet' | 'feed';

export interface Evidence {
  readonly term: string;
  readonly field: TextField;
  readonly weight: number;
}

/** A place that an entry is about. */
export interface RegionHit {
  /** GB/T 2260, six digits. */
  readonly code: string;
  readonly name: string;
  readonly level: RegionLevel;
  readonly score: number;
  readonly evidence: readonly Evidence[];
}

/** A group of regions that an entry is about as a whole, such as 长三角. */
export interface ThemeHit {
  readonly group: string;
  readonly score: number;
  readonly evidence: readonly Evidence[];
}

export interface Classification {
  /** Best first. All of China: places elsewhere argue against. */
  readonly regions: readonly RegionHit[];
  readonly themes: readonly ThemeHit[];
  /** Places named too weakly to say that the entry is about them, best first; absent for none. */
  readonly mentioned?: readonly RegionHit[] | undefined;
  /** The operator's exclusions that stood in it; absent for none. */
  readonly excluded?: readonly string[] | undefined;
}

/** Whether an entry belongs to an edition, and what decided. */
export interface Relevance {
  readonly edition: string;
  readonly relevant: boolean;
  readonly score: number;
  readonly threshold: number;
  /** One sentence for people; names the deciding evidence. */
  readonly why: string;
  /** The edition's rule that decided; absent where none did. */
  readonly rule?: Pick<ConfiguredRule, 'list' | 'rule'> | undefined;
}

// ---------------------------------------------------------------- story

/** What an entry is recognised by. */
export interface Fingerprint {
  /** Index keys: entries that share one are candidates for one story. Each at most 40 ASCII characters. */
  readonly keys: readonly string[];
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
  /** Stories that an operator parted from its own; absent: none. */
  readonly apart?: readonly string[];
}

export interface StoryDecision {
  /** Story to join; null: a new one. */
  readonly join: string | null;
  /** Further stories that turn out to be the same and are merged into `join`. */
  readonly merge: readonly string[];
  readonly reason: string;
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
  readonly why: string;
}

export type DecisionKind = 'kept' | 'dropped' | 'merged';

/** What happened to an entry and why; a row of the ledger. */
export interface Decision {
  readonly at: number;
  readonly entry: string;
  readonly source: string;
  readonly title: string;
  readonly link: string | null;
  readonly decision: DecisionKind;
  /** What decided: `region`, `source.drop`, `story`, `clean.<rule>` … */
  readonly rule: string;
  readonly reason: string;
  readonly story: string;
  readonly editions: readonly string[];
  readonly regions: readonly RegionHit[];
  readonly configVersion: string;
}
