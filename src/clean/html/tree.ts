/** Parses HTML into a small tree, bounded in depth and size, without what a browser never shows. */
import { readMarkup } from '../../text/guardedparser.ts';
import { VOID_ELEMENTS } from '../../text/html.ts';

export interface Element {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: (Element | string)[];
}

/** What the document's head says of itself; keys are lower-case. */
export interface Head {
  readonly title: string;
  readonly meta: ReadonlyMap<string, string>;
  readonly base: string | null;
  readonly canonical: string | null;
  /** Bodies of `application/ld+json` scripts. */
  readonly linkedData: readonly string[];
}

export interface Tree {
  /** False where the bounds left out some of the document. */
  readonly isWhole: boolean;
  readonly root: Element;
  readonly head: Head;
}

/** Attribute of pictures that stood in a `noscript`. */
export const FOR_NO_SCRIPT = 'for-no-script';

/** Deeper elements become siblings of the deepest kept; browsers nest no further than 512. */
const MOST_DEPTH = 120;
const MOST_NODES = 60_000;
/** Characters read of one document. */
const MOST_MARKUP = 2_000_000;

// Elements whose content is never text of the article.
const SILENT = new Set([
  'script',
  'style',
  'template',
  'noscript',
  'select',
  'textarea',
  'button',
  'svg',
  'math',
  'canvas',
  'object',
  'applet',
  'noframes',
  'noembed',
  'xmp',
  'plaintext',
  'title',
  'datalist',
  'dialog',
  'frameset',
  'map',
  'marquee',
]);
const HIDDEN = /display\s*:\s*none|visibility\s*:\s*hidden/i;

/**
 * The bracket of a comparison, 若 a<b 且 b<c: behind the name of a tag stands no Chinese, and behind a word no tag without an end. As
 * a tag it would take the rest of the text with it.
 */
const COMPARED = /<(?=[a-z]\w{0,2}(?:[^\x00-\x7f\s]|\s+[^\x00-\x7f\s]))|(?<=[\w)])<(?=[a-z]\w{0,2}(?:<|$))/gi;

const isBlank = (character: string): boolean => /\s/.test(character);
const isWord = (unit: number): boolean =>
  (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x41 && unit <= 0x5a) || (unit >= 0x30 && unit <= 0x39) || unit === 0x5f;

/** Whether a bracket of `html` may be a comparison's: the expression asks each bracket of a page more than this does. */
function hasComparison(html: string): boolean {
  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at + 1)) {
    let end = at + 1;
    while (end < at + 4 && isWord(html.charCodeAt(end))) end++;
    if (end === at + 1) continue;
    while (isBlank(html.charAt(end))) end++;
    const next = html.charCodeAt(end);
    if (!(next < 0x80) || next === 0x3c) return true;
  }
  return false;
}

