/** Parses an HTML page into a DOM of bounded depth, so that no walk over it can run away. */
import { DomHandler, Parser } from 'htmlparser2';
import { Document } from 'domhandler';

const MAX_HTML = 5_000_000;
/** Deeper elements lose their tags and keep their text. Real pages stay under 60. */
const MAX_DEPTH = 100;
/** The parser's own stack costs the square of its depth; what is open this deep is no page, and reading ends there. */
const MAX_OPEN = 5000;

/** Parses HTML tolerantly. Never throws. */
export function parseHtml(html: string): Document {
  let found: Document = new Document([]);
  const dom = new DomHandler((_error, nodes) => {
    found = new Document(nodes);
    for (const node of nodes) node.parent = found;
  });
  let open = 0;
  const parser = new Parser({
    onparserinit: (self) => dom.onparserinit(self),
    onopentag: (name, attributes) => {
      open++;
      if (open <= MAX_DEPTH) dom.onopentag(name, attributes);
      if (open > MAX_OPEN) parser.pause();
    },
    onclosetag: () => {
      if (open <= MAX_DEPTH) dom.onclosetag();
      open--;
    },
    ontext: (text) => dom.ontext(text),
    oncomment: () => undefined,
  });
  parser.write(html.slice(0, MAX_HTML));
  if (open <= MAX_OPEN) parser.end();
  dom.onend();
  return found;
}
