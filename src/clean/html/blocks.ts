/** The blocks of runs in which every item is held while rules look at it, and how to cut them. */

/** A stretch of text with one formatting. */
export interface Run {
  readonly text: string;
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly script?: 'sub' | 'sup';
  /** Absolute and safe, or absent. */
  readonly href?: string;
}

interface Placed {
  /** Class and id words of the elements around, from the content's container inwards, lower-case. */
  readonly hint: string;
  /** Characters of `text` inside links. */
  readonly linked: number;
  /** The paragraph began as Chinese print indents it: U+3000, `????`, blanks. */
  readonly indented: boolean;
  readonly centred: boolean;
}

export interface TextBlock extends Placed {
  readonly kind: 'paragraph' | 'heading' | 'quote';
  readonly runs: readonly Run[];
  readonly text: string;
  /** `text` with a blank where one element ended and the next began; absent where that changes nothing. */
  readonly spaced?: string;
  /** 1–6 for headings, 0 otherwise. */
  readonly level: number;
}

export interface ListBlock extends Placed {
  readonly kind: 'list';
  readonly ordered: boolean;
  readonly items: readonly (readonly Run[])[];
  readonly text: string;
}

export interface Cell {
  readonly head: boolean;
  readonly columns: number;
  readonly rows: number;
  readonly runs: readonly Run[];
}

export interface TableBlock extends Placed {
  readonly kind: 'table';
  readonly rows: readonly (readonly Cell[])[];
  readonly text: string;
}

export interface ImageBlock extends Placed {
  readonly kind: 'image';
  readonly src: string;
  readonly alt: string;
  readonly caption: string;
  readonly text: '';
}

export type Block = TextBlock | ListBlock | TableBlock | ImageBlock;

export function textOfRuns(runs: readonly Run[]): string {
  if (runs.length === 1) return runs[0]?.text ?? '';
  let text = '';
  for (const run of runs) text += run.text;
  return text;
}

/** The runs of characters `from` up to `to`. */
function sliceRuns(runs: readonly Run[], from: number, to: number): readonly Run[] {
  const out: Run[] = [];
  let at = 0;
  for (const run of runs) {
    const start = Math.max(from - at, 0);
    const end = Math.min(to - at, run.text.length);
    if (start < end)
      out.push(start === 0 && end === run.text.length ? run : { ...run, text: run.text.slice(start, end) });
    at += run.text.length;
    if (at >= to) break;
  }
  return out;
}

/** `block` reduced to characters `from` up to `to` of its text, blanks at both ends gone; null where nothing is left. */
export function cutBlock(block: TextBlock, from: number, to: number): TextBlock | null {
  let start = Math.max(0, from);
  let end = Math.min(block.text.length, to);
  while (start < end && /\s/.test(block.text.charAt(start))) start++;
  while (end > start && /\s/.test(block.text.charAt(end - 1))) end--;
  if (start >= end) return null;
  if (start === 0 && end === block.text.length) return block;
  const runs = sliceRuns(block.runs, start, end);
  let linked = 0;
  for (const run of runs) if (run.href !== undefined) linked += run.text.length;
  return { ...block, runs, text: block.text.slice(start, end), linked };
}
