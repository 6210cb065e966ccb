/** Reads lists and tables of data as one block each, and leaves those that only lay out a page to be read part by part. */
import type { Cell, ListBlock, Run, TableBlock } from './blocks.ts';
import { textOfRuns } from './blocks.ts';
import type { Element } from './tree.ts';

/** The runs of an element that holds inline content only; null where it holds more. */
export type ReadInline = (element: Element) => readonly Run[] | null;

const MOST_CELLS = 5000;
/** Characters; a longer cell is a column of a page. */
const LONGEST_CELL = 300;

/** What a list item or a cell of data never holds. Asked first, so that nested lists are not read once a level. */
const NESTING = new Set([
  'ul',
  'ol',
  'dl',
  'table',
  'blockquote',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'img',
  'iframe',
  'video',
  'audio',
  'embed',
  'figure',
  'pre',
]);

function isFlat(element: Element): boolean {
  return element.children.every((child) => typeof child === 'string' || (!NESTING.has(child.tag) && isFlat(child)));
}

/** A list of inline items as one block; null where it holds more than that. */
export function readList(element: Element, hint: string, read: ReadInline): ListBlock | null {
  const items: (readonly Run[])[] = [];
  for (const child of element.children) {
    if (typeof child === 'string') {
      if (child.trim() !== '') return null;
      continue;
    }
    if (child.tag !== 'li' || !isFlat(child)) return null;
    const runs = read(child);
    if (runs === null) return null;
    if (runs.length > 0) items.push(runs);
  }
  return {
    kind: 'list',
    ordered: element.tag === 'ol',
    items,
    text: items.map(textOfRuns).join('\n'),
    hint,
    linked: linkedIn(items),
    indented: false,
    centred: false,
  };
}

/** A table of data: at least two rows and columns of short inline cells. Every other table lays out a page: null. */
export function readTable(element: Element, hint: string, read: ReadInline): TableBlock | null {
  const rows: Cell[][] = [];
  let cells = 0;
  for (const row of rowsOf(element)) {
    const line: Cell[] = [];
    for (const child of row.children) {
      if (typeof child === 'string' || (child.tag !== 'td' && child.tag !== 'th')) continue;
      if (++cells > MOST_CELLS || !isFlat(child)) return null;
      const runs = read(child);
      if (runs === null) return null;
      line.push({ head: child.tag === 'th', columns: span(child, 'colspan'), rows: span(child, 'rowspan'), runs });
    }
    if (line.some((cell) => cell.runs.length > 0)) rows.push(line);
  }
  if (rows.length < 2 || !rows.some((row) => row.length > 1)) return null;
  const all = rows.flatMap((row) => row.map((cell) => cell.runs));
  if (all.some((runs) => textOfRuns(runs).length > LONGEST_CELL)) return null;
  return {
    kind: 'table',
    rows,
    text: rows.map((row) => row.map((cell) => textOfRuns(cell.runs)).join(' ')).join('\n'),
    hint,
    linked: linkedIn(all),
    indented: false,
    centred: false,
  };
}

function rowsOf(table: Element): readonly Element[] {
  const rows: Element[] = [];
  for (const child of table.children) {
    if (typeof child === 'string') continue;
    if (child.tag === 'tr') rows.push(child);
    else if (child.tag === 'tbody' || child.tag === 'thead' || child.tag === 'tfoot') rows.push(...rowsOf(child));
  }
  return rows;
}

function span(cell: Element, name: 'colspan' | 'rowspan'): number {
  const written = Number.parseInt(cell.attributes[name] ?? '1', 10);
  return written > 1 && written <= 100 ? written : 1;
}

function linkedIn(parts: readonly (readonly Run[])[]): number {
  let linked = 0;
  for (const runs of parts) for (const run of runs) if (run.href !== undefined) linked += run.text.trim().length;
  return linked;
}
