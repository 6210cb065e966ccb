/** Turns a line of an items file (`try --items`) into a raw item. */
import { parseDate } from '../../feed/dates/feeddates.ts';
import type { RawItem } from '../../model/feed.ts';

export interface GivenItem {
  readonly item: RawItem;
  readonly source: string;
  readonly feedTitle: string | null;
}

type Fields = Readonly<Record<string, unknown>>;

/** Throws SyntaxError or TypeError with a message for people where the line is no item. */
export function readItem(line: string, timezone: string, now: number): GivenItem {
  const fields: unknown = JSON.parse(line);
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields))
    throw new TypeError('expected a JSON object');
  const given = fields as Fields;
  const id = given['id'];
  if (typeof id !== 'string' || id === '') throw new TypeError('expected `id`, a text');
  const text = (name: string): string | null => {
    const value = given[name];
    if (value === undefined || value === null) return null;
    if (typeof value !== 'string') throw new TypeError(`\`${name}\`: expected a text, found ${typeof value}`);
    return value;
  };
  const date = text('published');
  const published = date === null || date === '' ? null : parseDate(date, { timezone, now });
  const item: RawItem = {
    id,
    guid: null,
    title: text('title') ?? '',
    link: text('url'),
    summary: text('summary'),
    content: text('content'),
    authors: [],
    published: published?.at ?? null,
    updated: null,
    categories: [],
    enclosures: [],
    image: null,
    language: null,
    outlet: null,
    repairs: published?.repairs ?? [],
  };
  return { item, source: text('source') ?? 'items', feedTitle: text('feedTitle') };
}
