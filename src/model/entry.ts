/** What an entry is, before and after it is stored, in the words of RFC 4287. Times are epoch milliseconds. */
import type { DecisionKind } from './decision.ts';
import type { Enclosure, RawItem } from './feed.ts';
import type { RegionHit, ThemeHit } from './region.ts';

/** Script of a text: Simplified (`hans`) or Traditional (`hant`), as in BCP 47 `zh-Hans`, `zh-Hant`. */
export type Script = 'hans' | 'hant';

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
export interface Removal<Rule extends string = string> {
  readonly rule: Rule;
  readonly text: string;
}

export interface Cleaned<Rule extends string = string, NonEntryRule extends string = string> {
  readonly entry: Entry;
  readonly removed: readonly Removal<Rule>[];
  /** Keys of the short blocks at the article's edges, by which those are found that recur on a source's other entries. */
  readonly edges: readonly string[];
  /** Injected spam was taken out of the item, or it was nothing else. */
  readonly spam: boolean;
  /** Set where the item is no entry at all (本版责编, 广告, navigation). */
  readonly nonEntry: { readonly rule: NonEntryRule; readonly reason: string } | null;
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
