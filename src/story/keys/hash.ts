/** Turns a run of UTF-16 code units into 32 bits: MurmurHash3_x86_32, as Austin Appleby published it (2016, SMHasher). */

const C1 = 0xcc9e2d51;
const C2 = 0x1b873593;

/** Hash of `units[from, to)`, read as UTF-16LE bytes; an unsigned 32-bit number. */
export function hashUnits(units: Uint16Array, from: number, to: number, seed = 0): number {
  let hash = seed;
  let at = from;
  for (; at + 1 < to; at += 2) {
    hash ^= scramble(((units[at] as number) | ((units[at + 1] as number) << 16)) >>> 0);
    hash = (hash << 13) | (hash >>> 19);
    hash = (Math.imul(hash, 5) + 0xe6546b64) | 0;
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

/** Eight characters (48 bits) that stand for `units[from, to)`: among a million they collide once in hundreds of runs. */
export function tagUnits(units: Uint16Array, from: number, to: number): string {
  const low = hashUnits(units, from, to);
  const high = hashUnits(units, from, to, SECOND_SEED);
  let tag = '';
  for (let i = 0; i < 4; i++) tag += DIGITS.charAt((low >>> (6 * i)) & 63) + DIGITS.charAt((high >>> (6 * i)) & 63);
  return tag;
}

export function tagText(text: string): string {
  const units = new Uint16Array(text.length);
  for (let i = 0; i < text.length; i++) units[i] = text.charCodeAt(i);
  return tagUnits(units, 0, units.length);
}
