/** What an edition is made of when it is rendered: its items, their order, and their text in one script. */
import { convertScript } from '../zh/convert.ts';
import type { Edition } from '../model/config.ts';
import type { Script } from '../model/entry.ts';
import type { Enclosure } from '../model/feed.ts';
import type { Copy } from '../model/story.ts';
import { tidyHtml } from './tidyhtml.ts';

/** One story as an edition publishes it, told by its lead entry. */
export interface EditionItem {
  /** Story id. */
  readonly id: string;
  readonly title: string;
  /** The publisher's page. */
  readonly link: string | null;
  /** As the publisher gave it. */
  readonly originalGuid: string | null;
  readonly published: number | null;
  readonly firstSeen: number;
  readonly updated: number;
  /** Plain text. */
  readonly summary: string;
  /** Sanitised HTML. */
  readonly content: string;
  readonly authors: readonly string[];
  readonly outlet: string | null;
  readonly source: {
    readonly id: string;
    readonly name: string;
    /** The source's feed address. */
    readonly url: string;
    /** The source's own page. */
    readonly link: string | null;
  };
  readonly categories: readonly string[];
  readonly regions: readonly { readonly code: string; readonly name: string }[];
  readonly enclosures: readonly Enclosure[];
  readonly image: string | null;
  readonly language: string | null;
  readonly script: Script | null;
  /** Other copies of the story, lead left out. */
  readonly copies: readonly Copy[];
  /** Stories of the same event, as far as the format tells of them. */
  readonly related?: readonly { readonly story: string; readonly title: string }[] | undefined;
}

/** An edition ready to be rendered in any format. */
export interface EditionDocument {
  readonly edition: Edition;
  /** What of the edition was chosen, as names and values; each choice is a feed of its own. Empty: all of it. */
  readonly narrowedTo: readonly (readonly [name: string, value: string])[];
  /** Absolute address of this rendering. */
  readonly selfUrl: string;
  /** The page for people. */
  readonly homeUrl: string;
  readonly storyUrl: (id: string) => string;
  readonly baseUrl: string;
  readonly updated: number;
  readonly items: readonly EditionItem[];
  /** The same edition in other formats; `format` is an extension of the table of formats, or `html`. */
  readonly alternates: readonly { readonly format: string; readonly url: string }[];
  /** RFC 5005 §3; null: the whole edition in one document. */
  readonly page: {
    readonly first: string | null;
    readonly previous: string | null;
    readonly next: string | null;
    readonly last: string | null;
  } | null;
  /** RFC 5005 §4: `archived`: this is an archive document; its neighbours, and the feed that it belongs to. */
  readonly archive?:
    | {
        readonly archived: boolean;
        readonly current: string | null;
        readonly previous: string | null;
        readonly next: string | null;
      }
    | null
    | undefined;
  /** Stories that an operator took out of the edition of late, and when (epoch ms), for formats that tell of them. */
  readonly withdrawn?: readonly { readonly story: string; readonly at: number }[] | undefined;
  /** WebSub hub; null without one. */
  readonly hub: string | null;
  /** Absolute address of a CSS stylesheet for people who open the feed in a browser. */
  readonly stylesheetUrl?: string | null | undefined;
  /** Absolute address of a square PNG; `icon.png` under `baseUrl` unless said. */
  readonly iconUrl?: string | null | undefined;
}

const EARLIEST = Date.UTC(1990, 0, 1); // Before it, a date of news on the web is a fault; the W3C validator says the same.
const LATEST = Date.UTC(9999, 11, 31);
const CLOCK_TOLERANCE_MS = 10 * 60_000; // The W3C validator's allowance for clocks that run ahead.

/** `time` where it can be the time of an item, else null. `latest`: the time of the document, which no item is after. */
export function plausibleTime(time: number | null, latest: number | null = null): number | null {
  const bound = latest === null ? LATEST : latest + CLOCK_TOLERANCE_MS;
  return time !== null && Number.isFinite(time) && time >= EARLIEST && time <= bound ? Math.trunc(time) : null;
}

/**
 * When the item counts as published: what its publisher says, unless that lies after the story was known here (a date
 * of an event, or local time labelled GMT); else the time it was first seen. Null where no time of the item is possible.
 */
export function publicationTime(
  item: Pick<EditionItem, 'published' | 'firstSeen' | 'updated'>,
  latest: number | null = null,
): number | null {
  const published = plausibleTime(item.published, latest);
  const firstSeen = plausibleTime(item.firstSeen, latest);
  const updated = plausibleTime(item.updated, latest);
  const known = Math.max(firstSeen ?? 0, updated ?? 0);
  const trusted = published !== null && (known === 0 || published <= known + CLOCK_TOLERANCE_MS);
  return trusted ? published : (firstSeen ?? published ?? updated);
}

/** Newest first: by publication, then by first seen, then by id, so that the order never depends on the input's. */
export function orderItems(items: readonly EditionItem[]): EditionItem[] {
  const timed = items.map((item) => ({ item, time: publicationTime(item) ?? 0 }));
  timed.sort(
    (a, b) =>
      b.time - a.time ||
      b.item.firstSeen - a.item.firstSeen ||
      (a.item.id < b.item.id ? -1 : Number(a.item.id > b.item.id)),
  );
  return timed.map(({ item }) => item);
}

function convertCopy(copy: Copy, script: Script): Copy {
  if (copy.script === script) return copy;
  return {
    ...copy,
    title: convertScript(copy.title, script),
    outlet: copy.outlet === null ? null : convertScript(copy.outlet, script),
    sourceName: convertScript(copy.sourceName, script),
    script,
  };
}

/**
 * The item in `script`: title, summary, text nodes and `alt`/`title` values of the content, outlet, categories, region
 * names and the copies' titles. People's names stay as their publisher writes them (范 and 範, 于 and 於 are different
 * surnames). What is in that script already is left as it is.
 */
export function convertItem(item: EditionItem, script: Script): EditionItem {
  const copies = item.copies.map((copy) => convertCopy(copy, script));
  if (item.script === script) return copies.every((copy, at) => copy === item.copies[at]) ? item : { ...item, copies };
  const convert = (text: string): string => convertScript(text, script);
  return {
    ...item,
    title: convert(item.title),
    summary: convert(item.summary),
    content: tidyHtml(item.content, convert),
    outlet: item.outlet === null ? null : convert(item.outlet),
    categories: item.categories.map(convert),
    regions: item.regions.map((region) => ({ ...region, name: convert(region.name) })),
    script,
    copies,
    related: item.related?.map(({ story, title }) => ({ story, title: convert(title) })),
  };
}
