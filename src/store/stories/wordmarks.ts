/**
 * Says under which numbers a text is found again: a Bloom filter over its characters, pairs of neighbouring ones, and Latin
 * words and numbers whole: ai is not in shanghai, nor 17 in 2017. A text that contains a word has all numbers of the word;
 * a few others have them, too, so what is found has to be read.
 */
import type { EditionRow } from '../../model/story.ts';
import { latinWordsOf } from '../../text/wholeword.ts';
import { fold } from '../../zh/script.ts';

/**
 * Numbers are below this. With three for each of the some 600 different characters and pairs of a news text, one text in
 * 140 has all numbers of a pair that is not in it. The marks of 32 stories then take 32,640 bytes, which with what Redis
 * adds fits into 32 KiB; a little more would take 40 KiB.
 */
const MARKS = 8_160;

/** Stories that share a string, in which each mark has four bytes. */
export const CHUNK_STORIES = 32;
export const CHUNK_BYTES = (MARKS * CHUNK_STORIES) / 8;

/** All that a reader's words are looked for in, folded: the lead's text, and the headline of each copy. */
export function searchText({ lead, story }: EditionRow): string {
  return fold([lead.title, lead.summary, lead.text, ...story.copies.map((copy) => copy.title)].join('\n'));
}

/** Sets the bits of the story at `place` of its day: those of the numbers of its folded text. */
export function markStory(bits: Buffer, place: number, folded: string): void {
  const at = place % CHUNK_STORIES;
  // As SETBIT numbers them: the first bit is the highest of the first byte.
  const [byte, bit] = [at >> 3, 0x80 >> (at & 7)];
  const mark = (number: number) => {
    bits[number * 4 + byte] = (bits[number * 4 + byte] ?? 0) | bit;
  };
  let before = 0;
  for (let i = 0; i < folded.length; i++) {
    const unit = folded.charCodeAt(i);
    if (isBlank(unit)) {
      before = 0;
      continue;
    }
    eachMark(unit, mark);
    if (before !== 0) eachMark(before * 0x1_0000 + unit, mark);
    before = unit;
  }
  for (const word of new Set(latinWordsOf(folded))) eachMark(wholeGram(word), mark);
}

/** The numbers that every text with all of these folded words has, those that fewest texts have first. */
export function marksOfWords(words: readonly string[]): number[] {
  const numbers = new Set<number>();
  const take = (number: number) => void numbers.add(number);
  for (const whole of new Set(words.flatMap(latinWordsOf))) eachMark(wholeGram(whole), take);
  for (const word of words) {
    // The characters of a pair have numbers of their own, which say less than the pair.
    if (word.length === 1) eachMark(word.charCodeAt(0), take);
    for (let i = 1; i < word.length; i++) eachMark(word.charCodeAt(i - 1) * 0x1_0000 + word.charCodeAt(i), take);
  }
  return [...numbers];
}

function isBlank(unit: number): boolean {
  return unit === 0x20 || (unit >= 9 && unit <= 13);
}

/** A Latin word or number as one 32-bit integer (FNV-1a: G. Fowler, L. C. Noll, P. Vo; public domain). */
function wholeGram(word: string): number {
  let hash = 0x811c_9dc5;
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 0x0100_0193);
  return hash >>> 0;
}

/** Three numbers of a character, or of a pair or a whole word in one 32-bit integer. */
function eachMark(gram: number, take: (number: number) => void): void {
  const first = mix(gram);
  take(first % MARKS);
  take(Math.floor(first / MARKS) % MARKS);
  take(mix(gram ^ 0x9e37_79b9) % MARKS);
}

/** The finaliser of MurmurHash3 (Austin Appleby, public domain): every bit of the input moves half of the output's. */
function mix(value: number): number {
  let hash = value ^ (value >>> 16);
  hash = Math.imul(hash, 0x85eb_ca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2_ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
