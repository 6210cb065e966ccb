/** Cuts items that are known out of a document before it is read, and leaves an empty element in the place of each. */
import { hashWritten, type KnownItem, type KnownItems } from '../items/knownitem.ts';

/** A character for private use: no document that has it is cut. */
const MARK = '\ue001';

/** Attribute of the empty element: the number of the known item in whose place it stands. */
export const IN_PLACE_OF = MARK;

export interface CutDocument {
  readonly text: string;
  /** Those that were cut out, in their order. */
  readonly cut: readonly KnownItem[];
}

/** Null where nothing is to be cut, or an item that stands twice would be. */
export function cutKnown(text: string, { element, items }: KnownItems): CutDocument | null {
  if (items.length === 0 || text.includes(MARK)) return null;
  const known = new Map(items.map((item) => [item.hash, item]));
  const cut: KnownItem[] = [];
  let out = '';
  let done = 0;
  for (const { start, end } of eachElement(text, element)) {
    const item = known.get(hashWritten(text.slice(start, end)));
    if (item === undefined) continue;
    out += `${text.slice(done, start)}<${element} ${IN_PLACE_OF}="${cut.length}"/>`;
    done = end;
    cut.push(item);
  }
  if (cut.length === 0 || new Set(cut).size < cut.length) return null;
  return { text: out + text.slice(done), cut };
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * From each start tag to the next end tag of that name, whatever stands between: in a comment, a field or an item that
 * was not closed these are no elements, which shows when what was cut is read.
 */
function* eachElement(text: string, name: string): Generator<Span> {
  let end = 0;
  for (let start = findStart(text, name, 0); start >= 0; start = findStart(text, name, end)) {
    end = endOf(text, name, start);
    if (end < 0) return;
    yield { start, end };
  }
}

const AFTER_NAME = /[\s>]/;

function findStart(text: string, name: string, from: number): number {
  const tag = `<${name}`;
  let at = text.indexOf(tag, from);
  while (at >= 0 && !AFTER_NAME.test(text.charAt(at + tag.length))) at = text.indexOf(tag, at + 1);
  return at;
}

function endOf(text: string, name: string, start: number): number {
  const tag = `</${name}>`;
  const at = text.indexOf(tag, start);
  return at < 0 ? -1 : at + tag.length;
}

/** Whether an element of this name that was read from `start` to `end` would be found so. */
export const isFoundAt = (text: string, name: string, start: number, end: number): boolean =>
  findStart(text, name, start) === start && endOf(text, name, start) === end;
