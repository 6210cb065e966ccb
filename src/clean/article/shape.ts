/** Turns the kept blocks of an item into those of its text, and says what its dateline, byline and editor in brackets named. */
import { fold } from '../../zh/script.ts';
import type { Removal } from './removal.ts';
import { cutBlock } from '../html/blocks.ts';
import type { Block } from '../html/blocks.ts';
import { gluedCaption } from '../lines/captions.ts';
import { readClosing, readClosingEditor, readDateline } from '../../zh/opening.ts';
import type { ReadDateline } from '../../zh/readdateline.ts';
import type { Judged } from '../lines/judge.ts';
import { bare } from '../fields/title.ts';

const END_MARK = /\s*\((?:完|待续|本文完|全文完|未完待续)\)$/;

export interface Shaped {
  readonly blocks: readonly Block[];
  readonly removed: readonly Removal[];
  readonly dateline: ReadDateline | null;
  readonly authors: readonly string[];
  /** Labels in brackets that name the editor at the end. */
  readonly editors: readonly string[];
  /** Characters of the text that a dateline at its very beginning takes. */
  readonly opening: number;
  /** A byline said 本报 or its like. */
  readonly ownPaper: boolean;
}

/** Reads dateline and closing byline, takes end marks and repeated titles off. */
export function shape(kept: readonly Judged[], title: string): Shaped {
  const removed: Removal[] = [];
  const blocks: Block[] = [];
  const bareTitle = bare(fold(title));
  let dateline: ReadDateline | null = null;
  let authors: readonly string[] = [];
  const editors: string[] = [];
  let ownPaper = false;
  let opening = 0;
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
    if (dateline === null && at < 6) {
      dateline = readDateline(block.text, one.folded);
      if (dateline !== null) {
        authors = [...authors, ...dateline.authors];
        ownPaper ||= dateline.own;
        if (blocks.length === 0 && dateline.length < block.text.length) opening = dateline.length;
      }
    }
    const mark = one.folded.endsWith(')') ? END_MARK.exec(one.folded) : null;
    if (mark !== null) {
      removed.push({ rule: 'end.mark', text: block.text.slice(mark.index) });
      const cut = cutBlock(block, 0, mark.index);
      if (cut === null) return;
      block = cut;
    }
    const glued = block.text.length > 60 ? gluedCaption(one.folded) : -1;
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
        ownPaper ||= /本报|本网|本台/.test(folded.slice(closing.at));
        const cut = cutBlock(block, 0, closing.at);
        if (cut === null) return;
        block = cut;
      }
    }
    blocks.push(block);
  });
  return { blocks, removed, dateline, authors, editors, opening, ownPaper };
}
