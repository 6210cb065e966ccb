/** What an entry is, before and after it is stored, in the words of RFC 4287. Times are epoch milliseconds. */
import type { DecisionKind } from './decision.ts';
import type { Enclosure, RawItem } from './feed.ts';
import type { Reason, StoredReason } from './reason.ts';
import type { OutletPlace, RegionHit, ThemeHit } from './region.ts';

/** Script of a text: Simplified (`hans`) or Traditional (`hant`), as in BCP 47 `zh-Hans`, `zh-Hant`. */
export type Script = 'hans' | 'hant';

export interface Dateline {
  readonly place: string;
  /** As written, completed to YYYY-MM-DD where the year is known; null where undated. */
  readonly date: string | null;
}

/** How a report begins before it tells anything: 新华社合肥1月30日电（记者吴宇）. */
export interface Opening {
  /** Characters of the entry's text before it: the caption of a picture or a standfirst may stand there. Mostly 0. */
  readonly start: number;
  /** Characters of the entry's text that it takes, brackets and the marks behind it included. */
  readonly length: number;
  /** Agency, paper or station as written; null for 本报 and its like, and where none is named. */
  readonly agency: string | null;
  /** As written; empty where none is named. */
  readonly place: string;
  /** YYYY-MM-DD where the year is known; null where undated. */
  readonly date: string | null;
  readonly people: readonly string[];
}

/** `page`: a line of the page; `dateline`: how the text opens; `feed`: the feed's item; `host`: whose site it is, by its address or name. */
export type OutletFrom = 'page' | 'dateline' | 'feed' | 'host';

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
  /** How it is known; missing in what was stored before. */
  readonly outletFrom?: OutletFrom | null;
  /** 责任编辑; null where unsaid. */
  readonly editor: string | null;
  /** Place and day of the opening. */
  readonly dateline: Dateline | null;
  /** Null where the text begins to tell at once; missing in what 0.1.0 stored. */
  readonly opening?: Opening | null;
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
  readonly repairs: readonly StoredReason[];
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
  readonly nonEntry: { readonly rule: NonEntryRule; readonly reason: Reason } | null;
}

/** An entry as stored, with what was decided on it. */
export interface StoredEntry {
  readonly entry: Entry;
  readonly story: string;
  readonly firstSeen: number;
  readonly decision: DecisionKind;
  readonly regions: readonly RegionHit[];
  readonly themes: readonly ThemeHit[];
  /** Where the outlet is, where nothing else places the entry. */
  readonly outletPlace?: OutletPlace | undefined;
  readonly editions: readonly string[];
}

export interface StoredRaw {
  readonly item: RawItem;
  readonly feedTitle: string | null;
}
