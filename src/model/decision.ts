/** What happened to an entry and why, as rows of the ledger, and the figures counted from them. Times are epoch milliseconds. */
import type { StoredReason } from './reason.ts';
import type { RegionHit } from './region.ts';

export type DecisionKind = 'kept' | 'dropped' | 'merged';

/** What the editorial stages say of an entry by itself, before it meets the others. */
export interface Judgement {
  /** Editions it belongs to by itself. */
  readonly editions: readonly string[];
  /** Rule that decided, and the reason. */
  readonly rule: string;
  readonly reason: StoredReason;
  /** True where a rule or the cleaner put it out: it then joins no story's copies. */
  readonly barred: boolean;
  /** Keys of the configured rules that matched, for their counts. */
  readonly matched: readonly string[];
  /** Those among them that keep it out of an edition (null: of all), which would have it without them. */
  readonly removedBy?: readonly { readonly rule: string; readonly edition: string | null }[] | undefined;
}

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
  readonly reason: StoredReason;
  readonly story: string;
  readonly editions: readonly string[];
  readonly regions: readonly RegionHit[];
  readonly configVersion: string;
}

const NON_ENTRY = 'clean.';

/** The rule under which the ledger books an item that the cleaner's rule `name` took for no entry. */
export function nonEntryDecision(name: string): string {
  return NON_ENTRY + name;
}

export function isNonEntryDecision(rule: string): boolean {
  return rule.startsWith(NON_ENTRY);
}

const ASIDE = 'aside.';

/** Whether the ledger books an item under this rule that the stages could not be let near. */
export function isSetAside(rule: string): boolean {
  return rule.startsWith(ASIDE);
}

/** Whether an item under this rule was kept out before its regions were judged. */
export function isKeptOutUnjudged(rule: string): boolean {
  return isNonEntryDecision(rule) || isSetAside(rule);
}

/** A row of the ledger with its id (a Redis stream id, increasing). */
export interface LedgerRow extends Decision {
  readonly id: string;
}

export interface LedgerQuery {
  /** Ids of a source: the one that it has, and those that it had. */
  readonly sources?: readonly string[] | undefined;
  readonly decision?: DecisionKind | undefined;
  /** Region code; a province's or city's code finds what lies in it. */
  readonly region?: string | undefined;
  /** Looked for in the title, folded by script. */
  readonly text?: string | undefined;
  /** The entry's address, exactly. */
  readonly link?: string | undefined;
  readonly rule?: string | undefined;
  /** Code of the reason, or a beginning of codes that ends with a dot: `story.` */
  readonly code?: string | undefined;
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

/** Counts by region code of one day (Asia/Shanghai). */
export interface DayCoverage {
  /** YYYYMMDD */
  readonly day: string;
  readonly counts: ReadonlyMap<string, number>;
}
