/**
 * Writes any XML feed as a small clean RSS 2.0 document for rss-parser. The project's stack asks that rss-parser parse
 * every XML feed; by itself it fails on broken markup, xhtml content, xml:base and most namespaces, so the records that
 * feed/xml collects are written in the one form that it reads without loss. Only this folder knows of the detour.
 */
import type { Reason } from '../../model/reason.ts';
import { reason } from '../../reasons/catalogue.ts';
import type { KnownItem, KnownItems } from '../items/knownitem.ts';
import { type Collected, collectFeed, MOST_TAGS } from '../xml/collect.ts';
import type { CutDocument } from '../xml/cutknown.ts';
import type { RootKind } from '../xml/frames.ts';
import { chooseLink } from '../xml/records.ts';
import type { FeedRecord, Written } from '../xml/records.ts';
import { type DeclaredEntities, readEntities } from '../markup/references.ts';
import type { Role } from '../xml/vocabulary.ts';
import { scanXml } from '../xml/xml.ts';
import { escapeMarkup, escapeText } from '../../text/html.ts';

export interface Canonical {
  readonly root: RootKind;
  /** RSS 2.0 with single plain values. A value that starts with U+E000 is the number of a text in `aside`. */
  readonly xml: string;
  /** Long texts, so that rss-parser need not copy article bodies about. */
  readonly aside: readonly string[];
  /** Of each item that is told, known ones among them, in order. */
  readonly places: readonly Place[];
  readonly hub: string | null;
  readonly self: string | null;
  readonly repairs: readonly Reason[];
  /** One list for each item of `xml`, in order. */
  readonly itemRepairs: readonly (readonly Reason[])[];
}

/** Where an item stands: one that is known stands there unread. */
export interface Place {
  readonly known: KnownItem | null;
  /** How an item that was read is written; null where that tells nothing. */
  readonly written: Written | null;
}

const INLINE_LIMIT = 160;
export const ASIDE_MARK = '\ue000';

interface Writer {
  out: string;
  readonly aside: string[];
}

function writeField(writer: Writer, element: string, value: string | null | undefined): void {
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
  writeField(writer, 'title', field('title'));
  writeField(writer, 'link', chooseLink(record));
  writeField(writer, 'guid', field('guid'));
  writeField(writer, 'pubDate', field('published') ?? field('date'));
  writeField(writer, 'updated', field('updated') ?? field('date'));
  writeField(writer, 'description', asHtml(record.fields.get('summary')));
  writeField(writer, 'content:encoded', asHtml(record.fields.get('content')));
  for (const [role, element] of SIMPLE) writeField(writer, element, field(role));
  for (const author of record.authors) writeField(writer, 'dc:creator', author);
  for (const category of record.categories) writeField(writer, 'category', category);
  for (const { url, type, length, medium } of record.enclosures) {
    writer.out += `<enclosure url="${escapeMarkup(url)}" type="${escapeMarkup(type)}" length="${escapeMarkup(length)}" medium="${escapeMarkup(medium)}"/>`;
  }
  writeField(writer, 'stray', record.stray);
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
  const collected = collect(text, baseUrl, declared, false);
  return write(collected, declared, []);
}

/**
 * The same of a document that items were cut out of which stood in these surroundings; `whole`: all of it. Null where one
 * of them does not stand there in this document, or all of it is more than is read.
 */
export function canonicaliseCut(
  { text, cut }: CutDocument,
  { surroundings }: Pick<KnownItems, 'surroundings'>,
  whole: string,
  baseUrl: string,
): Canonical | null {
  const declared = readEntities(whole);
  const collected = collect(text, baseUrl, declared, true);
  const places = collected.items.filter((item) => item.inPlaceOf !== null);
  const stand = places.every((item, i) => item.inPlaceOf === i && item.written?.surroundings === surroundings);
  const tags = cut.reduce((sum, item) => sum + item.tags - 1, collected.tags);
  return stand && places.length === cut.length && tags <= MOST_TAGS ? write(collected, declared, cut) : null;
}

function collect(text: string, baseUrl: string, declared: DeclaredEntities, isCut: boolean): Collected {
  const { handler, end } = collectFeed(baseUrl, declared, isCut);
  scanXml(text, handler);
  return end();
}

function write(
  { root, feed, items, repairs }: Collected,
  declared: DeclaredEntities,
  cut: readonly KnownItem[],
): Canonical {
  const knownOf = (item: FeedRecord) => (item.inPlaceOf === null ? null : (cut[item.inPlaceOf] ?? null));
  const told = items.filter((item) => item.inPlaceOf !== null || isWorthKeeping(item));
  const kept = told.filter((item) => item.inPlaceOf === null);
  const writer: Writer = { out: '<rss version="2.0"><channel>', aside: [] };
  const field = (role: Role): string | undefined => feed.fields.get(role)?.value;
  writeField(writer, 'title', field('title'));
  writeField(writer, 'link', chooseLink(feed));
  writeField(writer, 'language', field('language'));
  writeField(writer, 'ttl', field('ttl'));
  writeField(writer, 'updatePeriod', field('updatePeriod'));
  writeField(writer, 'updateFrequency', field('updateFrequency'));
  for (const item of kept) writeItem(writer, item);
  writer.out += '</channel></rss>';
  return {
    root,
    xml: writer.out,
    aside: writer.aside,
    places: told.map((item) => ({ known: knownOf(item), written: item.written })),
    hub: feed.hub,
    self: feed.links.find(({ rel }) => rel === 'self')?.href ?? null,
    repairs: [
      ...repairs,
      ...(declared.bare > 0 || cut.some(({ bare }) => bare) ? [reason('repair.xml.bare-ampersand')] : []),
      ...(declared.foreign > 0 || cut.some(({ foreign }) => foreign) ? [reason('repair.xml.html-entities')] : []),
    ],
    itemRepairs: kept.map((item) => item.repairs),
  };
}
