/** Reads a tree of elements as blocks, in three zones: before, inside and after the article's container. */
import { safeLink } from './safeaddress.ts';
import type { Block, ImageBlock, Run, TextBlock } from './blocks.ts';
import { readList, readTable } from './grids.ts';
import { isIcon, readPicture, withSources } from './images.ts';
import { playerLink } from './players.ts';
import { collect, splitParagraphs } from './runs.ts';
import type { Marks } from './runs.ts';
import { type Element, FOR_NO_SCRIPT } from './tree.ts';

export interface Zones {
  readonly before: readonly Block[];
  readonly inside: readonly Block[];
  readonly after: readonly Block[];
}

const BLOCK = new Set([
  'address',
  'article',
  'aside',
  'blockquote',
  'body',
  'center',
  'dd',
  'details',
  'div',
  'dl',
  'dt',
  'fieldset',
  'figcaption',
  'figure',
  'footer',
  'form',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'header',
  'hgroup',
  'html',
  'li',
  'main',
  'menu',
  'nav',
  'ol',
  'p',
  'pre',
  'section',
  'summary',
  'table',
  'tbody',
  'td',
  'tfoot',
  'th',
  'thead',
  'tr',
  'ul',
  'founder-content',
  'ucapcontent',
  'founder-title',
]);
/** Elements that say by their name what a class says elsewhere. */
const TELLING = new Set(['nav', 'footer', 'aside', 'form', 'figcaption', 'figure', 'header', 'founder-title']);
/** Captions stand in inline elements that style makes blocks. */
const CAPTION = /(?:img|image|photo|pic|picture)[_-]?(?:desc|txt|text|alt|info|intro|title|note|caption)|caption/i;
const MOST_HINT = 400;

interface State {
  readonly container: Element | null;
  readonly baseUrl: string | null;
  readonly before: Block[];
  readonly inside: Block[];
  readonly after: Block[];
  zone: Block[];
  pieces: { text: string; marks: Marks }[];
  marks: Marks;
  hint: string;
  level: number;
  quote: boolean;
  centred: boolean;
}

/** The blocks of `root`; those of `container` are inside, everything else before or after it. */
export function readZones(root: Element, container: Element, baseUrl: string | null): Zones {
  const before: Block[] = [];
  const inside: Block[] = [];
  const after: Block[] = [];
  const state: State = {
    container,
    baseUrl,
    before,
    inside,
    after,
    zone: before,
    pieces: [],
    marks: {},
    hint: '',
    level: 0,
    quote: false,
    centred: false,
  };
  walk(root, state);
  flush(state);
  return { before, inside, after };
}

function flush(state: State): void {
  if (state.pieces.length === 0) return;
  const collected = collect(state.pieces);
  state.pieces = [];
  if (collected === null) return;
  const kind = state.level > 0 ? 'heading' : state.quote ? 'quote' : 'paragraph';
  const block: TextBlock = { kind, ...collected, level: state.level, hint: state.hint, centred: state.centred };
  state.zone.push(block);
}

function walk(element: Element, state: State): void {
  if (element !== state.container) {
    visit(element, state);
    return;
  }
  flush(state);
  const { hint } = state;
  state.zone = state.inside;
  state.hint = '';
  visit(element, state, true);
  flush(state);
  state.zone = state.after;
  state.hint = hint;
}

function visit(element: Element, state: State, isContainer = false): void {
  const { tag } = element;
  if (!BLOCK.has(tag) && !CAPTION.test(element.attributes['class'] ?? '')) {
    visitInline(element, state);
    return;
  }
  flush(state);
  const { hint, level, quote, centred } = state;
  if (!isContainer) state.hint = hintOf(element, hint);
  if (tag.length === 2 && tag.startsWith('h') && tag !== 'hr') state.level = Number(tag.charAt(1));
  else if (tag === 'blockquote') state.quote = true;
  if (tag === 'center' || isCentred(element)) state.centred = true;
  if (!readGrid(element, state)) walkChildren(element, state);
  flush(state);
  state.hint = hint;
  state.level = level;
  state.quote = quote;
  state.centred = centred;
}

