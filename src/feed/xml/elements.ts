/** Stores what one element of a feed says in the record that it stands in. */
import type { Captured, CaptureMode } from './capture.ts';
import { resolveHtmlLinks, resolveUrl } from '../markup/links.ts';
import { MOST_MARKUP, MOST_NAME, MOST_LISTED } from '../items/caps.ts';
import { offer, offerField, offerText } from './records.ts';
import type { FeedRecord } from './records.ts';
import { decodeReferences, noEntities } from '../markup/references.ts';
import type { Meaning, Role } from './vocabulary.ts';
import type { Attributes } from './xml.ts';

const NO_ENTITIES = noEntities();

function attribute(attributes: Attributes, name: string): string {
  const raw = attributes[name];
  if (raw !== undefined) return decodeReferences(raw, NO_ENTITIES).trim();
  for (const key in attributes) {
    if (key.toLowerCase() === name || key.toLowerCase().endsWith(`:${name}`))
      return decodeReferences(attributes[key] ?? '', NO_ENTITIES).trim();
  }
  return '';
}

const RICH = new Set<Role>(['title', 'summary', 'content']);

/** How the content of an element is written: Atom 1.0 `type` (RFC 4287 §3.1.1, §4.1.3), Atom 0.3 `mode`. */
export function captureMode(role: Role, key: string, attributes: Attributes): CaptureMode {
  const mode = attribute(attributes, 'mode').toLowerCase();
  if (mode === 'base64' || attribute(attributes, 'encoding') === 'base64') return 'base64';
  if (key === 'xhtml') return 'markup';
  if (!RICH.has(role)) return 'auto';
  const isAtom = key === 'atom' || key === 'atom03';
  const type = attribute(attributes, 'type').toLowerCase();
  if (type === 'xhtml') return 'xhtml';
  if (type.endsWith('xhtml+xml') && mode !== 'escaped') return key === 'atom03' ? 'markup' : 'xhtml';
  if (mode === 'escaped') return type.includes('html') ? 'html' : type.startsWith('text/') ? 'text' : 'auto';
  if (mode === 'xml') return key === 'atom03' ? 'markup' : 'xhtml';
  if (type === 'html' || type === 'text/html') return 'html';
  if (type === 'text' || type === 'text/plain') return 'text';
  // Any other media type without markup is base64 (RFC 4287 §4.1.3.3).
  if (key === 'atom' && type.includes('/') && !/^text\/|[+/]xml$/.test(type) && !attributes['src']) return 'base64';
  return isAtom && type === '' ? 'text' : 'auto';
}

/** What attributes of a channel or item element itself say: language, rdf:about, and CDF's href and lastmod. */
export function readAttributes(record: FeedRecord, attributes: Attributes, base: string): void {
  for (const name in attributes) {
    const value = decodeReferences(attributes[name] ?? '', NO_ENTITIES).trim();
    const lower = name.toLowerCase();
    if (lower === 'xml:lang') offerField(record, 'language', value, true, 5);
    else if (lower.endsWith(':about') && record.kind === 'item')
      offerField(record, 'guid', resolveUrl(value, base), true, 1);
    else if (lower === 'href')
      offer(record.links, () => ({ href: resolveUrl(value, base), rel: 'alternate', type: '', rank: 1 }));
    else if (lower === 'lastmod') offerField(record, 'updated', value, true, 1);
  }
}

function storeLink(record: FeedRecord, rank: number, text: string, attributes: Attributes, base: string): void {
  const href = attribute(attributes, 'href');
  const rel = (attribute(attributes, 'rel') || 'alternate')
    .toLowerCase()
    .replace('http://www.iana.org/assignments/relation/', '');
  const url = href === '' ? text : href;
  if (url === '') return;
  const type = attribute(attributes, 'type');
  if (rel === 'hub') record.hub ??= resolveUrl(url, base);
  else if (rel === 'enclosure')
    offer(record.enclosures, () => ({
      url: resolveUrl(url, base),
      type,
      length: attribute(attributes, 'length'),
      medium: '',
    }));
  else offer(record.links, () => ({ href: resolveUrl(url, base), rel, type, rank }));
}

