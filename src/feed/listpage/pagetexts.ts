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

/** An element as it is read: its pieces so far, and the one that is being put together. */
interface Reading {
  readonly pieces: TextPiece[];
  readonly apart: boolean;
  readonly skip: ((inner: PageElement) => boolean) | null;
  text: string;
  owner: PageElement;
  /** Characters that are still read. */
  room: number;
}

function isJoined(apart: boolean, parent: PageElement, at: number, { name }: PageElement): boolean {
  if (apart) return false;
  if (DRESS.has(name)) return true;
  if (!INLINE.has(name)) return false;
  return touches(parent.content[at - 1], 'end') || touches(parent.content[at + 1], 'start');
}

function flush(reading: Reading): void {
  if (reading.text === '') return;
  const flat = flatText(reading.text);
  if (flat !== '') reading.pieces.push({ text: flat, element: reading.owner });
  reading.text = '';
}

function readPieces(reading: Reading, element: PageElement): void {
  for (let place = 0; place < element.content.length && reading.room > 0; place++) {
    const part = element.content[place] as PageElement | string;
    if (typeof part === 'string') {
      if (reading.text === '') reading.owner = element;
      reading.room -= part.length;
      reading.text += part;
      continue;
    }
    if (isSilent(part) || reading.skip?.(part) === true) continue;
    const joined = isJoined(reading.apart, element, place, part);
    if (!joined) flush(reading);
    readPieces(reading, part);
    if (!joined) flush(reading);
  }
}

/**
 * The pieces of `element` in order. `apart`: every element begins a piece; otherwise what dresses a part of a line stays in it,
 * as does a `span` that text touches. `skip` leaves out elements; `most` characters are read.
 */
export function textPieces(
  element: PageElement,
  apart: boolean,
  skip: ((inner: PageElement) => boolean) | null = null,
  most = MOST_TEXT,
): readonly TextPiece[] {
  const reading: Reading = { pieces: [], apart, skip, text: '', owner: element, room: most };
  readPieces(reading, element);
  flush(reading);
  return reading.pieces;
}
