/** Makes lines, paragraphs and pages of exact sizes for the labelled items of the clean room. */
import { cleanItem } from '../../src/clean/clean.ts';
import type { CleanContext } from '../../src/clean/cleancontext.ts';
import type { Cleaned } from '../../src/model/entry.ts';
import type { RawItem } from '../../src/model/feed.ts';
import type { Outcome } from '../outcome.ts';

const STOCK =
  '合作社统一供种春天播下的秧苗已经返青老人们坐在渡口谈起当年修堤的经过孩子们放学以后沿着河岸回家新桥通了两岸往来方便许多茶农把头一批嫩芽送到集市上售卖泵站连夜排水低处的田块保住了收成匠人修补古塔的飞檐用的还是老法子夜班司机把最后一班车开回站场图书室添了三百册书村里的读者多起来';

/** `size` characters that no rule knows, without punctuation; another seed, other characters. */
export function bareLine(size: number, seed = 0): string {
  const from = (seed * 17) % STOCK.length;
  return (STOCK + STOCK + STOCK + STOCK + STOCK).slice(from, from + size);
}

/** A sentence of `size` characters, its comma and its full stop included. */
export function told(size: number, seed = 0): string {
  return `${open(size - 1, seed)}。`;
}

/** The same without its full stop: a comma every dozen characters. */
export function open(size: number, seed = 0): string {
  return Array.from(bareLine(size, seed), (one, at) => (at % 13 === 6 ? '，' : one)).join('');
}

/** Sentences of thirty characters, each another one. */
export function tell(from: number, to: number, size = 30): readonly string[] {
  return Array.from({ length: to - from }, (_, i) => told(size, from + i));
}

export const DATED = '2021-06-09 08:49 来源：江海网';
export const plain = (...lines: readonly string[]): string => [DATED, ...lines].join('\n');
export const html = (...blocks: readonly string[]): string =>
  blocks.map((block) => (block.startsWith('<') ? block : `<p>${block}</p>`)).join('\n');
export const link = (text: string): string => `<a href="https://example.cn/">${text}</a>`;
export const IMAGE = '<p><img src="https://example.cn/a.jpg"></p>';

export function clean(item: Partial<RawItem>, context: Partial<CleanContext> = {}): Cleaned {
  const raw: RawItem = {
    id: 'made',
    guid: null,
    title: '',
    link: null,
    summary: null,
    content: null,
    authors: [],
    published: null,
    updated: null,
    categories: [],
    enclosures: [],
    image: null,
    language: null,
    outlet: null,
    repairs: [],
    ...item,
  };
  return cleanItem(raw, { source: 'made', timezone: 'Asia/Shanghai', baseUrl: null, ...context });
}

/** Whether `words` are in the text of an item with this content, under a title of its own. */
export function stays(
  item: string,
  content: string,
  words: string,
  want: boolean,
  { title = '另有题目的一篇报道', ...context }: Partial<CleanContext> & { readonly title?: string } = {},
): Outcome {
  return { item, want, got: clean({ title, content }, context).entry.text.includes(words) };
}
