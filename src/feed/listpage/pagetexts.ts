/** Takes an element's text apart into pieces as a reader sees them, so that neighbours are never glued together. */
import { dropControls } from '../bytes/controls.ts';
import { isSilent, type PageElement } from './pagetree.ts';

export interface TextPiece {
  readonly text: string;
  /** The innermost element that holds all of it. */
  readonly element: PageElement;
}

/** Elements that only dress a part of a line. */
const DRESS = new Set(['b', 'strong', 'em', 'i', 'u', 'font', 'mark', 'sub', 'sup', 'small', 'big', 'wbr', 'ins', 'q']);
/** Elements of a line that may also stand for a cell of their own. */
const INLINE = new Set(['span', 'a', 'label', 'abbr', 'bdi', 'cite']);
/** Characters that are read of one element. */
const MOST_TEXT = 8000;

/** What is not flat: anything but single spaces between letters and signs, in a text that may hold no controls. */
const UNEVEN = /[^\S ]| {2}|^ | $|[\u0000-\u001f\u007f-\u009f\u200b\ud800-\udfff\ufffd-\uffff]/;

export function flatText(text: string): string {
  if (!UNEVEN.test(text)) return text;
  return dropControls(text)
    .text.replace(/[\u200b\ufeff]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

const touches = (part: PageElement | string | undefined, side: 'start' | 'end'): boolean => {
  if (typeof part !== 'string' || part === '') return false;
  return !/\s/.test(side === 'start' ? part.charAt(0) : part.charAt(part.length - 1));
};

/**
 * The pieces of `element` in order. `apart`: every element begins a piece; otherwise what dresses a part of a line stays in it,
 * as does a `span` that text touches. `skip` leaves out elements; `most` characters are read.
 */
export function textPieces(
  element: PageElement,
  apart: boolean,
  skip: (inner: PageElement) => boolean = () => false,
  most = MOST_TEXT,
): readonly TextPiece[] {
  const pieces: TextPiece[] = [];
  let text = '';
  let owner: PageElement = element;
  let room = most;
  const flush = (): void => {
    const flat = flatText(text);
    if (flat !== '') pieces.push({ text: flat, element: owner });
    text = '';
  };
  const isJoined = (parent: PageElement, at: number, inner: PageElement): boolean => {
    if (apart) return false;
    if (DRESS.has(inner.name)) return true;
    if (!INLINE.has(inner.name)) return false;
    return touches(parent.content[at - 1], 'end') || touches(parent.content[at + 1], 'start');
  };
  const walk = (at: PageElement): void => {
    for (let place = 0; place < at.content.length && room > 0; place++) {
      const part = at.content[place] as PageElement | string;
      if (typeof part === 'string') {
        if (text === '') owner = at;
        room -= part.length;
        text += part;
        continue;
      }
      if (isSilent(part) || skip(part)) continue;
      const joined = isJoined(at, place, part);
      if (!joined) flush();
      walk(part);
      if (!joined) flush();
    }
  };
  walk(element);
  flush();
  return pieces;
}
