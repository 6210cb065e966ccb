/** Collects pieces of marked-up text into paragraphs, with their formatting, and folds the blanks between them. */
import type { Run } from './blocks.ts';
import { visible } from '../../text/plain.ts';

export type Marks = Omit<Run, 'text'>;

/** One paragraph as collected. */
export interface Collected {
  readonly runs: readonly Run[];
  readonly text: string;
  readonly linked: number;
  readonly indented: boolean;
  /** `text` with a blank where one element ended and the next began; absent where that changes nothing. */
  readonly spaced?: string;
}

/** Longer paragraphs are no label lines, whose parts stand apart by style alone. */
const MOST_SPACED = 200;
const BLANK = /[\s\u3000\u2800]/;
const BLANKS = /([\s\u3000\u2800]+)/;
const CJK = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’…—]/;
// U+FFFD and U+3000 lost to an encoding that knew neither come back as runs of question marks.
const LOST_INDENT = /^[\s\u3000]*(?:\?{4}|\?\?[\s\u3000]*\?\?|(?:\?\s?){4})+[\s\u3000?]*/;
const INDENT = /^[\s\u00a0]*(?:\u3000|\u2003|\u00a0{2}|&emsp;)/;

/** The text of `pieces` as one paragraph; null where nothing shows. */
export function collect(pieces: readonly { readonly text: string; readonly marks: Marks }[]): Collected | null {
  let raw = '';
  for (const piece of pieces) raw += piece.text;
  const lost = LOST_INDENT.exec(raw)?.[0].length ?? 0;
  const indented = lost > 0 || INDENT.test(raw);
  const runs: Run[] = [];
  let text = '';
  let linked = 0;
  let skip = lost;
  let blank = '';
  // Kept aside: reading the end of a string under construction would copy it each time.
  let last = '';
  let seams = '';
  let seamed = 0;
  for (const piece of pieces) {
    let source = piece.text;
    if (skip > 0) {
      const cut = Math.min(skip, source.length);
      source = source.slice(cut);
      skip -= cut;
    }
    if (source === '') continue;
    let out = '';
    const shown = visible(source);
    for (const part of BLANK.test(shown) ? shown.split(BLANKS) : [shown]) {
      if (part === '') continue;
      if (BLANK.test(part.charAt(0))) {
        blank += part;
        continue;
      }
      // A line break in the source between two ideographs is how the file was wrapped, not a blank.
      if (blank !== '' && last !== '' && !(/[\n\r]/.test(blank) && CJK.test(last) && CJK.test(part.charAt(0))))
        out += ' ';
      blank = '';
      out += part;
      last = part.charAt(part.length - 1);
    }
    if (out === '') continue;
    if (text !== '' && text.length <= MOST_SPACED && !out.startsWith(' ')) {
      seams += `${text.slice(seamed)} `;
      seamed = text.length;
    }
    const run = runs.at(-1);
    if (run !== undefined && sameMarks(run, piece.marks)) runs[runs.length - 1] = { ...run, text: run.text + out };
    else runs.push({ ...piece.marks, text: out });
    if (piece.marks.href !== undefined) linked += out.trim().length;
    text += out;
  }
  if (text === '') return null;
  return seams !== '' && text.length <= MOST_SPACED
    ? { runs, text, linked, indented, spaced: seams + text.slice(seamed) }
    : { runs, text, linked, indented };
}

function sameMarks(run: Run, marks: Marks): boolean {
  return (
    run.href === marks.href && run.bold === marks.bold && run.italic === marks.italic && run.script === marks.script
  );
}

// Sentence ends that a paragraph of print closes with.
const AFTER_END =
  /(?:(?<=[。！？!?；;：:”’」』）)】…])[ \u00a0\u3000\t]{2,}|[\u3000\u2003]{2,}|(?:\?{4})+[\s\u3000]*|(?<=[（(]完[）)])\s*)/g;
const NEAR = 4;

/** Where `text`, written in one go, holds several paragraphs: the parts, indents kept at their head. */
export function splitParagraphs(text: string): readonly string[] {
  if (!/\S[ \u00a0\u3000\u2003\t]{2}|\?{4}|[（(]完[）)]/.test(text)) return [text];
  const parts: string[] = [];
  let from = 0;
  for (const match of text.matchAll(AFTER_END)) {
    const before = text.slice(from, match.index).trim();
    const after = text.slice(match.index + match[0].length, match.index + match[0].length + NEAR).trim();
    const end = /[。！？!?；;：:”’」』）)】…]$/.test(before);
    // Two-character names are spread with wide blanks to the width of three.
    if (before === '' || after === '' || (!end && (before.length < NEAR || after.length < NEAR))) continue;
    parts.push(text.slice(from, match.index));
    from = match.index;
  }
  parts.push(text.slice(from));
  return parts;
}
