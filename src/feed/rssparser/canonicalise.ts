/**
 * Writes any XML feed as a small clean RSS 2.0 document for rss-parser. The project's stack asks that rss-parser parse
 * every XML feed; by itself it fails on broken markup, xhtml content, xml:base and most namespaces, so the records that
 * feed/xml collects are written in the one form that it reads without loss. Only this folder knows of the detour.
 */
import type { Reason } from '../../model/reason.ts';
import { reason } from '../../reasons/catalogue.ts';
import { collectFeed } from '../xml/collect.ts';
import type { RootKind } from '../xml/frames.ts';
import { chooseLink } from '../xml/records.ts';
import type { FeedRecord } from '../xml/records.ts';
import { readEntities } from '../markup/references.ts';
import type { Role } from '../xml/vocabulary.ts';
import { scanXml } from '../xml/xml.ts';
import { escapeMarkup, escapeText } from '../../text/html.ts';

export interface Canonical {
  readonly root: RootKind;
  /** RSS 2.0 with single plain values. A value that starts with U+E000 is the number of a text in `aside`. */
  readonly xml: string;
  /** Long texts, so that rss-parser need not copy article bodies about. */
  readonly aside: readonly string[];
  readonly items: number;
  readonly hub: string | null;
  readonly self: string | null;
  readonly repairs: readonly Reason[];
  /** One list an item, in order. */
  readonly itemRepairs: readonly (readonly Reason[])[];
}

const INLINE_LIMIT = 160;
export const ASIDE_MARK = '\ue000';

interface Writer {
  out: string;
  readonly aside: string[];
}

function write(writer: Writer, element: string, value: string | null | undefined): void {
  if (value === null || value === undefined || value === '') return;
  if (value.length > INLINE_LIMIT || value.startsWith(ASIDE_MARK)) {
    writer.out += `<${element}>${ASIDE_MARK}${writer.aside.push(value) - 1}</${element}>`;
  } else writer.out += `<${element}>${escapeText(value)}</${element}>`;
}

const asHtml = (field: { value: string; plain: boolean } | undefined): string | undefined =>
  field?.plain ? plainToHtml(field.value) : field?.value;

// Publishers forget type="html" so often that text with a closing tag or a known reference is taken for HTML.
const LOOKS_LIKE_HTML =
  /<\/[a-z][a-z0-9]*\s*>|<(?:br|img|hr|p)\b[^<>]*>|&(?:nbsp|amp|lt|gt|quot|#\d+|#x[\da-f]+|[a-z]+quo|hellip|mdash|middot);/i;

function plainToHtml(text: string): string {
  return LOOKS_LIKE_HTML.test(text) ? text : escapeText(text);
}

const SIMPLE: readonly (readonly [Role, string])[] = [
  ['language', 'dc:language'],
  ['outlet', 'dc:source'],
  ['image', 'image'],
];

function writeItem(writer: Writer, record: FeedRecord): void {
  const field = (role: Role): string | undefined => record.fields.get(role)?.value;
  writer.out += '<item>';
  write(writer, 'title', field('title'));
  write(writer, 'link', chooseLink(record));
  write(writer, 'guid', field('guid'));
  write(writer, 'pubDate', field('published') ?? field('date'));
  write(writer, 'updated', field('updated') ?? field('date'));
  write(writer, 'description', asHtml(record.fields.get('summary')));
  write(writer, 'content:encoded', asHtml(record.fields.get('content')));
  for (const [role, element] of SIMPLE) write(writer, element, field(role));
  for (const author of record.authors) write(writer, 'dc:creator', author);
  for (const category of record.categories) write(writer, 'category', category);
  for (const { url, type, length, medium } of record.enclosures) {
    writer.out += `<enclosure url="${escapeMarkup(url)}" type="${escapeMarkup(type)}" length="${escapeMarkup(length)}" medium="${escapeMarkup(medium)}"/>`;
  }
  write(writer, 'stray', record.stray);
  writer.out += '</item>';
}

function isWorthKeeping(record: FeedRecord): boolean {
  const has = (role: Role): boolean => record.fields.has(role);
  if (!record.complete) return has('title') && chooseLink(record) !== null;
  return (
    record.fields.size > 0 ||
    record.links.length > 0 ||
    record.enclosures.length > 0 ||
    record.authors.length + record.categories.length > 0
  );
}

/** Canonicalises a feed. `baseUrl` is the address that relative ones are read against where no xml:base is given. */
export function canonicalise(text: string, baseUrl: string): Canonical {
  const declared = readEntities(text);
  const { handler, end } = collectFeed(baseUrl, declared);
  scanXml(text, handler);
  const { root, feed, items, repairs } = end();
  const kept = items.filter(isWorthKeeping);
  const writer: Writer = { out: '<rss version="2.0"><channel>', aside: [] };
  const field = (role: Role): string | undefined => feed.fields.get(role)?.value;
  write(writer, 'title', field('title'));
  write(writer, 'link', chooseLink(feed));
  write(writer, 'language', field('language'));
  write(writer, 'ttl', field('ttl'));
  write(writer, 'updatePeriod', field('updatePeriod'));
  write(writer, 'updateFrequency', field('updateFrequency'));
  for (const item of kept) writeItem(writer, item);
  writer.out += '</channel></rss>';
  return {
    root,
    xml: writer.out,
    aside: writer.aside,
    items: kept.length,
    hub: feed.hub,
    self: feed.links.find(({ rel }) => rel === 'self')?.href ?? null,
    repairs: [
      ...repairs,
      ...(declared.bare ? [reason('repair.xml.bare-ampersand')] : []),
      ...(declared.foreign ? [reason('repair.xml.html-entities')] : []),
    ],
    itemRepairs: kept.map((item) => item.repairs),
  };
}
