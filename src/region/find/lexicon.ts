/** Turns the surroundings of a doubtful name into the likeliest words, to see whether the name is one of them. */
import { readFileSync } from 'node:fs';
import { fold } from '../../zh/script.ts';
import { buildTrie, childOf, type Trie } from './trie.ts';

export interface Lexicon {
  /** Folded words of two characters and more. */
  readonly words: Trie;
  /** Per word of `words`: its cost (negative log of its share). */
  readonly costs: Float64Array;
  /** Costs of single characters, by character code; that of what is never met where the dictionary has none. */
  readonly singles: Float64Array;
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
  const costOf = (count: number) => Math.log(total / count);
  const singles = new Float64Array(0x10000).fill(costOf(1));
  for (const [word, count] of counts) if (word.length === 1) singles[word.charCodeAt(0)] = costOf(count);
  const longer = [...counts].filter(([word]) => word.length > 1 && word.length <= LONGEST_WORD);
  return {
    words: buildTrie(longer.map(([word]) => word)),
    costs: Float64Array.from(longer, ([, count]) => costOf(count)),
    singles,
  };
}

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
function findCheapest({ words, costs, singles }: Lexicon, text: string, from: number, length: number): void {
  if (length >= best.length) [best, previous] = [new Float64Array(length * 2), new Int32Array(length * 2)];
  best.fill(Infinity, 0, length + 1);
  best[0] = 0;
  for (let at = 0; at < length; at++) {
    const code = text.charCodeAt(from + at);
    const base = best[at] ?? 0;
    relax(at + 1, base + (singles[code] ?? 0), at);
    let node = words.first[code] ?? 0;
    for (let end = at + 1; node !== 0 && end < length; end++) {
      node = childOf(words, node, text.charCodeAt(from + end));
      const word = words.ends[node] ?? -1;
      if (word >= 0) relax(end + 1, base + (costs[word] ?? 0), at);
    }
  }
}

function relax(to: number, sum: number, at: number): void {
  if (sum >= (best[to] ?? Infinity)) return;
  best[to] = sum;
  previous[to] = at;
}
