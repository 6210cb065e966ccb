/** Finds the element of a page that holds the article, by following the child with most of the sentences. */
import { T } from '../thresholds.ts';
import type { Element } from './tree.ts';

const SENTENCE = /[，。！？；、,;!?]/g;
const IDEOGRAPHS = /[\u4e00-\u9fff]/g;
const HEADING = new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'title']);
const CHROME =
  /(?:^|[\s_-])(?:nav|menu|footer|foot|header|sidebar|side|related|recommend|comments?|share|copyright|breadcrumb|crumbs?|hot|rank|aside|login|search|banner|advert)(?:$|[\s_-])/i;

/**
 * The element that holds the article's sentences; `root` itself where they are spread. Of two parts of a page the one
 * that tells of the headline is followed: a river of teasers below a short article has most of the sentences.
 */
export function findContainer(root: Element): Element {
  const weights = new Map<Element, number>();
  weigh(root, weights, false, sentenceCharacters);
  // Verse, lists of names and captions have no sentences.
  if (weights.get(root) === 0) weigh(root, weights, false, ideographsOf);
  const headline = new Set<number>();
  addPairs(headline, firstHeading(root));
  const told = new Map<Element, ReadonlySet<number>>();
  let current = root;
  for (;;) {
    const total = weights.get(current) ?? 0;
    if (total === 0) return current;
    let next: Element | null = null;
    for (const child of current.children) {
      if (typeof child !== 'string' && (weights.get(child) ?? 0) >= total * T.container.followed) next = child;
    }
    if (next !== null && headline.size > 0)
      next = nearest(current, next, (element) => toldOf(element, headline, told).size);
    if (next === null || isInline(next)) return current;
    current = next;
  }
}

/** The text of the first `h1` below `root`; empty without one. */
function firstHeading(root: Element): string {
  for (const child of root.children) {
    if (typeof child === 'string') continue;
    const found = child.tag === 'h1' ? textOf(child) : firstHeading(child);
    if (found.trim() !== '') return found;
  }
  return '';
}

function textOf(element: Element): string {
  return element.children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('');
}

const FIRST_IDEOGRAPH = 0x4e00;
const IDEOGRAPH_COUNT = 0x9fff - FIRST_IDEOGRAPH + 1;

/** Notes each two ideographs in a row, as one number: those of `text`, or those of them that stand in `among`. */
function addPairs(pairs: Set<number>, text: string, among?: ReadonlySet<number>): void {
  let before = -1;
  for (let at = 0; at < text.length; at++) {
    const place = text.charCodeAt(at) - FIRST_IDEOGRAPH;
    const own = place >= 0 && place < IDEOGRAPH_COUNT ? place : -1;
    const pair = before * IDEOGRAPH_COUNT + own;
    if (own >= 0 && before >= 0 && among?.has(pair) !== false) pairs.add(pair);
    before = own;
  }
}

/** `heavy`, or the child of `parent` that tells of the headline where `heavy` tells less than half as much of it. */
function nearest(parent: Element, heavy: Element, told: (element: Element) => number): Element | null {
  const [all, own] = [told(parent), told(heavy)];
  if (own * 2 >= all) return heavy;
  const others = parent.children.filter((child): child is Element => typeof child !== 'string' && child !== heavy);
  return others.find((child) => told(child) * 2 > all) ?? null;
}

/** Which pairs of the headline stand in the sentences below `element`, links and headings aside. */
function toldOf(
  element: Element,
  headline: ReadonlySet<number>,
  known: Map<Element, ReadonlySet<number>>,
): ReadonlySet<number> {
  const before = known.get(element);
  if (before !== undefined) return before;
  const told = new Set<number>();
  known.set(element, told);
  for (const child of element.children) {
    if (typeof child === 'string') {
      if (sentenceCharacters(child) > 0) addPairs(told, child, headline);
    } else if (child.tag !== 'a' && !HEADING.has(child.tag))
      for (const pair of toldOf(child, headline, known)) told.add(pair);
  }
  return told;
}

function isInline(element: Element): boolean {
  return (
    element.tag === 'p' ||
    element.tag === 'span' ||
    element.tag === 'font' ||
    element.tag === 'strong' ||
    element.tag === 'b' ||
    element.tag === 'li' ||
    element.tag === 'a'
  );
}

/** Characters in sentences, outside links; text without a mark of punctuation weighs little, chrome by name a tenth. */
function weigh(
  element: Element,
  weights: Map<Element, number>,
  inLink: boolean,
  weightOf: (text: string) => number,
): number {
  let sum = 0;
  for (const child of element.children) {
    if (typeof child === 'string') {
      if (!inLink) sum += weightOf(child);
    } else sum += weigh(child, weights, inLink || child.tag === 'a', weightOf);
  }
  if (
    sum > 0 &&
    (element.tag === 'footer' ||
      element.tag === 'nav' ||
      element.tag === 'aside' ||
      CHROME.test(`${element.attributes['class'] ?? ''} ${element.attributes['id'] ?? ''}`))
  ) {
    const share = element.tag === 'body' || element.tag === 'html' ? 1 : T.container.chrome;
    sum *= share;
  }
  weights.set(element, sum);
  return sum;
}

function ideographsOf(text: string): number {
  return text.match(IDEOGRAPHS)?.length ?? 0;
}

function sentenceCharacters(text: string): number {
  if (text.length < 4) return 0;
  const ideographs = ideographsOf(text);
  if (ideographs === 0) return text.length > 40 && /[.,;!?] /.test(text) ? text.length / 4 : 0;
  const marks = text.match(SENTENCE)?.length ?? 0;
  if (marks === 0) return ideographs >= T.container.unmarked ? ideographs / 2 : 0;
  return ideographs;
}
