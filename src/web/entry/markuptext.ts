/** Reads the plain lines of HTML as a source published it, nothing taken out, to compare with the cleaned text. */
import { type MarkupHandler, readMarkup } from '../../text/guardedparser.ts';

const BREAKS = new Set(
  'address article aside blockquote br dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody td th tr ul'.split(
    ' ',
  ),
);
const UNSEEN = new Set(['script', 'style', 'template', 'noscript']);
const MAX_CHARACTERS = 200_000;

export function markupLines(html: string): string {
  // Text without any markup has its lines as they are.
  const plain = !/<[a-z/!]/i.test(html);
  let text = '';
  let unseen = 0;
  const handler: MarkupHandler = {
    onopentag: (name) => {
      if (BREAKS.has(name)) text += '\n';
      if (UNSEEN.has(name)) unseen++;
    },
    onclosetag: (name) => {
      if (BREAKS.has(name)) text += '\n';
      if (UNSEEN.has(name)) unseen--;
    },
    ontext: (part) => {
      if (unseen === 0) text += part.replaceAll(plain ? /[\t\r\f ]+/g : /[\t\n\r\f ]+/g, ' ');
    },
  };
  readMarkup(html, handler, { most: MAX_CHARACTERS });
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');
}
