/** Labelled items: which pages are articles, notices, menus or empty, and what a row says. */
import type { Outcome } from '../outcome.ts';
import { range } from '../range.ts';
import {
  box,
  CHANNEL,
  datedPath,
  dayOf,
  has,
  headline,
  many,
  page,
  plainPath,
  read,
  refuses,
  row,
  sized,
  SITE,
} from './made.ts';

const SENTENCE = '工程从去年春天动工，前后历时九个月，沿线居民出行比从前方便许多，管理单位提醒大家错峰前往。';
/** Paragraphs of so many characters. */
const told = (paragraphs: number, size = 48): string =>
  many(paragraphs, (n) => `<p>${`${headline(n)}，${SENTENCE}`.slice(0, size - 1)}。</p>`).join('');
const ARTICLE = `${SITE}/xw/t20261126_7301.html`;
const SIGNED = '<p>2026-11-26 08:00　来源：淡水融媒</p>';

interface Beside {
  readonly rows: number;
  readonly isDated?: boolean;
  readonly isFront?: boolean;
}

function beside({ rows, isDated = false, isFront = false }: Beside): string {
  if (!isFront) return rows === 0 ? '' : box('related', 20, rows, { isDated, path: datedPath });
  return many(
    rows / 10,
    (n) => `<div>${box(`part${'abcdefghijkl'[n] ?? ''}`, n * 10, 10, { path: datedPath })}</div>`,
  ).join('');
}

/** Pages of so much running text above so long a list; a channel introduces itself in a paragraph or two at most. */
function articles(): readonly Outcome[] {
  const lists: readonly (readonly [string, Beside])[] = [
    ['nothing', { rows: 0 }],
    ['related news', { rows: 8 }],
    ['related news with days', { rows: 8, isDated: true }],
    ['a front page of 60', { rows: 60, isFront: true }],
  ];
  const heads = [
    ['signed, its address an article’s', SIGNED, ARTICLE, 2],
    ['signed', SIGNED, CHANNEL, 3],
    ['its address an article’s', '', ARTICLE, 4],
  ] as const;
  return lists.flatMap(([name, list]) =>
    heads.flatMap(([head, signed, url, from]) =>
      range(0, 12).map((paragraphs) => {
        const text = `<div class="text"><h1>${headline(1)}</h1>${signed}${told(paragraphs)}</div>`;
        const isArticle = paragraphs >= from + (list.isFront === true ? Math.round(list.rows / 20) : 0);
        return refuses(
          `${paragraphs} paragraphs, ${head}, above ${name}`,
          page(text, beside(list)),
          'feed.list.article',
          isArticle,
          url,
        );
      }),
    ),
  );
}

/** Notes of a directory: short texts with a full stop, many of them, are not an article. */
function notes(): readonly Outcome[] {
  return range(12, 32, 2).map((size) =>
    refuses(
      `18 notes of ${size} characters beside related news`,
      page(`<div class="text">${SIGNED}${told(18, size)}</div>`, beside({ rows: 8 })),
      'feed.list.article',
      size >= 20,
      ARTICLE,
    ),
  );
}

/** Channels that say they are empty, beside so many rows of what is read most. */
function empty(): readonly Outcome[] {
  const line = (size: number): string =>
    `暂无信息${'欢迎关注淡水网其他栏目并于日后再来查看本栏目更新的内容谢谢大家'.slice(0, size - 4)}`;
  return [
    ...range(6, 16).map((rows) =>
      refuses(`empty, ${rows} beside`, page('<p>暂无信息</p>', box('hot', 0, rows)), 'feed.list.empty', rows <= 10),
    ),
    ...range(4, 34, 2).map((size) =>
      refuses(
        `a line of ${size} about nothing, 8 rows beside`,
        page(`<p>${line(size)}</p>`, box('hot', 0, 8)),
        'feed.list.empty',
        size <= 24,
      ),
    ),
    ...range(0, 10).map((tenths) =>
      refuses(
        `empty, with days in ${tenths} of 10 rows`,
        page('<p>暂无信息</p>', `<ul>${many(10, (n) => row(n, { isDated: n < tenths })).join('')}</ul>`),
        'feed.list.empty',
        tenths < 5,
      ),
    ),
  ];
}

