/** Parses an HTML page into a DOM of bounded depth and size, so that no walk over it can run away. */
import { Document, DomHandler } from 'domhandler';
import { readMarkup } from './guardedparser.ts';

/** Deeper elements lose their tags and keep their text. Real pages stay under 60. */
const MOST_DEPTH = 100;

/** Parses HTML tolerantly, at most `most` characters of it. Never throws. */
export function parseHtml(html: string, most?: number): Document {
  let found: Document = new Document([]);
  const dom = new DomHandler((_error, nodes) => {
    found = new Document(nodes);
    for (const node of nodes) node.parent = found;
  });
  let open = 0;
  readMarkup(
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
  return found;
}
