/**
 * Turns a set of hashes into its few smallest, which tell how far one set lies in another: the bottom-k sketch of
 * A. Broder, "On the resemblance and containment of documents" (1997), written in Golomb–Rice code.
 */

/** Bits of a hash that a sketch keeps: one shingle meets 700 others by chance in 1 of 370, far under what decides. */
const HASH_BITS = 18;
const HASH_RANGE = 2 ** HASH_BITS;

export interface Sketch {
  /** Ascending and distinct, each below 2^18. */
  readonly values: Uint32Array;
  /** Size of the whole set; more than `values` holds where the sketch is cut. */
  readonly total: number;
}

export interface Containment {
  /** Part of the first set that lies in the second, 0–1. */
  readonly share: number;
  /** How many members the estimate rests on. */
  readonly sample: number;
}

export const EMPTY_SKETCH: Sketch = { values: new Uint32Array(0), total: 0 };

/** The `most` smallest of the first `count` hashes (unsigned 32-bit); `hashes` comes back in disorder. */
export function makeSketch(hashes: Uint32Array, count: number, most: number): Sketch {
  if (count === 0) return EMPTY_SKETCH;
  const total = keepDistinct(hashes, count);
  const least = hashes.subarray(0, keepLeast(hashes, total, most)).sort();
  return { values: least.slice(0, Math.min(most, total)), total };
}

/** Whether a hash was met, a bit each; clear between sketches. */
const met = new Uint32Array(HASH_RANGE / 32);

/** Moves the distinct ones of the first `count` hashes to the front, cut to their bits; how many there are. */
function keepDistinct(hashes: Uint32Array, count: number): number {
  let total = 0;
  for (let i = 0; i < count; i++) {
    const value = (hashes[i] as number) >>> (32 - HASH_BITS);
    const known = met[value >>> 5] as number;
    const bit = 1 << (value & 31);
    if ((known & bit) !== 0) continue;
    met[value >>> 5] = known | bit;
    hashes[total++] = value;
  }
  for (let i = 0; i < total; i++) met[(hashes[i] as number) >>> 5] = 0;
  return total;
}

/** Classes of hashes by size: to sort the few of the first classes takes a fifth of sorting all. */
const CLASS_BITS = 8;
const classes = new Uint32Array(2 ** CLASS_BITS);

/** Moves the hashes of the first classes to the front, so that the `most` smallest are among them; how many they are. */
function keepLeast(hashes: Uint32Array, total: number, most: number): number {
  if (total <= most) return total;
  classes.fill(0);
  const shift = HASH_BITS - CLASS_BITS;
  for (let i = 0; i < total; i++) (classes[(hashes[i] as number) >>> shift] as number)++;
  let last = 0;
  for (let sum = classes[0] as number; sum < most; sum += classes[last] as number) last++;
  let kept = 0;
  for (let i = 0; i < total; i++) {
    const value = hashes[i] as number;
    if (value >>> shift <= last) hashes[kept++] = value;
  }
  return kept;
}

/** How much of the set behind `part` lies in the set behind `whole`; a sample of 0 where the sketches do not meet. */
export function containment(part: Sketch, whole: Sketch): Containment {
  const limit = Math.min(reach(part), reach(whole));
  let sample = 0;
  let hits = 0;
  let at = 0;
  for (const value of part.values) {
    if (value > limit) break;
    sample++;
    while (at < whole.values.length && (whole.values[at] as number) < value) at++;
    if (whole.values[at] === value) hits++;
  }
  return { share: sample === 0 ? 0 : hits / sample, sample };
}

/** Up to which hash the sketch knows every member of its set. */
function reach(sketch: Sketch): number {
  return sketch.values.length < sketch.total ? (sketch.values.at(-1) ?? -1) : HASH_RANGE;
}

/** Compact ASCII: total, count, Rice's parameter, then the gaps between values in Rice code, base64url. */
export function writeSketch({ values, total }: Sketch): string {
  if (values.length === 0) return '';
  const shift = riceShift(values.at(-1) ?? 0, values.length);
  const bytes = Buffer.alloc(values.length * 5 + 8);
  let size = 0;
  let word = 0;
  /** Bits of `word` that are not in `bytes` yet. */
  let held = 0;
  let last = -1;
  for (const value of values) {
    const gap = value - last - 1;
    // As many ones as the gap has whole steps, a zero, and the rest of the gap.
    for (let steps = gap >> shift; steps > 0; steps--) {
      word = (word << 1) | 1;
      if (++held < 8) continue;
      bytes[size++] = word;
      word = held = 0;
    }
    word = (word << (shift + 1)) | (gap & ((1 << shift) - 1));
    for (held += shift + 1; held >= 8; held -= 8) bytes[size++] = word >>> (held - 8);
    word &= (1 << held) - 1;
    last = value;
  }
  if (held > 0) bytes[size++] = word << (8 - held);
  const body = bytes.toString('base64url', 0, size);
  return `${total.toString(36)}.${values.length.toString(36)}.${shift.toString(36)}.${body}`;
}

/** Zeros behind the code: two words and a remainder may be read past its end. */
const PADDING = 16;
/** Bits of a word of 32 that are there wherever in its first byte it begins. */
const WORD_BITS = 25;
/** Where sketches are decoded; none that is written takes a tenth of it. */
const decoded = Buffer.alloc(4096);

/** What `writeSketch` wrote; an empty sketch where the text is none. */
export function readSketch(text: string): Sketch {
  const [total, count, shift, body] = text.split('.');
  if (total === undefined || count === undefined || shift === undefined || body === undefined) return EMPTY_SKETCH;
  const bytes = body.length + PADDING <= decoded.length ? decoded : Buffer.alloc(body.length + PADDING);
  const written = bytes.write(body, 'base64url');
  bytes.fill(0, written, written + PADDING);
  const values = new Uint32Array(Math.min(readNumber(count), written * 8));
  const known = readGaps(bytes, written * 8, Math.min(readNumber(shift), HASH_BITS), values);
  return { values: known < values.length ? values.slice(0, known) : values, total: readNumber(total) };
}

/** Fills `values` from the first `end` bits of `bytes`, Rice code with remainders of `width` bits; how many there were. */
function readGaps(bytes: Buffer, end: number, width: number, values: Uint32Array): number {
  const code = new DataView(bytes.buffer, bytes.byteOffset);
  const wordAt = (bit: number): number => code.getInt32(bit >> 3) << (bit & 7);
  const step = 2 ** width;
  let bit = 0;
  let last = -1;
  let count = 0;
  for (; count < values.length && bit < end; count++) {
    // As many ones as the gap has whole steps, a zero, and the rest of the gap.
    let word = wordAt(bit);
    let steps = Math.clz32(~word);
    if (steps >= WORD_BITS) for (steps = 0; bit + steps < end && wordAt(bit + steps) < 0;) steps++;
    bit += steps + 1;
    // Most often both parts are in one word.
    word = steps + 1 + width <= WORD_BITS ? word << (steps + 1) : wordAt(bit);
    last += steps * step + (width === 0 ? 0 : word >>> (32 - width)) + 1;
    bit += width;
    values[count] = last;
  }
  return count;
}

function readNumber(text: string): number {
  const number = Number.parseInt(text, 36);
  return Number.isFinite(number) && number > 0 ? number : 0;
}

/** Rice's parameter for gaps of this mean (R. Rice, 1979): the mean times ln 2, as a power of two. */
function riceShift(largest: number, count: number): number {
  return Math.max(0, Math.floor(Math.log2(Math.max(1, (largest / count) * Math.LN2))));
}
