/** Reads JSON Feed (1.0, 1.1) into the same loose items that XML feeds give, or says what the JSON is instead. */
import type { Enclosure } from '../model/feed.ts';
import type { Reason } from '../model/reason.ts';
import { reason } from '../reasons/catalogue.ts';
import { MOST_ITEMS, MOST_LISTED, MOST_MARKUP } from './items/caps.ts';
import { dropControls } from './bytes/controls.ts';
import type { LooseItem } from './items/looseitem.ts';
import { resolveHtmlLinks, resolveUrl } from './markup/links.ts';
import {
  JsonBoundsError,
  MOST_JSON_DEPTH,
  MOST_JSON_NODES,
  type MostListed,
  parseBoundedJson,
} from '../text/boundedjson.ts';
import { escapeText } from '../text/html.ts';

interface JsonFeed {
  readonly title: string | null;
  readonly link: string | null;
  readonly language: string | null;
  readonly hub: string | null;
  readonly self: string | null;
  readonly items: readonly LooseItem[];
  readonly repairs: readonly Reason[];
}

export type JsonResult =
  | { readonly ok: true; readonly feed: JsonFeed }
  | { readonly ok: false; readonly reason: Reason };

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function text(value: unknown): string {
  if (typeof value === 'string') return dropControls(value).text.trim();
  return typeof value === 'number' ? String(value) : '';
}

/** One character more than is kept, so that the cut is told. */
const startOf = (markup: string): string => markup.slice(0, MOST_MARKUP + 1);

const orNull = (value: string): string | null => (value === '' ? null : value);

function address(value: unknown, base: string): string | null {
  const url = text(value);
  return url === '' ? null : resolveUrl(url, base);
}

function authorsOf(item: Json): readonly string[] {
  const people = [...list(item['authors']).slice(0, MOST_LISTED + 1), item['author']];
  const names = people.map((person) => (isObject(person) ? text(person['name']) : text(person)));
  return [...new Set(names.filter((name) => name !== ''))];
}

function enclosuresOf(item: Json, base: string): readonly Enclosure[] {
  return list(item['attachments'])
    .slice(0, MOST_LISTED + 1)
    .flatMap((attachment) => {
      const url = isObject(attachment) ? address(attachment['url'], base) : null;
      if (url === null || !isObject(attachment)) return [];
      const bytes = Number(attachment['size_in_bytes']);
      return [
        {
          url,
          type: orNull(text(attachment['mime_type'])),
          length: Number.isFinite(bytes) && bytes > 0 ? bytes : null,
        },
      ];
    });
}

function readItem(item: Json, base: string): LooseItem {
  const html = startOf(text(item['content_html']));
  const plain = startOf(text(item['content_text']));
  const guid = text(item['id']);
  const content = html === '' ? plainToHtml(plain) : resolveHtmlLinks(html, base);
  return {
    guid: orNull(guid),
    title: text(item['title']),
    link:
      address(item['url'], base) ?? address(item['external_url'], base) ?? (/^https?:\/\//i.test(guid) ? guid : null),
    summary: orNull(plainToHtml(startOf(text(item['summary'])))),
    content: orNull(content),
    authors: authorsOf(item),
    published: text(item['date_published']),
    updated: text(item['date_modified']),
    stray: '',
    categories: [
      ...new Set(
        list(item['tags'])
          .slice(0, MOST_LISTED + 1)
          .map(text)
          .filter((tag) => tag !== ''),
      ),
    ],
    enclosures: enclosuresOf(item, base),
    image: address(item['image'], base) ?? address(item['banner_image'], base),
    language: orNull(text(item['language'])),
    outlet: null,
    repairs: [],
  };
}

const plainToHtml = (plain: string): string => escapeText(plain).replace(/\r?\n/g, '<br />\n');

/** What a JSON document that is no feed says of itself: its error message, or its keys. */
function describe(value: unknown): Reason {
  if (!isObject(value)) return reason('feed.parse.json-list');
  for (const key of ['error', 'message', 'msg', 'errmsg', 'detail', 'errors']) {
    const said = isObject(value[key]) ? text(value[key]['message']) : text(value[key]);
    if (said !== '') return reason('feed.parse.json-error', { said: said.slice(0, 200) });
  }
  const keys = Object.keys(value).slice(0, 6);
  return keys.length === 0 ? reason('feed.parse.json-other') : reason('feed.parse.json-keys', { keys });
}

/** Items, and in them authors, tags and attachments: one more than is kept, so that the cut is told. */
const MOST_READ: MostListed = (depth) => (depth === 2 ? MOST_ITEMS : MOST_LISTED) + 1;

/** Reads a JSON Feed. Never throws. */
export function readJsonFeed(source: string, base: string): JsonResult {
  let value: unknown;
  try {
    value = parseBoundedJson(source, MOST_READ);
  } catch (error) {
    if (error instanceof JsonBoundsError)
      return {
        ok: false,
        reason: reason('feed.parse.json-bounds', { depth: MOST_JSON_DEPTH, nodes: MOST_JSON_NODES }),
      };
    return { ok: false, reason: reason('feed.parse.json-broken', { said: String(error).slice(0, 200) }) };
  }
  if (!isObject(value) || !Array.isArray(value['items'])) return { ok: false, reason: describe(value) };
  const version = text(value['version']);
  const objects = value['items'].slice(0, MOST_ITEMS).filter(isObject);
  if (
    !version.includes('jsonfeed') &&
    !objects.some((item) => 'content_html' in item || 'content_text' in item || 'url' in item)
  )
    return { ok: false, reason: describe(value) };
  const home = address(value['home_page_url'], base);
  const hub = list(value['hubs'])
    .filter(isObject)
    .find((one) => /^(?:websub|pubsubhubbub)$/i.test(text(one['type'])));
  return {
    ok: true,
    feed: {
      title: orNull(text(value['title'])),
      link: home,
      language: orNull(text(value['language'])),
      hub: hub === undefined ? null : address(hub['url'], base),
      self: address(value['feed_url'], base),
      items: objects.map((item) => readItem(item, home ?? base)),
      repairs: [
        ...(version.includes('jsonfeed') ? [] : [reason('repair.json.no-version')]),
        ...(value['items'].length > MOST_ITEMS ? [reason('repair.cap.items', { most: MOST_ITEMS })] : []),
      ],
    },
  };
}
