/** Tidies sanitised HTML into what a strict HTML 5 parser takes without complaint, mapping its text on the way. */
import { webAddress } from './fieldvalues.ts';
import { cleanText } from './cleantext.ts';
import { readMarkup } from '../text/guardedparser.ts';
import { escapeMarkup } from '../text/html.ts';

type Attributes = Readonly<Record<string, string>>;

// The sanitiser upstream decides what may stay; this list is the last guard and knows the same vocabulary.
const PLAIN_ELEMENTS = [
  'p div section article header footer main aside figure figcaption blockquote pre ul li dl dt dd h1 h2 h3 h4 h5 h6 hr br wbr',
  'b strong i em u s del ins mark small sub sup code kbd samp var cite q abbr dfn span bdi ruby rt rp details summary',
  'table caption thead tbody tfoot tr picture',
].flatMap((names) => names.split(' '));

/** Element → the attributes it keeps. */
const KEPT: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ...PLAIN_ELEMENTS.map((name): [string, readonly string[]] => [name, ['title']]),
  ['a', ['href', 'title']],
  ['img', ['src', 'alt', 'title', 'width', 'height', 'referrerpolicy']],
  ['audio', ['src', 'controls', 'title']],
  ['video', ['src', 'poster', 'controls', 'width', 'height', 'title']],
  ['source', ['src', 'type']],
  ['time', ['datetime', 'title']],
  ['ol', ['start', 'title']],
  ['td', ['colspan', 'rowspan']],
  ['th', ['colspan', 'rowspan']],
]);

const DROPPED_WHOLE = new Set(
  'script style title template svg math textarea select object applet iframe noembed noframes xmp plaintext canvas'.split(
    ' ',
  ),
);
const VOID = new Set(['br', 'hr', 'img', 'wbr', 'source']);
const ADDRESSES = new Set(['href', 'src', 'poster']);
const NUMBERS = new Set(['width', 'height', 'colspan', 'rowspan', 'start']);
const HEADINGS = new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6']);
// Start tags that end an open paragraph (HTML standard §13.2.6.4.7).
const ENDS_PARAGRAPH = new Set([
  ...'p div section article header footer main aside figure figcaption blockquote pre ul ol li dl dt dd hr table details summary'.split(
    ' ',
  ),
  ...HEADINGS,
]);
const SECTIONS = new Set(['thead', 'tbody', 'tfoot']);
const ROW_PARENTS = new Set(['table', ...SECTIONS]);
const MEANT_EMPTY = new Set(['td', 'th', 'audio', 'video']);
const MEDIA = new Set(['picture', 'audio', 'video']);
const BOUNDARY = new Set(['td', 'th', 'caption', 'table']);
const LIST_BOUNDARY = new Set([...BOUNDARY, 'ul', 'ol', 'dl']);

// Readers and validators walk trees recursively; news nests a dozen deep.
const MAX_DEPTH = 64;

interface Frame {
  readonly name: string;
  /** Where its start tag stands in what is written. */
  readonly at: number;
  /** Opened here because the markup needed it. */
  readonly implied: boolean;
}

const asItIs = (text: string): string => text;

/** A document while it is tidied. */
interface Tidying {
  readonly out: string[];
  readonly stack: Frame[];
  readonly mapText: (text: string) => string;
  readonly mapImage: (address: string) => string;
  /** Text that has come since the last tag. */
  pending: string;
  /** Open elements of which nothing is kept. */
  dropDepth: number;
}

/**
 * Text nodes and `alt`, `title` values pass through `mapText`, addresses of pictures through `mapImage`; addresses stay
 * only where absolute http(s).
 */
export function tidyHtml(
  html: string,
  mapText: (text: string) => string = asItIs,
  mapImage: (address: string) => string = asItIs,
): string {
  const tidying: Tidying = { out: [], stack: [], mapText, mapImage, pending: '', dropDepth: 0 };
  readMarkup(html, {
    onopentag: (name, attributes) => openTag(tidying, name, attributes),
    ontext(text) {
      if (tidying.dropDepth === 0) tidying.pending += text;
    },
    onclosetag: (name) => closeTag(tidying, name),
  });
  flush(tidying);
  closeTo(tidying, 0);
  return tidying.out.join('').trim();
}

function openTag(tidying: Tidying, name: string, attributes: Attributes): void {
  if (DROPPED_WHOLE.has(name)) tidying.dropDepth++;
  if (tidying.dropDepth > 0 || !KEPT.has(name)) return;
  const written = writeAttributes(tidying, name, attributes);
  if (written === null || tidying.stack.length >= MAX_DEPTH) return;
  flush(tidying);
  if (place(tidying, name)) push(tidying, name, written, false);
}

function closeTag(tidying: Tidying, name: string): void {
  if (DROPPED_WHOLE.has(name)) tidying.dropDepth = Math.max(0, tidying.dropDepth - 1);
  if (tidying.dropDepth > 0 || VOID.has(name) || !KEPT.has(name)) return;
  flush(tidying);
  const index = tidying.stack.findLastIndex((frame) => frame.name === name);
  if (index >= 0) closeTo(tidying, index);
}

