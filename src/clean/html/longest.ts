/** Cuts an article where it is longer than any: what follows is left out. */
import { type Block, cutBlock, type ImageBlock, type Run, type TextBlock } from './blocks.ts';

/** Characters of text. The longest documents that newspapers print whole, five-year plans, have 70,000. */
export const MOST_TEXT = 100_000;
/** Characters of text and addresses, with the markup around these, together: a link or picture to every other line of the longest. */
export const MOST_WRITTEN = 250_000;

/** The blocks up to both bounds; the one that goes beyond the text is cut where it is a paragraph. */
export function withinLongest(blocks: readonly Block[]): {
  readonly blocks: readonly Block[];
  readonly isWhole: boolean;
} {
  const kept: Block[] = [];
  let text = 0;
  let written = 0;
  for (const block of blocks) {
    const own = block.text.length + 1;
    const all = own + addressesOf(block);
    if (text + own > MOST_TEXT || written + all > MOST_WRITTEN) {
      const rest = Math.min(MOST_TEXT - text, MOST_WRITTEN - written - (all - own));
      const cut = rest > 0 && isText(block) ? cutBlock(block, 0, rest) : null;
      if (cut !== null) kept.push(cut);
      return { blocks: kept, isWhole: false };
    }
    text += own;
    written += all;
    kept.push(block);
  }
  return { blocks, isWhole: true };
}

const isText = (block: Block): block is TextBlock =>
  block.kind === 'paragraph' || block.kind === 'heading' || block.kind === 'quote';

/** Characters that a picture, and a link, is written with besides its address. */
const AROUND = 80;

function addressesOf(block: Block): number {
  if (block.kind === 'image') return block.src.length + block.alt.length + AROUND;
  let sum = 0;
  for (const { href } of runsOf(block)) if (href !== undefined) sum += href.length + AROUND;
  return sum;
}

function runsOf(block: Exclude<Block, ImageBlock>): readonly Run[] {
  if (block.kind === 'list') return block.items.flat();
  return block.kind === 'table' ? block.rows.flat().flatMap((cell) => cell.runs) : block.runs;
}
