/** Reads plain text, of a body or of a whole page, as blocks: a line or an indented stretch each. */
import type { Block } from './blocks.ts';
import { collect, splitParagraphs } from './runs.ts';

const MOST_LINES = 20_000;

/** The lines of `text` as paragraphs; lost indents (`????`) and wide blanks open a new one. */
export function readLines(text: string): readonly Block[] {
  const blocks: Block[] = [];
  for (const line of text.split(/\r\n?|\n|\u2028|\u2029/, MOST_LINES)) {
    for (const part of splitParagraphs(line)) {
      const collected = collect([{ text: part, marks: {} }]);
      if (collected !== null) blocks.push({ kind: 'paragraph', ...collected, level: 0, hint: '', centred: false });
    }
  }
  return blocks;
}
