/** Writes kept blocks as safe HTML and as plain text: no byte of a publisher's markup is passed through. */
import type { Block, ImageBlock, Run } from './blocks.ts';
import { textOfRuns } from './blocks.ts';
import { escapeMarkup } from '../../text/html.ts';

function writeRuns(runs: readonly Run[]): string {
  let out = '';
  for (const run of runs) {
    let html = escapeMarkup(run.text);
    if (run.script !== undefined) html = `<${run.script}>${html}</${run.script}>`;
    if (run.italic === true) html = `<em>${html}</em>`;
    if (run.bold === true) html = `<strong>${html}</strong>`;
    if (run.href !== undefined)
      html = `<a href="${escapeMarkup(run.href)}" rel="noopener noreferrer nofollow">${html}</a>`;
    out += html;
  }
  return out;
}

function writeBlock(block: Block): string {
  if (block.kind === 'list') {
    const tag = block.ordered ? 'ol' : 'ul';
    return `<${tag}>${block.items.map((item) => `<li>${writeRuns(item)}</li>`).join('')}</${tag}>`;
  }
  if (block.kind === 'table') {
    return `<table><tbody>${block.rows.map((row) => `<tr>${row.map(writeCell).join('')}</tr>`).join('')}</tbody></table>`;
  }
  if (block.kind === 'image') return writeImage(block);
  if (block.kind === 'quote') return `<blockquote><p>${writeRuns(block.runs)}</p></blockquote>`;
  if (block.kind === 'paragraph') return `<p>${writeRuns(block.runs)}</p>`;
  // The entry's own title is the page's first heading.
  const level = Math.min(Math.max(block.level, 2), 6);
  return `<h${level}>${writeRuns(block.runs)}</h${level}>`;
}

function writeImage(block: ImageBlock): string {
  const image = `<img src="${escapeMarkup(block.src)}" alt="${escapeMarkup(block.alt)}" loading="lazy" referrerpolicy="no-referrer">`;
  const caption = block.caption === '' ? '' : `<figcaption>${escapeMarkup(block.caption)}</figcaption>`;
  return caption === '' ? `<p>${image}</p>` : `<figure>${image}${caption}</figure>`;
}

function writeCell(cell: {
  readonly head: boolean;
  readonly columns: number;
  readonly rows: number;
  readonly runs: readonly Run[];
}): string {
  const tag = cell.head ? 'th' : 'td';
  const columns = cell.columns > 1 ? ` colspan="${cell.columns}"` : '';
  const rows = cell.rows > 1 ? ` rowspan="${cell.rows}"` : '';
  return `<${tag}${columns}${rows}>${writeRuns(cell.runs)}</${tag}>`;
}

export function writeHtml(blocks: readonly Block[]): string {
  return blocks.map(writeBlock).join('\n');
}

/** One line a paragraph, heading, list item or table row, none for pictures and captions. */
export function writeText(blocks: readonly Block[]): string {
  const lines: string[] = [];
  for (const block of blocks) {
    if (block.kind === 'list') lines.push(...block.items.map((item) => textOfRuns(item)));
    else if (block.kind === 'table') lines.push(...block.text.split('\n'));
    else if (block.text !== '') lines.push(block.text);
  }
  return lines.join('\n');
}
