/** Parses JSON from other servers within bounds: a document of brackets takes a hundred times its length in memory. */

/** Brackets within brackets. Feeds have four levels; the state that an application leaves in its page some twenty. */
export const MOST_JSON_DEPTH = 200;
/** Objects and lists. A feed of 5,000 items that each name 64 authors and as many files has 650,000. */
export const MOST_JSON_NODES = 1_000_000;

/** Thrown of JSON that is more than the bounds allow; nothing of it was parsed. */
export class JsonBoundsError extends Error {}

/** How many entries of a list are read, by how deep it stands: a list in an object is at 2. */
export type MostListed = (depth: number) => number;

/**
 * As JSON.parse; throws a JsonBoundsError where the text nests deeper, or holds more objects and lists, than is allowed.
 * Entries of a list beyond what `mostListed` allows are left out before they are parsed.
 */
export function parseBoundedJson(text: string, mostListed: MostListed = () => Infinity): unknown {
  const bounded = withinBounds(text, mostListed);
  if (bounded === null) throw new JsonBoundsError('JSON beyond bounds');
  return JSON.parse(bounded);
}

const [QUOTE, BACKSLASH, COMMA, LIST] = [0x22, 0x5c, 0x2c, 0x5b];
const isOpening = (code: number) => code === LIST || code === 0x7b;
const isClosing = (code: number) => code === 0x5d || code === 0x7d;

/** `text` without what its lists have too many of; null where it is more than the bounds allow. */
function withinBounds(text: string, mostListed: MostListed): string | null {
  let nodes = 0;
  /** Of what is open here, how many more entries it may have: of objects any number. */
  const room: number[] = [];
  const kept: string[] = [];
  let keptTo = 0;
  /** How deep the list stands whose rest is left out, and where that begins; 0: none. */
  let [cutDepth, cutFrom] = [0, 0];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at + 1);
    else if (isOpening(code)) {
      if (room.length === MOST_JSON_DEPTH || ++nodes > MOST_JSON_NODES) return null;
      room.push(code === LIST ? mostListed(room.length + 1) - 1 : Infinity);
    } else if (isClosing(code)) {
      if (room.length === cutDepth && cutDepth > 0) {
        kept.push(text.slice(keptTo, cutFrom));
        keptTo = at;
        cutDepth = 0;
      }
      room.pop();
    } else if (code === COMMA && cutDepth === 0) {
      const left = (room[room.length - 1] ?? Infinity) - 1;
      room[room.length - 1] = left;
      if (left < 0) [cutDepth, cutFrom] = [room.length, at];
    }
  }
  return keptTo === 0 ? text : kept.join('') + text.slice(keptTo);
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