/** Pages of scripts, which say so much without them. */
function scripts(): readonly Outcome[] {
  return range(20, 360, 20).map((size) => {
    const html = `<html><body><div id="app">${SENTENCE.repeat(9).slice(0, size)}</div><script src="/a.js">go()</script></body></html>`;
    return refuses(`${size} characters beside scripts`, html, 'feed.list.script', size < 200);
  });
}

/** Arrays of objects that are news and menus, of all sizes. */
function data(): readonly Outcome[] {
  const json = (count: number, title: (n: number) => string, dated: number): string =>
    JSON.stringify({
      list: many(count, (n) => ({ title: title(n), url: plainPath(n), ...(n < dated && { date: dayOf(n) }) })),
    });
  const paths = (count: number): readonly string[] => many(count, plainPath);
  return [
    ...range(1, 6).map((count) => has(`${count} objects`, json(count, headline, count), paths(count), count >= 3)),
    ...range(3, 24).map((size) =>
      has(
        `objects of ${size} characters without days`,
        json(9, (n) => sized(n, size), 0),
        paths(9),
        size >= 12,
      ),
    ),
    ...range(0, 9).flatMap((dated) =>
      [3, 4, 5, 6].map((size) =>
        has(
          `names of ${size}, ${dated} of 9 with a day`,
          json(9, (n) => sized(n, size), dated),
          paths(9),
          dated >= (size > 4 ? 4 : 5),
        ),
      ),
    ),
    // Two lists of one document: the one with days, or with longer headlines, is its news.
    ...range(12, 44, 8).flatMap((size) =>
      range(8, 16, 2).map((count) =>
        has(
          `9 dated objects beside ${count} promises of ${size} characters`,
          JSON.stringify({
            tips: many(count, (n) => ({ title: sized(n, size), url: `/tips/${n}.html` })),
            list: many(9, (n) => ({ title: headline(n), url: plainPath(n), date: dayOf(n) })),
          }),
          paths(9),
          true,
        ),
      ),
    ),
  ];
}

/** What a row shows beside its headline, and which of its texts that is. */
function texts(): readonly Outcome[] {
  const lined = (inner: (n: number) => string): string =>
    page(`<ul class="list">${many(9, (n) => `<li>${inner(n)}</li>`).join('')}</ul>`);
  const paragraph = (n: number, size: number): string =>
    `${headline(n + 30)}${'，工期将近一年'.repeat(20)}`.slice(0, size);
  const titled = (item: string, html: string, title: (n: number) => string): Outcome => {
    const { titles } = read(html);
    return { item, want: true, got: many(9, title).every((one) => titles.has(one)) };
  };
  return [
    ...range(10, 60, 2).map((size) => {
      const html = lined((n) => `<a href="${datedPath(n)}">${headline(n)}</a><p>${paragraph(n, size)}</p>`);
      return { item: `text of ${size} beside a headline`, want: size >= 30, got: read(html).summaries === 9 };
    }),
    ...range(30, 100, 5).flatMap((size) => [
      titled(
        `a short headline below a text of ${size}`,
        lined((n) => `<a href="${datedPath(n)}"><div>${paragraph(n, size)}</div><div>${sized(n, 6)}</div></a>`),
        (n) => (size > 60 ? sized(n, 6) : paragraph(n, size)),
      ),
    ]),
    ...range(2, 9).map((size) =>
      titled(
        `a headline of ${size} below an office of 4`,
        lined((n) => `<a href="${datedPath(n)}"><i>市水利局</i><b>${sized(n, size)}</b></a>`),
        (n) => (size >= 6 ? sized(n, size) : '市水利局'),
      ),
    ),
    ...range(2, 6).map((size) =>
      titled(
        `a headline of 7 named in the attribute of a text of ${size}`,
        lined((n) => `<a href="${datedPath(n)}" title="${headline(n)}">${'查阅一下吧'.slice(0, size)}</a>`),
        (n) => (size >= 4 ? '查阅一下吧'.slice(0, size) : headline(n)),
      ),
    ),
  ];
}

export const kinds = (): readonly Outcome[] => [
  ...articles(),
  ...notes(),
  ...empty(),
  ...scripts(),
  ...data(),
  ...texts(),
];