/** Parses `html`; never throws. Script, style, comments, form controls and hidden elements are not in the tree. */
export function parseTree(html: string): Tree {
  const root: Element = { tag: '#root', attributes: {}, children: [] };
  const stack: Element[] = [root];
  let depth = 0;
  let nodes = 0;
  let silence = 0;
  let silentTag = '';
  let title = '';
  let written = '';
  let json: string | null = null;
  let inTitle = false;
  const head: Named = { meta: new Map(), base: null, canonical: null };
  const linkedData: string[] = [];

  const addVoid = (tag: string, attributes: Element['attributes']): void => {
    if (++nodes <= MOST_NODES) top(stack).children.push({ tag, attributes, children: [] });
  };
  const isWhole = readMarkup(
    hasComparison(html) ? html.replace(COMPARED, '&lt;') : html,
    {
      onopentag(name, attributes) {
        noteHead(head, name, attributes);
        if (silence > 0) {
          if (silentTag === 'noscript' && name === 'img') addVoid(name, { ...attributes, [FOR_NO_SCRIPT]: '' });
          if (name === silentTag) silence++;
          return;
        }
        if (SILENT.has(name)) {
          if (name === 'title') inTitle = title === '';
          if (name === 'script' && attributes['type'] === 'application/ld+json') json = '';
          silentTag = name;
          silence = 1;
          return;
        }
        if (VOID_ELEMENTS.has(name)) {
          addVoid(name, attributes);
          return;
        }
        if (isHidden(name, attributes)) {
          silentTag = name;
          silence = 1;
          return;
        }
        depth++;
        if (depth > MOST_DEPTH || ++nodes > MOST_NODES) return;
        const element: Element = { tag: name, attributes, children: [] };
        top(stack).children.push(element);
        stack.push(element);
      },
      ontext(text) {
        if (silence > 0) {
          if (inTitle) title += text;
          else if (json !== null) json += text;
          else if (silentTag === 'noscript') written += text;
        } else if (!appendText(top(stack), text) && ++nodes <= MOST_NODES) top(stack).children.push(text);
      },
      onclosetag(name) {
        if (inTitle && name === 'title') inTitle = false;
        if (json !== null && name === 'script') {
          linkedData.push(json);
          json = null;
        }
        if (silence > 0) {
          if (name === silentTag) silence--;
          if (silence > 0 || written === '') return;
          for (const attributes of writtenPictures(written)) addVoid('img', attributes);
          written = '';
          return;
        }
        if (VOID_ELEMENTS.has(name)) return;
        if (depth === 0) return;
        if (depth < stack.length) stack.pop();
        depth--;
      },
    },
    { most: MOST_MARKUP },
  );
  return { isWhole: isWhole && nodes <= MOST_NODES, root, head: { ...head, title, linkedData } };
}

function top(stack: readonly Element[]): Element {
  return stack.at(-1) as Element;
}

const WRITTEN_PICTURE = /<img\s([^<>]{1,2000})>/gi;
const WRITTEN_ADDRESS = /\bsrc\s{0,3}=\s{0,3}["']?([^"'\s<>]{1,2000})/i;

/** Pictures of a `noscript` whose markup is escaped, and so stands there as text. */
function writtenPictures(text: string): readonly Element['attributes'][] {
  return [...text.matchAll(WRITTEN_PICTURE)].flatMap(([, attributes = '']) => {
    const src = WRITTEN_ADDRESS.exec(attributes)?.[1];
    return src === undefined ? [] : [{ src, [FOR_NO_SCRIPT]: '' }];
  });
}

function isHidden(name: string, attributes: Readonly<Record<string, string>>): boolean {
  if ('hidden' in attributes && attributes['hidden'] !== 'until-found') return true;
  const { style } = attributes;
  // WeChat hides the whole article until its script runs.
  return (
    style !== undefined &&
    style.length < 2000 &&
    HIDDEN.test(style) &&
    attributes['id'] !== 'js_content' &&
    name !== 'body'
  );
}

/** Joins a text to the one before it; false where there is none. */
function appendText({ children }: Element, text: string): boolean {
  const last = children.length - 1;
  const before = children[last];
  if (typeof before !== 'string') return false;
  children[last] = before + text;
  return true;
}

interface Named {
  readonly meta: Map<string, string>;
  base: string | null;
  canonical: string | null;
}

function noteHead(head: Named, name: string, attributes: Element['attributes']): void {
  if (name === 'meta') readMeta(head.meta, attributes);
  else if (name === 'base') head.base ??= attributes['href'] ?? null;
  else if (name === 'link' && attributes['rel'] === 'canonical') head.canonical ??= attributes['href'] ?? null;
}

function readMeta(meta: Map<string, string>, attributes: Readonly<Record<string, string>>): void {
  const name = (attributes['property'] ?? attributes['name'] ?? attributes['itemprop'] ?? '').toLowerCase();
  const content = attributes['content'];
  if (name !== '' && content !== undefined && content !== '' && !meta.has(name)) meta.set(name, content);
}
