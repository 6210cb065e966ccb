/** Turns the surroundings of a doubtful name into the likeliest words, to see whether the name is one of them. */
import { readFileSync } from 'node:fs';
import { fold } from '../../zh/script.ts';

export interface Lexicon {
  /** Folded word → cost (negative log of its share). */
  readonly costs: ReadonlyMap<string, number>;
  readonly unknown: number;
  /** Costs of single characters, by character code; `unknown` where the dictionary has none. */
  readonly singles: Float64Array;
  /** Per slot of two characters, bit n set where a word of n characters may begin with them. */
  readonly sizes: Uint8Array;
}

/** Words longer than this are not in the lexicon, names neither. */
export const LONGEST_WORD = 5;
// Words reach across a name by at most three characters either way; six give their neighbours room too.
const REACH = 6;

/**
 * Unigram costs from data/words.tsv and data/words-seams.tsv. `skip` leaves out words that only continue a place name;
 * `names` (folded) count at least `least` times.
 */
export function loadLexicon(skip: (word: string) => boolean, names: ReadonlySet<string>, least: number): Lexicon {
  const counts = new Map<string, number>();
  for (const file of ['words-seams.tsv', 'words.tsv']) {
    for (const line of fold(readFileSync(new URL(`../data/${file}`, import.meta.url), 'utf8')).split('\n')) {
      const tab = line.indexOf('\t');
      if (tab < 1 || line.startsWith('#')) continue;
      const word = line.slice(0, tab);
      if (skip(word)) continue;
      counts.set(word, Number(line.slice(tab + 1)));
    }
  }
  for (const name of names) counts.set(name, Math.max(least, counts.get(name) ?? 0));
  let total = 0;
  for (const count of counts.values()) total += count;
  const unknown = Math.log(total);
  const costs = new Map<string, number>();
  const singles = new Float64Array(0x10000).fill(unknown);
  const sizes = new Uint8Array(SLOTS);
  for (const [word, count] of counts) {
    const cost = Math.log(total / count);
    costs.set(word, cost);
    if (word.length === 1) singles[word.charCodeAt(0)] = cost;
    else if (word.length <= LONGEST_WORD) {
      const slot = slotOf(word.charCodeAt(0), word.charCodeAt(1));
      sizes[slot] = (sizes[slot] ?? 0) | (1 << word.length);
    }
  }
  return { costs, unknown, singles, sizes };
}

const SLOTS = 2 ** 18;
const slotOf = (first: number, second: number): number => ((first * 31) ^ (second * 977)) & (SLOTS - 1);

const isIdeograph = (code: number): boolean => code >= 0x3400 && code <= 0x9fff;

// A name, its reach on both sides, and room for names of the operator's: grown where a text needs more.
let best = new Float64Array(64);
let previous = new Int32Array(64);

/** Whether the likeliest words of folded `text` around [start, end) have a boundary on both sides of the name. */
export function standsAlone(lexicon: Lexicon, text: string, start: number, end: number): boolean {
  let from = start;
  while (from > 0 && start - from < REACH && isIdeograph(text.charCodeAt(from - 1))) from--;
  let to = end;
  // 常熟人 is 常熟 and 人, not 常 and 熟人.
  if (text[end] !== '人') while (to < text.length && to - end < REACH && isIdeograph(text.charCodeAt(to))) to++;
  if (from === start && to === end) return true;
  const length = to - from;
  findCheapest(lexicon, text, from, length);
  let before = false;
  let after = false;
  for (let at = length; at > 0; at = previous[at] ?? 0) {
    before ||= at === start - from;
    after ||= at === end - from;
  }
  return (before || from === start) && after;
}

/** Leaves in `previous`, for each place in the text, where the last word before it begins. */
function findCheapest({ costs, singles, sizes }: Lexicon, text: string, from: number, length: number): void {
  if (length >= best.length) [best, previous] = [new Float64Array(length * 2), new Int32Array(length * 2)];
  best.fill(Infinity, 0, length + 1);
  best[0] = 0;
  for (let at = 0; at < length; at++) {
    const code = text.charCodeAt(from + at);
    const base = best[at] ?? 0;
    relax(at + 1, base + (singles[code] ?? 0), at);
    const mask = at + 1 < length ? (sizes[slotOf(code, text.charCodeAt(from + at + 1))] ?? 0) : 0;
    if (mask === 0) continue;
    for (let size = 2; size <= LONGEST_WORD && at + size <= length; size++) {
      if ((mask & (1 << size)) === 0) continue;
      const cost = costs.get(text.slice(from + at, from + at + size));
      if (cost !== undefined) relax(at + size, base + cost, at);
    }
  }
}

function relax(to: number, sum: number, at: number): void {
  if (sum >= (best[to] ?? Infinity)) return;
  best[to] = sum;
  previous[to] = at;
}