function walkChildren(element: Element, state: State): void {
  for (const child of element.children) {
    if (typeof child !== 'string') {
      walk(child, state);
      continue;
    }
    const parts = element.tag === 'pre' ? child.split(/\r?\n/) : splitParagraphs(child);
    for (let i = 0; i < parts.length; i++) {
      if (i > 0) flush(state);
      state.pieces.push({ text: parts[i] ?? '', marks: state.marks });
    }
  }
}

function visitInline(element: Element, state: State): void {
  const { marks } = state;
  switch (element.tag) {
    case 'br':
    case 'hr':
      flush(state);
      return;
    case 'img':
      addImage(element.attributes, state);
      return;
    case 'picture':
      addImage(withSources(element), state);
      return;
    case 'iframe':
    case 'embed':
    case 'video':
    case 'audio':
    case 'source':
      addPlayer(element, state);
      break;
    case 'a': {
      const href = safeLink(element.attributes['href'] ?? '', state.baseUrl);
      if (href !== null) state.marks = { ...marks, href };
      break;
    }
    case 'b':
    case 'strong':
      state.marks = { ...marks, bold: true };
      break;
    case 'i':
    case 'em':
      state.marks = { ...marks, italic: true };
      break;
    case 'sub':
    case 'sup':
      state.marks = { ...marks, script: element.tag };
      break;
    default:
  }
  walkChildren(element, state);
  state.marks = marks;
}

function addImage(attributes: Element['attributes'], state: State): void {
  const inLine = state.pieces.some((piece) => piece.text.trim() !== '');
  if (isIcon(attributes)) return;
  const picture = readPicture(attributes, state.baseUrl);
  const last = state.zone.at(-1);
  // A lazy picture and the one for readers without scripts are one.
  if (picture === null || (FOR_NO_SCRIPT in attributes && last?.kind === 'image' && last.src === picture.src)) return;
  if (inLine) flush(state);
  const block: ImageBlock = {
    kind: 'image',
    ...picture,
    caption: '',
    text: '',
    hint: state.hint,
    linked: 0,
    indented: false,
    centred: true,
  };
  state.zone.push(block);
}

function addPlayer(element: Element, state: State): void {
  const link = playerLink(element.tag, element.attributes, state.baseUrl);
  if (link === null) return;
  flush(state);
  state.pieces.push({ text: link.label, marks: { href: link.href } });
  flush(state);
}

function hintOf(element: Element, around: string): string {
  const { class: names, id } = element.attributes;
  const own = TELLING.has(element.tag) ? ` ${element.tag}` : '';
  if (names === undefined && id === undefined && own === '') return around;
  const hint = `${around}${own} ${names ?? ''} ${id ?? ''}`.toLowerCase();
  return hint.length > MOST_HINT ? hint.slice(hint.length - MOST_HINT) : hint;
}

function isCentred(element: Element): boolean {
  return (
    /center/i.test(element.attributes['align'] ?? '') ||
    /text-align\s*:\s*center/i.test(element.attributes['style'] ?? '')
  );
}

/** The runs of an element that holds inline content only; null where it holds blocks or pictures. */
function inlineRuns(element: Element, state: State): readonly Run[] | null {
  const inner: State = { ...state, container: null, zone: [], pieces: [], level: 0, quote: false };
  walkChildren(element, inner);
  flush(inner);
  if (inner.zone.length === 0) return [];
  const [only] = inner.zone;
  return inner.zone.length === 1 && only !== undefined && only.kind === 'paragraph' ? only.runs : null;
}

/** Whether `element` is a list or a table that could be read as one block, or holds nothing. */
function readGrid(element: Element, state: State): boolean {
  const { tag } = element;
  if (tag !== 'ul' && tag !== 'ol' && tag !== 'table') return false;
  const read = tag === 'table' ? readTable : readList;
  const grid = read(element, state.hint, (inner) => inlineRuns(inner, state));
  if (grid === null) return false;
  if (grid.text !== '') state.zone.push(grid);
  return true;
}
