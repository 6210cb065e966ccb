/** Turns a run of UTF-16 code units into 32 bits: MurmurHash3_x86_32, as Austin Appleby published it (2016, SMHasher). */

const C1 = 0xcc9e2d51;
const C2 = 0x1b873593;

/** Hash of `units[from, to)`, read as UTF-16LE bytes; an unsigned 32-bit number. */
export function hashUnits(units: Uint16Array, from: number, to: number, seed = 0): number {
  let hash = seed;
  let at = from;
  for (; at + 1 < to; at += 2) {
    hash = mix(hash, scramble(blockAt(units, at)));
  }
  if (at < to) hash ^= scramble(units[at] as number);
  return finish(hash ^ ((to - from) * 2));
}

/** Hash of a whole text. */
export function hashText(text: string, seed = 0): number {
  const units = new Uint16Array(text.length);
  for (let i = 0; i < text.length; i++) units[i] = text.charCodeAt(i);
  return hashUnits(units, 0, units.length, seed);
}

/** Two units, the first one low. */
function blockAt(units: Uint16Array, at: number): number {
  return ((units[at] as number) | ((units[at + 1] as number) << 16)) >>> 0;
}

/** Takes a scrambled block into the hash. */
function mix(hash: number, block: number): number {
  const mixed = hash ^ block;
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
}

function scramble(block: number): number {
  const mixed = Math.imul(block, C1);
  return Math.imul((mixed << 15) | (mixed >>> 17), C2);
}

function finish(hash: number): number {
  let h = hash;
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

const SECOND_SEED = 0x9747b28c;
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_';
/** Two digits for every twelve bits. */
const PAIRS: readonly string[] = Array.from(
  { length: 4096 },
  (_, bits) => DIGITS.charAt(bits >>> 6) + DIGITS.charAt(bits & 63),
);

/**
 * Eight characters (48 bits) that stand for `units[from, to)`: among a million they collide once in hundreds of runs. They
 * are of `hashUnits` by two seeds, a digit of each in turn, which are taken in one walk.
 */
export function tagUnits(units: Uint16Array, from: number, to: number): string {
  let [low, high] = [0, SECOND_SEED];
  let at = from;
  for (; at + 1 < to; at += 2) {
    const block = scramble(blockAt(units, at));
    low = mix(low, block);
    high = mix(high, block);
  }
  if (at < to) {
    const block = scramble(units[at] as number);
    low ^= block;
    high ^= block;
  }
  low = finish(low ^ ((to - from) * 2));
  high = finish(high ^ ((to - from) * 2));
  return pairOf(low, high, 0) + pairOf(low, high, 6) + pairOf(low, high, 12) + pairOf(low, high, 18);
}

const pairOf = (low: number, high: number, shift: number): string =>
  PAIRS[(((low >>> shift) & 63) << 6) | ((high >>> shift) & 63)] as string;

/** Most texts that are tagged are words and addresses. */
const SHORT = new Uint16Array(512);

export function tagText(text: string): string {
  const units = text.length <= SHORT.length ? SHORT : new Uint16Array(text.length);
  for (let i = 0; i < text.length; i++) units[i] = text.charCodeAt(i);
  return tagUnits(units, 0, text.length);
}
