/** A document as its publisher gave it: text decoded, links absolute, nothing cleaned. Times are epoch milliseconds. */
import type { Reason, StoredReason } from './reason.ts';

export type FeedFormat = 'rss' | 'atom' | 'rdf' | 'cdf' | 'json' | 'page';

type PageMode = 'list' | 'front';

/** How the news of a page without selectors was found. */
export interface PageFinding {
  readonly mode: PageMode;
  /** Where the rows stand: tags and classes from the row up; empty for lists of data. */
  readonly outline: string;
  /** Host and folders of the items' addresses, with what varies from article to article levelled; most frequent first. */
  readonly forms: readonly string[];
  /** A short hash for each item's address. */
  readonly keys: readonly string[];
}

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
  readonly repairs: readonly StoredReason[];
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
  /** How the news of a page was found: a list, also one that selectors read, or the blocks of a front page. Absent for feeds. */
  readonly mode?: PageMode | undefined;
  /** Further pages of the same issue, as its first page links to them; absent where there are none. */
  readonly pages?: readonly string[] | undefined;
  /** Of pages without selectors. */
  readonly finding?: PageFinding | undefined;
  readonly title: string | null;
  readonly link: string | null;
  readonly language: string | null;
  readonly charset: Charset;
  readonly repairs: readonly Reason[];
  readonly items: readonly RawItem[];
  /** Id → mark of each item, see feed/items/contentmark.ts; absent: not made yet. */
  readonly marks?: ReadonlyMap<string, string> | undefined;
  /**
   * Ids of items that stand as they stood in the source's last document and were not read again: of these id, dates and mark
   * are told alone. Absent: all were read.
   */
  readonly unread?: ReadonlySet<string> | undefined;
  /** What spares the reading of unchanged items in the source's next document, see feed/items/knownitem.ts; absent: nothing. */
  readonly known?: string | undefined;
  /** Ids of items whose dates are labelled GMT, and by how many ms these were set back; absent: none are. */
  readonly labelledGmt?: { readonly ids: readonly string[]; readonly shiftMs: number } | undefined;
  /** Minutes between polls that the feed asks for (ttl, sy:update*); null where unsaid. */
  readonly ttlMinutes: number | null;
  /** Absent or null where unsaid. */
  readonly skip?: SkipTimes | null | undefined;
  /** WebSub hub; null where none. */
  readonly hub: string | null;
  /** The address that the document gives as its own; absent or null where unsaid. */
  readonly self?: string | null | undefined;
}

type ReadStage = 'decode' | 'canonicalise' | 'parse' | 'select';

export type ReadResult =
  | { readonly ok: true; readonly document: FeedDocument }
  | { readonly ok: false; readonly stage: ReadStage; readonly reason: Reason };
