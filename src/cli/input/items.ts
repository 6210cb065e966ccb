/** Reads an items file (`try --items`) line by line, and turns a line into a raw item. */
import { createReadStream } from 'node:fs';
import { parseDate } from '../../feed/dates/feeddates.ts';
import type { RawItem } from '../../model/feed.ts';
import type { Reason } from '../../model/reason.ts';
import { reason } from '../../reasons/catalogue.ts';
import { say } from '../../reasons/render.ts';
import { messageOf } from '../../text/messageof.ts';

export interface GivenItem {
  readonly item: RawItem;
  readonly source: string;
  readonly feedTitle: string | null;
}

type Fields = Readonly<Record<string, unknown>>;

/** A line is no item. */
export class ItemFault extends Error {
  override readonly name = 'ItemFault';
  readonly why: Reason;
  constructor(why: Reason) {
    super(say(why, 'en'));
    this.why = why;
  }
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw new ItemFault(reason('try.item.json', { said: messageOf(error) }));
  }
}

/** Longer than any article: a file without line ends fills no memory. */
const MAX_LINE_CHARACTERS = 20_000_000;

/** The lines of a file. node:readline ends lines at U+2028 too, which a text in JSON may hold. Throws ItemFault at a line that is too long. */
export async function* readLines(path: string): AsyncGenerator<string> {
  let rest = '';
  for await (const piece of createReadStream(path, 'utf8') as AsyncIterable<string>) {
    const lines = piece.split('\n');
    lines[0] = rest + (lines[0] ?? '');
    rest = lines.pop() ?? '';
    yield* lines;
    if (rest.length > MAX_LINE_CHARACTERS) throw new ItemFault(reason('try.item.long'));
  }
  yield rest;
}

/** Throws ItemFault where the line is no item. */
export function readItem(line: string, timezone: string, now: number): GivenItem {
  const fields = parseJson(line);
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields))
    throw new ItemFault(reason('try.item.object'));
  const given = fields as Fields;
  const id = given['id'];
  if (typeof id !== 'string' || id === '') throw new ItemFault(reason('try.item.id'));
  const text = (name: string): string | null => {
    const value = given[name];
    if (value === undefined || value === null) return null;
    if (typeof value !== 'string') throw new ItemFault(reason('try.item.text', { name, found: typeof value }));
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
