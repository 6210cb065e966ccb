/** Parses JSON from other servers within bounds: a document of brackets takes a hundred times its length in memory. */

/** Brackets within brackets. Feeds have four levels; the state that an application leaves in its page some twenty. */
export const MOST_JSON_DEPTH = 200;
/** Objects and lists. A feed of 5,000 items that each name 64 authors and as many files has 650,000. */
export const MOST_JSON_NODES = 1_000_000;

/** Thrown of JSON that is more than the bounds allow; nothing of it was parsed. */
export class JsonBoundsError extends Error {}

/** As JSON.parse; throws a JsonBoundsError where the text nests deeper, or holds more objects and lists, than is allowed. */
export function parseBoundedJson(text: string): unknown {
  if (!isWithinBounds(text)) throw new JsonBoundsError('JSON beyond bounds');
  return JSON.parse(text);
}

const [QUOTE, BACKSLASH] = [0x22, 0x5c];
const isOpening = (code: number) => code === 0x5b || code === 0x7b;
const isClosing = (code: number) => code === 0x5d || code === 0x7d;

function isWithinBounds(text: string): boolean {
  let [depth, nodes] = [0, 0];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at + 1);
    else if (isOpening(code)) {
      if (++depth > MOST_JSON_DEPTH || ++nodes > MOST_JSON_NODES) return false;
    } else if (isClosing(code)) depth--;
  }
  return true;
}

/** Index of the quote that ends the string; the text's length where none does. */
function endOfString(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at;
    if (code === BACKSLASH) at++;
  }
  return text.length;
}
