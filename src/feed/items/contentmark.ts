/** Marks items: one line that tells whether an item that comes again says the same, and whether it is the same at all. */
import { createHash } from 'node:crypto';
import type { RawItem } from '../../model/feed.ts';
import { steadyAddress, steadyText } from '../../text/steady.ts';
import { MINUTE_MS } from '../../text/time.ts';
import { withoutTags } from './identity.ts';

/** What a mark tells of an item. */
export interface Mark {
  /** Hash of title, text and pictures, without what changes by itself. */
  readonly content: string;
  /** Hash of the link, without what changes by itself. */
  readonly link: string;
  /** Hash of the title. */
  readonly title: string;
  /** When it was published or updated, by the minute (epoch ms); null where unsaid. */
  readonly at: number | null;
  /** Hash of the id and the link that its last document gave it, where these are not those it is known by; null: they are. */
  readonly name: string | null;
}

const VERSION = '3';
const CONTENT_LENGTH = 12;
const LINK_LENGTH = 6;
const TITLE_LENGTH = 8;
const MOST_PICTURES = 100;

const hash = (text: string, length: number): string =>
  createHash('sha1').update(text).digest('base64url').slice(0, length);

const PICTURE = /\b(?:src|data-src|data-original)=["']([^"']{1,2000})["']/gi;

function picturesOf({ content, summary, image, enclosures }: RawItem): string[] {
  const found: string[] = [];
  for (const html of [summary, content])
    for (const [, address = ''] of html?.matchAll(PICTURE) ?? []) {
      if (found.length === MOST_PICTURES) break;
      found.push(address);
    }
  return [...found, image ?? '', ...enclosures.map(({ url }) => url)].map((address) => steadyAddress(address, false));
}

const textOf = (html: string | null): string => (html === null ? '' : steadyText(withoutTags(html)));

/** The mark of an item, as it is stored: 31 to 48 ASCII characters. Dates and repairs are no content. */
function markOf(item: RawItem): string {
  const { title, summary, content, link } = item;
  const parts = [textOf(title), textOf(summary), textOf(content), ...picturesOf(item)];
  const hashes = [hash(parts.join('\n'), CONTENT_LENGTH), hash(steadyAddress(link, true), LINK_LENGTH)];
  return withDate([VERSION, ...hashes, titleMark(title)].join('.'), item);
}

/** The mark of an item with these dates, of which all else is told by `said`. */
export function withDate(said: string, { published, updated }: Pick<RawItem, 'published' | 'updated'>): string {
  const at = published ?? updated;
  return `${said}.${at === null ? '' : Math.floor(at / MINUTE_MS).toString(36)}`;
}

/** A mark without its date, as `withDate` takes it. */
export const withoutDate = (mark: string): string => mark.slice(0, mark.lastIndexOf('.'));

/** Id → mark. */
export const marksOf = (items: readonly RawItem[]): ReadonlyMap<string, string> =>
  new Map(items.map((item) => [item.id, markOf(item)]));

/** `mark` with the name that the last document gave its item: an id and the link in that document. */
export function withName(mark: string, name: string): string {
  return [...mark.split('.').slice(0, 5), name].join('.');
}

/** What of a mark stands for the id and the link that a document gives an item. */
export const nameMark = (id: string, link: string | null): string =>
  hash(`${id}\n${steadyAddress(link, true)}`, LINK_LENGTH);

/** What of a mark stands for the title. */
export const titleMark = (title: string): string => hash(textOf(title), TITLE_LENGTH);

/** Null for what 0.1.0 stored: a hash of all that the publisher gave, see `oldMarkOf`. */
export function readMark(mark: string): Mark | null {
  const [version, content, link, title, minute, name] = mark.split('.');
  if (version !== VERSION || content === undefined || link === undefined || title === undefined) return null;
  return { content, link, title, at: minute ? Number.parseInt(minute, 36) * MINUTE_MS : null, name: name ?? null };
}

/** The mark that 0.1.0 gave an item. */
export function oldMarkOf(item: RawItem): string {
  const { repairs: _, ...given } = item;
  return hash(JSON.stringify(given), 16);
}
