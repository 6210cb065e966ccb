/** Makes pages of channels that do not exist, for the labelled items of list pages. */
import { readNewsPage } from '../../src/feed/listpage/newslist.ts';
import type { Outcome } from '../outcome.ts';

export const SITE = 'https://www.danshui-demo.cn';
export const CHANNEL = `${SITE}/xw/index.html`;
/** Friday, 12:00 in Shanghai. */
const CONTEXT = { timezone: 'Asia/Shanghai', now: Date.parse('2026-11-27T12:00:00+08:00') };

const WHERE = ['淡水', '南屏', '梨洲', '石埠', '青弋', '古渡', '桑园', '云岫', '白茅', '芦溪'];
const WHAT = ['文化馆', '自来水厂', '轮渡码头', '老粮站', '体育场', '茶叶市场', '敬老院', '气象站', '图书室'];
const DEED = ['重新开放', '完成大修', '招收学徒', '延长开放时间', '换上新设备', '公布改造方案', '通过验收'];

/** Headline `n`, another one for each number below six hundred: nine to fourteen characters. */
export const headline = (n: number): string =>
  `${WHERE[n % 10] ?? ''}${WHAT[Math.floor(n / 10) % 9] ?? ''}${DEED[(n + Math.floor(n / 90)) % 7] ?? ''}${n % 3 === 0 ? '市民前往' : ''}`;

/** Headline `n` of exactly so many characters, without marks. */
export const sized = (n: number, size: number): string =>
  `${WHERE[n % 10] ?? ''}${WHAT[(n + Math.floor(n / 10)) % 9] ?? ''}${'将于近期举行开馆迎客并邀请周边居民到场参观并提出意见建议供来年规划采用同时公布全年安排'.slice(n % 7)}`.slice(
    0,
    size,
  );

/** 2026-11-27 for 0, then a day back every three. */
export const dayOf = (n: number): string => `2026-11-${String(27 - (Math.floor(n / 3) % 27)).padStart(2, '0')}`;
export const many = <T>(count: number, make: (n: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, n) => make(n));

/** An article's address that names a day; one with a long number alone. */
export const datedPath = (n: number): string => `/xw/t${dayOf(n).replaceAll('-', '')}_${7300 + n}.html`;
export const plainPath = (n: number): string => `/xw/${480_100 + n}.html`;

export interface RowForm {
  readonly path?: (n: number) => string;
  readonly title?: (n: number) => string;
  readonly isDated?: boolean;
  /** Before the day, or in place of it. */
  readonly beside?: string;
}

export function row(
  n: number,
  { path = plainPath, title = headline, isDated = false, beside = '' }: RowForm = {},
): string {
  return `<li><a href="${path(n)}">${title(n)}</a>${beside}${isDated ? `<span>${dayOf(n)}</span>` : ''}</li>`;
}

/** A list of `count` rows from number `from` on, in boxes of its own. */
export function box(name: string, from: number, count: number, form: RowForm = {}): string {
  return `<div class="${name}"><h2>${name}</h2><ul>${many(count, (n) => row(from + n, form)).join('')}</ul></div>`;
}

const CHANNELS = ['首页', '要闻', '政务', '服务', '互动', '数据'];
const navigation = `<div class="top">${CHANNELS.map((name, n) => `<a href="/c${n}/">${name}</a>`).join('')}</div>`;

export const page = (...parts: readonly string[]): string =>
  `<html><head><title>淡水网</title></head><body>${navigation}${parts.join('\n')}<div class="end"><a href="/about/">关于我们</a><p>淡水网主办</p></div></body></html>`;

export interface Read {
  readonly mode: string;
  /** Addresses without the site. */
  readonly links: ReadonlySet<string>;
  readonly titles: ReadonlySet<string>;
  readonly summaries: number;
}

/** What is read of a page; the code of the refusal as its mode. */
export function read(html: string, url = CHANNEL): Read {
  const result = readNewsPage(html, url, CONTEXT);
  if (!result.ok) return { mode: result.reason.code, links: new Set(), titles: new Set(), summaries: 0 };
  const { items, mode } = result.page;
  return {
    mode,
    links: new Set(items.map(({ link }) => (link ?? '').replace(SITE, ''))),
    titles: new Set(items.map(({ title }) => title)),
    summaries: items.filter(({ summary }) => summary !== null).length,
  };
}

/** One answer: the page's news are exactly these addresses; none where it must be refused. */
export function gives(item: string, html: string, links: readonly string[], url = CHANNEL): Outcome {
  const found = read(html, url).links;
  return { item, want: true, got: found.size === links.length && links.every((link) => found.has(link)) };
}

/** One answer: whether these addresses, all of them, are among the page's news. */
export function has(item: string, html: string, links: readonly string[], want: boolean, url = CHANNEL): Outcome {
  const found = read(html, url).links;
  const held = links.filter((link) => found.has(link)).length;
  return { item, want, got: want ? held === links.length : held > 0 };
}

/** One answer: whether the page is refused for this reason. */
export const refuses = (item: string, html: string, code: string, want: boolean, url = CHANNEL): Outcome => ({
  item,
  want,
  got: read(html, url).mode === code,
});
