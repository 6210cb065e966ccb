/** Parses a canonical feed with rss-parser, and puts back the long texts that were set aside. */
import Parser from 'rss-parser';
import type { Enclosure } from '../../model/feed.ts';
import { ASIDE_MARK } from './canonicalise.ts';
import type { Canonical } from './canonicalise.ts';
import type { LooseItem } from '../items/looseitem.ts';
import { messageOf } from '../../text/messageof.ts';

export interface ParsedFeed {
  readonly title: string | null;
  readonly link: string | null;
  readonly language: string | null;
  readonly ttl: string;
  readonly period: string;
  readonly frequency: string;
  readonly items: readonly LooseItem[];
}

export type ParseResult =
  | { readonly ok: true; readonly feed: ParsedFeed }
  | { readonly ok: false; readonly message: string };

type Fields = Readonly<Record<string, unknown>>;

interface EnclosureElement {
  readonly $?: { readonly url?: string; readonly type?: string; readonly length?: string; readonly medium?: string };
}

const OPTIONS = {
  customFields: {
    feed: ['updatePeriod', 'updateFrequency'] as string[],
    item: [
      'updated',
      'image',
      'stray',
      ['category', 'categories', { keepArray: true }],
      ['dc:creator', 'creators', { keepArray: true }],
      ['enclosure', 'enclosures', { keepArray: true }],
    ] as (string | [string, string, { keepArray: boolean }])[],
  },
};

function enclosures(value: unknown): { readonly enclosures: readonly Enclosure[]; readonly image: string | null } {
  const found: Enclosure[] = [];
  const seen = new Set<string>();
  let image: string | null = null;
  for (const { $: attributes } of (Array.isArray(value) ? value : []) as EnclosureElement[]) {
    const { url = '', type = '', length = '', medium = '' } = attributes ?? {};
    if (url === '') continue;
    const isImage =
      medium === 'image' ||
      type.startsWith('image/') ||
      (medium !== '' && type === '' && /\.(jpe?g|png|gif|webp)(\?|$)/i.test(url));
    if (isImage) image ??= url;
    // media:content repeats enclosures and article images; only what is neither is one more.
    if (seen.has(url) || (medium !== '' && isImage)) continue;
    seen.add(url);
    const bytes = Number(length.replaceAll(',', ''));
    found.push({
      url,
      type: type === '' ? null : type,
      length: length !== '' && Number.isFinite(bytes) && bytes >= 0 ? bytes : null,
    });
  }
  return { enclosures: found, image };
}

/** Parses a canonical feed with rss-parser. */
export async function parseCanonical(canonical: Canonical): Promise<ParseResult> {
  let output: Fields;
  try {
    output = await new Parser(OPTIONS).parseString(canonical.xml);
  } catch (error) {
    return { ok: false, message: messageOf(error) };
  }
  const text = (value: unknown): string => {
    if (typeof value !== 'string') return '';
    return value.startsWith(ASIDE_MARK) ? (canonical.aside[Number(value.slice(1))] ?? '') : value;
  };
  const orNull = (value: unknown): string | null => text(value) || null;
  const texts = (value: unknown): readonly string[] =>
    Array.isArray(value) ? value.map(text).filter((one) => one !== '') : [];
  const rows = Array.isArray(output['items']) ? (output['items'] as Fields[]) : [];
  const items = rows.map((row, i): LooseItem => {
    const media = enclosures(row['enclosures']);
    return {
      guid: orNull(row['guid']),
      title: text(row['title']),
      link: orNull(row['link']),
      summary: orNull(row['content']),
      content: orNull(row['content:encoded']),
      authors: texts(row['creators']),
      published: text(row['pubDate']),
      updated: text(row['updated']),
      stray: text(row['stray']),
      categories: texts(row['categories']),
      enclosures: media.enclosures,
      image: orNull(row['image']) ?? media.image,
      language: orNull(row['language']),
      outlet: orNull(row['source']),
      repairs: canonical.itemRepairs[i] ?? [],
    };
  });
  const [title, link, language] = [orNull(output['title']), orNull(output['link']), orNull(output['language'])];
  const [ttl, period, frequency] = [text(output['ttl']), text(output['updatePeriod']), text(output['updateFrequency'])];
  return { ok: true, feed: { title, link, language, ttl, period, frequency, items } };
}
