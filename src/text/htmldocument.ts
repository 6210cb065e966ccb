/** Parses an HTML page into a DOM of bounded depth and size, so that no walk over it can run away. */
import { type AnyNode, Document, DomHandler, hasChildren, isText } from 'domhandler';
import { readMarkup } from './guardedparser.ts';

/** Deeper elements lose their tags and keep their text. Real pages stay under 60. */
const MOST_DEPTH = 100;

/** Parses HTML tolerantly, at most `most` characters of it. Never throws. */
export const parseHtml = (html: string, most?: number): Document => parsePage(html, most).document;

/** As `parseHtml`, with whether the bounds left out nothing of its end. */
export function parsePage(html: string, most?: number): { readonly document: Document; readonly isWhole: boolean } {
  let found: Document = new Document([]);
  const dom = new DomHandler((_error, nodes) => {
    found = new Document(nodes);
    for (const node of nodes) node.parent = found;
  });
  let open = 0;
  const isWhole = readMarkup(
    html,
    {
      onopentag: (name, attributes) => {
        if (++open <= MOST_DEPTH) dom.onopentag(name, { ...attributes });
      },
      onclosetag: () => {
        if (open-- <= MOST_DEPTH) dom.onclosetag();
      },
      ontext: (text) => dom.ontext(text),
    },
    most === undefined ? {} : { most },
  );
  dom.onend();
  return { document: found, isWhole };
}

/** The text of `node`, of which no more than `most` characters are put together. */
export function textWithin(node: AnyNode, most: number): string {
  if (isText(node)) return node.data.slice(0, most);
  if (!hasChildren(node)) return '';
  let text = '';
  for (const child of node.children) {
    text += textWithin(child, most - text.length);
    if (text.length >= most) break;
  }
  return text;
}

/** How many nodes `node` holds, itself among them; counting ends at `most`. */
export function countNodes(node: AnyNode, most: number): number {
  let count = 1;
  if (!hasChildren(node)) return count;
  for (const child of node.children) {
    if (count >= most) break;
    count += countNodes(child, most - count);
  }
  return count;
}
