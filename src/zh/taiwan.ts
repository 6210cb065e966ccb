/** Turns Taiwan's words for things into the mainland's, so that copies of either read the same; for matching only. */
import { Locale } from 'opencc-js';
import { fold } from './script.ts';

/** Folded word → folded word, found by first code unit; longest first. */
export type WordTable = ReadonlyMap<number, readonly (readonly [Uint16Array, Uint16Array])[]>;

let table: WordTable | undefined;

// Words of daily news that OpenCC's lists leave alone; Taiwan's first.
const NEWS_WORDS =
  '都市 城市|品質 質量|計程車 出租車|公車 公交車|捷運 地鐵|國小 小學|國中 初中|警員 民警|地層下陷 地面沉降|行動電話 手機|行動支付 移動支付|大數據 大數據|人工智慧 人工智能|晶圓 芯片|泡麵 方便麵|優格 酸奶|鳳梨 菠蘿|馬鈴薯 土豆|腳踏車 自行車|機車 摩托車|幼稚園 幼兒園|簡報 演示文稿|電漿 等離子|水準 水平|身分 身份|連署 聯署|佈局 布局|份子 分子|紮實 扎實';

/**
 * OpenCC's phrase lists of both directions. The words are replaced in every text, not only in Traditional ones: 影片
 * stands in Simplified texts too, and what matters is that both copies of it come out alike.
 */
export function mainlandWords(): WordTable {
  return (table ??= build());
}

function build(): WordTable {
  const words = new Map<string, string>();
  for (const [taiwan, mainland] of phrases(Locale.from.twp)) add(words, taiwan, mainland);
  for (const [mainland, taiwan] of phrases(Locale.to.twp)) add(words, taiwan, mainland);
  for (const [taiwan, mainland] of pairs(NEWS_WORDS)) add(words, taiwan, mainland);
  const byFirst = new Map<number, [Uint16Array, Uint16Array][]>();
  for (const word of words.keys()) {
    const first = word.charCodeAt(0);
    const list = byFirst.get(first) ?? [];
    list.push([toUnits(word), toUnits(settle(words, word))]);
    byFirst.set(first, list);
  }
  for (const list of byFirst.values()) list.sort(([a], [b]) => b.length - a.length);
  return byFirst;
}

function add(words: Map<string, string>, taiwan: string, mainland: string): void {
  const from = fold(taiwan);
  const to = fold(mainland);
  if (from.length > 1 && from !== to && !words.has(from)) words.set(from, to);
}

/** Follows 甲 → 乙 → 丙 to its end; a circle ends where it would begin again. */
function settle(words: ReadonlyMap<string, string>, word: string): string {
  const met = new Set([word]);
  let at = word;
  for (;;) {
    const next = words.get(at);
    if (next === undefined) return at;
    if (met.has(next)) return [...met].sort()[0] ?? at;
    met.add(next);
    at = next;
  }
}

/** The first list of a preset: its phrases, written `a b|c d`. */
function phrases(preset: unknown): [string, string][] {
  const first: unknown = Array.isArray(preset) ? (preset as unknown[])[0] : undefined;
  const lists: unknown[] = Array.isArray(first) ? (first as unknown[]) : [first];
  const [words] = lists;
  return typeof words === 'string' ? pairs(words) : [];
}

function pairs(words: string): [string, string][] {
  return words.split('|').flatMap((pair) => {
    const [from, to] = pair.split(' ');
    return from === undefined || to === undefined ? [] : [[from, to] satisfies [string, string]];
  });
}

function toUnits(text: string): Uint16Array {
  return Uint16Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
}
