/** Reads an items file (`try --items`) line by line, and turns a line into a raw item. */
import { createReadStream } from 'node:fs';
import { parseDate } from '../../feed/dates/feeddates.ts';
import type { RawItem } from '../../model/feed.ts';

export interface GivenItem {
  readonly item: RawItem;
  readonly source: string;
  readonly feedTitle: string | null;
}

type Fields = Readonly<Record<string, unknown>>;

/** Longer than any article: a file without line ends fills no memory. */
const MAX_LINE_CHARACTERS = 20_000_000;

/** The lines of a file. node:readline ends lines at U+2028 too, which a text in JSON may hold. Throws RangeError at a line that is too long. */
export async function* readLines(path: string): AsyncGenerator<string> {
  let rest = '';
  for await (const piece of createReadStream(path, 'utf8') as AsyncIterable<string>) {
    const lines = piece.split('\n');
    lines[0] = rest + (lines[0] ?? '');
    rest = lines.pop() ?? '';
    yield* lines;
    if (rest.length > MAX_LINE_CHARACTERS) throw new RangeError('expected lines of 20 MB at most');
  }
  yield rest;
}

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
