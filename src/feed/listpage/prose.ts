/** Tells an article from a list: how much running text a page holds outside its rows. */
import type { PageElement, PageTree } from './pagetree.ts';
import { isSilent } from './pagetree.ts';
import { T } from './thresholds.ts';

export interface Prose {
  /** Characters of sentences in the element that holds most of them, its own paragraphs taken together. */
  readonly most: number;
  /** Paragraphs of that element. */
  readonly paragraphs: number;
}

const DRESS = new Set(['b', 'strong', 'em', 'i', 'u', 'font', 'span', 'br', 'sub', 'sup', 'a', 'p']);
/** Links within running text are few; a line that is mostly links is none. */
const isLinked = (element: PageElement): boolean => {
  for (let at: PageElement | null = element; at !== null; at = at.parent) if (at.name === 'a') return true;
  return false;
};

const hasSentence = ({ content }: PageElement): boolean =>
  content.some((part) => typeof part === 'string' && /[。！？；]|[.!?]\s/.test(part));

/** `rows`: the elements that hold one headline each; their summaries are none of the page's own text. */
export function measureProse(tree: PageTree, rows: ReadonlySet<PageElement>): Prose {
  const inRow = new Uint8Array(tree.elements.length);
  const found = new Map<PageElement, { chars: number; paragraphs: number }>();
  for (const element of tree.elements) {
    const parent = element.parent;
    if (isSilent(element) || rows.has(element) || (parent !== null && inRow[parent.order] === 1)) {
      inRow[element.order] = 1;
      continue;
    }
    let chars = 0;
    for (const part of element.content) if (typeof part === 'string') chars += part.trim().length;
    if (chars < T.article.paragraph || !hasSentence(element) || isLinked(element)) continue;
    let holder = element;
    while (holder.parent !== null && DRESS.has(holder.name)) holder = holder.parent;
    const before = found.get(holder) ?? { chars: 0, paragraphs: 0 };
    found.set(holder, { chars: before.chars + chars, paragraphs: before.paragraphs + 1 });
  }
  let most = { chars: 0, paragraphs: 0 };
  for (const one of found.values()) if (one.chars > most.chars) most = one;
  return { most: most.chars, paragraphs: most.paragraphs };
}