const topOf = ({ stack }: Tidying): string => stack.at(-1)?.name ?? '';

function push({ out, stack }: Tidying, name: string, attributes: string, implied: boolean): void {
  out.push(`<${name}${attributes}>`);
  if (!VOID.has(name)) stack.push({ name, at: out.length - 1, implied });
}

/** Closes the innermost element; one with nothing in it is taken back. */
function pop({ out, stack }: Tidying): void {
  const frame = stack.pop();
  if (frame === undefined) return;
  if (out.length === frame.at + 1 && !MEANT_EMPTY.has(frame.name)) out.pop();
  else out.push(`</${frame.name}>`);
}

function closeTo(tidying: Tidying, count: number): void {
  while (tidying.stack.length > count) pop(tidying);
}

/** Closes the innermost open element that `matches`, unless a boundary stands before it. */
function closeOpen(tidying: Tidying, matches: (name: string) => boolean, boundary: ReadonlySet<string>): void {
  const { stack } = tidying;
  for (let index = stack.length - 1; index >= 0; index--) {
    const name = stack[index]?.name ?? '';
    if (matches(name)) {
      closeTo(tidying, index);
      return;
    }
    if (boundary.has(name)) return;
  }
}

function closeImplied(tidying: Tidying): void {
  while (tidying.stack.at(-1)?.implied === true) pop(tidying);
}

/** Content stands in a cell; HTML would move it out of the table otherwise. */
function openCell(tidying: Tidying): void {
  if (ROW_PARENTS.has(topOf(tidying))) push(tidying, 'tr', '', true);
  if (topOf(tidying) === 'tr') push(tidying, 'td', '', true);
}

function flush(tidying: Tidying): void {
  const text = cleanText(tidying.pending);
  tidying.pending = '';
  if (text === '') return;
  const top = topOf(tidying);
  if (ROW_PARENTS.has(top) || top === 'tr') {
    if (text.trim() === '') return;
    openCell(tidying);
  }
  tidying.out.push(escapeMarkup(tidying.mapText(text)));
}

/** Makes room for `name`; false where it cannot stand here. */
function place(tidying: Tidying, name: string): boolean {
  if (name === 'tr' || SECTIONS.has(name) || name === 'caption') {
    closeImplied(tidying);
    return name === 'tr' ? ROW_PARENTS.has(topOf(tidying)) : topOf(tidying) === 'table';
  }
  if (name === 'td' || name === 'th') {
    if (tidying.stack.at(-1)?.implied === true && topOf(tidying) === 'td') pop(tidying);
    if (ROW_PARENTS.has(topOf(tidying))) push(tidying, 'tr', '', true);
    return topOf(tidying) === 'tr';
  }
  if (name === 'source') return MEDIA.has(topOf(tidying));
  if (name === 'rt' || name === 'rp') return topOf(tidying) === 'ruby';
  openCell(tidying);
  if (name === 'li') closeOpen(tidying, (open) => open === 'li', LIST_BOUNDARY);
  else if (name === 'dt' || name === 'dd') closeOpen(tidying, (open) => open === 'dt' || open === 'dd', LIST_BOUNDARY);
  else if (name === 'a') closeOpen(tidying, (open) => open === 'a', BOUNDARY);
  else if (HEADINGS.has(name)) closeOpen(tidying, (open) => HEADINGS.has(open), BOUNDARY);
  if (ENDS_PARAGRAPH.has(name)) closeOpen(tidying, (open) => open === 'p', BOUNDARY);
  return true;
}

/** Null where the element is nothing without an address that it lacks. */
function writeAttributes({ mapText, mapImage }: Tidying, name: string, attributes: Attributes): string | null {
  let written = '';
  for (const key of KEPT.get(name) ?? []) {
    const raw = attributes[key] ?? (key === 'alt' ? '' : undefined);
    if (raw === undefined) continue;
    const value = attributeValue(key, raw, mapText);
    if (value === null) continue;
    written += ` ${key}="${escapeMarkup(name === 'img' && key === 'src' ? mapImage(value) : value)}"`;
  }
  const needed = name === 'a' ? ' href="' : name === 'img' || name === 'source' ? ' src="' : '';
  return written.includes(needed) ? written : null;
}

function attributeValue(key: string, raw: string, mapText: (text: string) => string): string | null {
  if (ADDRESSES.has(key)) return webAddress(raw);
  if (NUMBERS.has(key)) return /^\d{1,5}$/.test(raw) ? raw : null;
  const value = cleanText(raw);
  if (key === 'alt' || key === 'title') return mapText(value);
  if (key === 'controls') return 'controls';
  return /^[\w\-+/.:; ]{1,64}$/.test(value) ? value : null;
}

/** The text of `html`, its blocks on lines of their own. */
export function htmlToText(html: string): string {
  let text = '';
  readMarkup(html, {
    onopentag(name) {
      if (ENDS_PARAGRAPH.has(name) || name === 'br' || name === 'tr') text += '\n';
    },
    ontext(data) {
      text += data;
    },
  });
  return cleanText(text).trim();
}
