/** Turns the kept blocks of an item into those of its text, and says what its opening, byline and editor in brackets named. */
import { bare, fold } from '../../zh/script.ts';
import type { Removal } from './removal.ts';
import { cutBlock } from '../html/blocks.ts';
import type { Block } from '../html/blocks.ts';
import { gluedCaption } from '../lines/captionlines.ts';
import { writeText } from '../html/write.ts';
import { readClosing, readClosingEditor } from '../../zh/byline.ts';
import { findOpening, type FoundOpening } from '../../zh/opening.ts';
import type { Judged } from '../lines/judge.ts';

const END_MARK = /\s?\((?:完|待续|本文完|全文完|未完待续)\)$/;

export interface Shaped {
  readonly blocks: readonly Block[];
  /** Plain paragraphs joined by \n. */
  readonly text: string;
  readonly removed: readonly Removal[];
  readonly opening: FoundOpening | null;
  readonly authors: readonly string[];
  /** Labels in brackets that name the editor at the end. */
  readonly editors: readonly string[];
}

/** Reads opening and closing byline, takes end marks and repeated titles off. */
export function shape(kept: readonly Judged[], title: string): Shaped {
  const removed: Removal[] = [];
  const blocks: Block[] = [];
  const bareTitle = bare(fold(title));
  let authors: readonly string[] = [];
  const editors: string[] = [];
  kept.forEach((one, at) => {
    let { block } = one;
    if (block.kind === 'image' || block.kind === 'list' || block.kind === 'table') {
      blocks.push(block);
      return;
    }
    if (at < 8 && bareTitle.length >= 6 && one.folded.length < bareTitle.length * 2 && bare(one.folded) === bareTitle) {
      removed.push({ rule: 'place.repeated-title', text: block.text });
      return;
    }
    const mark = one.folded.endsWith(')') ? END_MARK.exec(one.folded) : null;
    if (mark !== null) {
      removed.push({ rule: 'end.mark', text: block.text.slice(mark.index) });
      const cut = cutBlock(block, 0, mark.index);
      if (cut === null) return;
      block = cut;
    }
    const glued = gluedCaption(one.folded);
    if (glued > 0 && block.text === one.block.text) {
      removed.push({ rule: 'end.glued-caption', text: block.text.slice(glued) });
      block = cutBlock(block, 0, glued) ?? block;
    }
    if (at >= kept.length - 2) {
      const edited = readClosingEditor(fold(block.text));
      if (edited !== null) {
        removed.push({ rule: 'end.editor', text: block.text.slice(edited.at) });
        editors.push(block.text.slice(edited.at));
        const cut = cutBlock(block, 0, edited.at);
        if (cut === null) return;
        block = cut;
      }
      const folded = fold(block.text);
      const closing = readClosing(block.text, folded);
      if (closing !== null) {
        removed.push({ rule: 'end.byline', text: block.text.slice(closing.at) });
        authors = [...authors, ...closing.authors];
        const cut = cutBlock(block, 0, closing.at);
        if (cut === null) return;
        block = cut;
      }
    }
    blocks.push(block);
  });
  const text = writeText(blocks);
  const opening = findOpening(text);
  return {
    blocks,
    text,
    removed,
    opening,
    authors: [...(opening?.people ?? []), ...authors],
    editors,
  };
}
