/** Decides who wrote and who edited an entry: the article itself is believed before its page, the page before the feed. */
import type { Entry } from '../../model/entry.ts';
import { plainText } from '../../text/plain.ts';
import { plainly } from './field.ts';
import type { ReadField } from './field.ts';

export const readByline: ReadField<Pick<Entry, 'authors' | 'editor'>> = ({ shaped, signatures }, raw) => {
  const { above, below, document } = signatures;
  const signed = unique([...shaped.authors, ...above.authors, ...below.authors]);
  const said = signed.length > 0 ? signed : document.authors;
  return plainly({
    authors: said.length > 0 ? said : unique(raw.authors.map(plainText).filter((name) => name !== '')),
    // 责任编辑 before any other; the editor who signs below the text before one named above it.
    editor: below.responsible[0] ?? below.editors[0] ?? above.responsible[0] ?? above.editors[0] ?? null,
  });
};

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}