function storeEnclosure(
  record: FeedRecord,
  meaning: Meaning,
  text: string,
  attributes: Attributes,
  base: string,
): void {
  const url = attribute(attributes, 'url') || attribute(attributes, 'href') || text;
  if (url === '') return;
  offer(record.enclosures, () => ({
    url: resolveUrl(url, base),
    type: attribute(attributes, 'type'),
    length: attribute(attributes, 'length') || attribute(attributes, 'filesize'),
    medium: meaning.role === 'media' ? attribute(attributes, 'medium') || 'media' : '',
  }));
}

// Ranks of `description`, `summary` and `abstract`, against those of modules that only repeat them.
const MAX_CORE_SUMMARY_RANK = 3;
const SECOND_SUMMARY_RANK = 8;

/** A feed with both description and summary means the second as its longer text. */
function storeSummary(record: FeedRecord, rank: number, { value, plain }: Captured): void {
  const held = record.fields.get('summary');
  if (held === undefined || held.rank > MAX_CORE_SUMMARY_RANK || rank > MAX_CORE_SUMMARY_RANK || held.rank === rank)
    offerField(record, 'summary', value, plain, rank);
  else offerField(record, 'content', value, plain, SECOND_SUMMARY_RANK);
}

/** Puts a captured element into its record. */
export function storeCapture(
  record: FeedRecord,
  meaning: Meaning,
  captured: Captured,
  attributes: Attributes,
  base: string,
): void {
  const { role, rank } = meaning;
  const { value, plain } = captured;
  switch (role) {
    case 'link':
      storeLink(record, rank, value, attributes, base);
      break;
    case 'enclosure':
    case 'media':
      storeEnclosure(record, meaning, value, attributes, base);
      break;
    case 'category':
      offerText(
        record.categories,
        attribute(attributes, 'term') || value || attribute(attributes, 'text') || attribute(attributes, 'label'),
      );
      break;
    case 'keywords':
      for (const word of value.slice(0, MOST_LISTED * MOST_NAME).split(/[,，、;；]/))
        offerText(record.categories, word);
      break;
    case 'image': {
      const url = attribute(attributes, 'href') || attribute(attributes, 'url') || value;
      offerField(record, 'image', url === '' ? '' : resolveUrl(url, base), true, rank);
      break;
    }
    case 'guid':
      if (attribute(attributes, 'ispermalink').toLowerCase() === 'false') record.permalink = false;
      offerField(record, role, value, true, rank);
      break;
    case 'content':
      if (value === '' && attribute(attributes, 'src') !== '')
        offer(record.links, () => ({
          href: resolveUrl(attribute(attributes, 'src'), base),
          rel: 'alternate',
          type: '',
          rank: 9,
        }));
      offerField(record, role, resolveHtmlLinks(value.slice(0, MOST_MARKUP + 1), base), plain, rank);
      break;
    case 'summary':
      storeSummary(record, rank, { value: resolveHtmlLinks(value.slice(0, MOST_MARKUP + 1), base), plain });
      break;
    case 'title':
      offerField(record, role, resolveHtmlLinks(value.slice(0, MOST_MARKUP + 1), base), plain, rank);
      break;
    case 'updated':
      // Of several the last counts: they are added in the order of the edits.
      if (record.fields.get(role)?.rank === rank) record.fields.delete(role);
      offerField(record, role, value, plain, rank);
      break;
    case 'published':
    case 'date':
    case 'author':
    case 'language':
    case 'outlet':
    case 'ttl':
    case 'group':
    case 'updatePeriod':
    case 'updateFrequency':
      offerField(record, role, value, plain, rank);
      break;
  }
}
