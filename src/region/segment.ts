/** Turns the surroundings of a doubtful name into the likeliest words, to see whether the name is one of them. */
import { readFileSync } from 'node:fs';
import { fold } from '../text/script.ts';

export interface Lexicon {
  /** Folded word → cost (negative log of its share). */
  readonly costs: ReadonlyMap<string, number>;
  readonly unknown: number;
}

const LONGEST_WORD = 5;
// Words reach across a name by at most three characters either way; six give their neighbours room too.
const REACH = 6;

/**
 * Unigram costs from data/words.tsv and data/words-own.tsv. `skip` leaves out words that only continue a place name;
 * `names` (folded) count at least as often as given there.
 */
export function loadLexicon(skip: (word: string) => boolean, names: ReadonlyMap<string, number>): Lexicon {
  const counts = new Map<string, number>();
  for (const file of ['words.tsv', 'words-own.tsv']) {
    for (const line of fold(readFileSync(new URL(`./data/${file}`, import.meta.url), 'utf8')).split('\n')) {
      const tab = line.indexOf('\t');
      if (tab < 1 || line.startsWith('#')) continue;
      const word = line.slice(0, tab);
      if (skip(word)) continue;
      counts.set(word, Number(line.slice(tab + 1)));
    }
  }
  for (const [name, least] of names) counts.set(name, Math.max(least, counts.get(name) ?? 0));
  let total = 0;
  for (const count of counts.values()) total += count;
  return {
    costs: new Map([...counts].map(([word, count]) => [word, Math.log(total / count)])),
    unknown: Math.log(total) + 2,
  };
}

const isIdeograph = (code: number): boolean => code >= 0x3400 && code <= 0x9fff;

/** Whether the likeliest words of folded `text` around [start, end) have a boundary on both sides of the name. */
export function standsAlone({ costs, unknown }: Lexicon, text: string, start: number, end: number): boolean {
  let from = start;
  while (from > 0 && start - from < REACH && isIdeograph(text.charCodeAt(from - 1))) from--;
  let to = end;
  // 常熟人 is 常熟 and 人, not 常 and 熟人.
  if (text[end] !== '人') while (to < text.length && to - end < REACH && isIdeograph(text.charCodeAt(to))) to++;
  if (from === start && to === end) return true;
  const length = to - from;
  const best = new Float64Array(length + 1).fill(Infinity);
  const previous = new Int32Array(length + 1);
  best[0] = 0;
  for (let at = 0; at < length; at++) {
    for (let size = 1; size <= LONGEST_WORD && at + size <= length; size++) {
      const word = text.slice(from + at, from + at + size);
      const cost = costs.get(word) ?? (size === 1 ? unknown : Infinity);
      const sum = (best[at] ?? 0) + cost;
      if (sum < (best[at + size] ?? Infinity)) [best[at + size], previous[at + size]] = [sum, at];
    }
  }
  const boundaries = new Set<number>();
  for (let at = length; at > 0; at = previous[at] ?? 0) boundaries.add(at);
  boundaries.add(0);
  return boundaries.has(start - from) && boundaries.has(end - from);
}
