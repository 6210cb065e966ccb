/** Turns Taiwan's words for things into the mainland's, so that copies of either read the same; for matching only. */
import { readFileSync } from 'node:fs';
import { fold } from './script.ts';

/** Folded word → folded word, found by first code unit; longest first. */
export type WordTable = ReadonlyMap<number, readonly (readonly [Uint16Array, Uint16Array])[]>;

let table: WordTable | undefined;

// Words of daily news that OpenCC's lists leave alone; Taiwan's first.
const NEWS_WORDS =
  '都市 城市|品質 質量|計程車 出租車|公車 公交車|捷運 地鐵|國小 小學|國中 初中|警員 民警|地層下陷 地面沉降|行動電話 手機|行動支付 移動支付|大數據 大數據|人工智慧 人工智能|晶圓 芯片|泡麵 方便麵|優格 酸奶|鳳梨 菠蘿|馬鈴薯 土豆|腳踏車 自行車|機車 摩托車|幼稚園 幼兒園|簡報 演示文稿|電漿 等離子|水準 水平|身分 身份|連署 聯署|佈局 布局|份子 分子|紮實 扎實';

/**
 * OpenCC's phrase lists of both directions (data/taiwanwords.tsv). The words are replaced in every text, not only in
 * Traditional ones: 影片 stands in Simplified texts too, and what matters is that both copies of it come out alike.
 */
export function mainlandWords(): WordTable {
  return (table ??= build());
}

function build(): WordTable {
  const words = new Map<string, string>();
  for (const line of readFileSync(new URL('data/taiwanwords.tsv', import.meta.url), 'utf8').split('\n')) {
    const [taiwan, mainland] = line.split('\t');
    if (taiwan !== undefined && mainland !== undefined && !line.startsWith('#')) words.set(taiwan, mainland);
  }
  for (const pair of NEWS_WORDS.split('|')) {
    const [taiwan = '', mainland = ''] = pair.split(' ').map(fold);
    if (taiwan !== mainland && !words.has(taiwan)) words.set(taiwan, mainland);
  }
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

function toUnits(text: string): Uint16Array {
  return Uint16Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
}
