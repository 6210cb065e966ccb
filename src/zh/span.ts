/** A stretch of a text, as the readers of this room hand it on: [start, end), in UTF-16 units. */
export type Span = readonly [start: number, end: number];

const EDGE = /[\s、·]/;

/** [start, end) of `text` without the blanks and commas at its ends; null where nothing is left. */
export function trimSpan(text: string, start: number, end: number): Span | null {
  let [from, to] = [start, end];
  while (from < to && EDGE.test(text.charAt(from))) from++;
  while (to > from && EDGE.test(text.charAt(to - 1))) to--;
  return from < to ? [from, to] : null;
}
