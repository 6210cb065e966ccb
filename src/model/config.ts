/** Everything that the operator decides, whole and valid. Times are epoch milliseconds. */
import type { Script } from './entry.ts';
import type { Reason } from './reason.ts';
import type { ConfiguredRule, Rule } from './rule.ts';
import type { Quotas, Source } from './source.ts';

type EditionMatch = 'about' | 'from' | 'either';

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
  /** Stories whose lead is of one source at most; null: a share of the first page, while others fill it. */
  readonly perSource: number | null;
  /** Milliseconds; older stories leave the feed; null: no bound. */
  readonly maxAgeMs: number | null;
  /** One item a day in place of each story; null: each story. */
  readonly digest: DigestPlan | null;
}

export interface DigestPlan {
  /** Minutes after midnight in Beijing. */
  readonly atMinute: number;
  /** Stories that it tells at most. */
  readonly stories: number;
}

/** The operator's own words for a place or a theme. */
interface RegionTerm {
  readonly term: string;
  /** Gazetteer name or code, or a group. */
  readonly region: string;
  readonly weight: number;
}

export interface RegionsConfig {
  /** Group name → gazetteer names, codes or other groups. */
  readonly groups: Readonly<Record<string, readonly string[]>>;
  /** GB/T 2260 codes of the part of the country that the operator's news is about: shared names mean its places. */
  readonly home: readonly string[];
  readonly terms: readonly RegionTerm[];
  /** Phrases in which a place name means no place: 王沪宁, 宁波路. */
  readonly exclusions: readonly string[];
}

export type AlertFormat = 'auto' | 'json' | 'wecom' | 'dingtalk' | 'feishu' | 'slack';

export interface Settings {
  readonly server: {
    readonly host: string;
    readonly port: number;
    /** Absolute address that feeds name themselves by; null: taken from host and port. */
    readonly baseUrl: string | null;
    /** `password`: the password itself, or its hash (src/text/passwordhash.ts). */
    readonly admin: { readonly user: string; readonly password: string } | null;
    /** CIDR blocks of proxies whose word on a visitor's address and protocol is believed, besides loopback. */
    readonly trustedProxies: readonly string[];
    /** Whether visitors come through a reverse proxy, so that a loopback address says nothing of who they are. */
    readonly behindProxy: boolean;
    /** Whether readers get pictures through deltawire. */
    readonly imageProxy: boolean;
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
  readonly threads: {
    /** Threads that read and clean what publishers gave; null: as the machine has cores; 0: none, and no limit. */
    readonly count: number | null;
    /** For cleaning one item; a document has this and as much again for each MiB. */
    readonly timeoutMs: number;
  };
  readonly stories: {
    /** Days within which entries that are alike are copies; beyond them it takes nearly the same text. */
    readonly nearDays: number;
    /** Days after which an entry finds no copy any more. */
    readonly exactDays: number;
  };
  /** Of each source that has none of its own. */
  readonly quotas: Quotas;
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
    /** What robots' messages are written in. */
    readonly language: 'zh' | 'en';
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
  readonly why: Reason;
}
