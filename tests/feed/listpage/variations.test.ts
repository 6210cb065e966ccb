/** Pages that change as sites do: renamed, relabelled, thinned out, with navigation and advertisements put in. */
import { describe, expect, test } from 'vitest';
import { readNewsPage } from '../../../src/feed/listpage/newslist.ts';
import { count, dayOf, frame, headline, list, NOW, PAGE, pathOf, plainPath, SITE } from './samplesite.ts';

const linksOf = (html: string): readonly string[] => {
  const read = readNewsPage(html, PAGE, { timezone: 'Asia/Shanghai', now: NOW });
  return read.ok ? read.page.items.map(({ link }) => (link ?? '').replace(SITE, '')) : [read.reason.code];
};

/** A list of 20, a column of eight beside it, all on pages of the site. */
const page = (row: (n: number) => string): string =>
  frame(
    `<div id="main" class="main">${list(20, row)}</div><div id="side" class="side"><h3>热点</h3>${list(8, (n) => `<li><a href="${plainPath(n + 400)}">${headline(n + 60)}</a></li>`)}</div>`,
  );

const PAGES: Readonly<Record<string, readonly [string, (n: number) => string]>> = {
  dated: [
    page(
      (n) => `<li class="row"><a href="${plainPath(n)}">${headline(n)}</a><span class="date">${dayOf(n)}</span></li>`,
    ),
    plainPath,
  ],
  'dated by address': [page((n) => `<li class="row"><a href="${pathOf(n)}">${headline(n)}</a></li>`), pathOf],
};

const rename = (html: string): string =>
  html.replaceAll(/class="([^"]*)"/g, (_, name: string) => `class="m${name.length}${name.charCodeAt(0)}x"`);
const navigation = `<table><tr>${count(36)
  .map((n) => `<td><a href="/pd/${n}/index.html">频道${n}</a></td>`)
  .join('')}</tr></table>`;
const advert = (n: number): string =>
  `<li class="row"><a href="https://shop.example.com/item/${90_000 + n}.html">新品上市限时优惠，第${n}波立即抢购</a></li>`;

const CHANGES: Readonly<Record<string, (html: string) => string>> = {
  'classes renamed': rename,
  'ids gone': (html) => html.replaceAll(/ id="[^"]*"/g, ''),
  'tags changed': (html) =>
    html
      .replaceAll(/<(\/?)li\b/g, '<$1div')
      .replaceAll(/<(\/?)ul\b/g, '<$1section')
      .replaceAll(/<(\/?)span\b/g, '<$1em'),
  'a navigation of 36 links': (html) => html.replace('<body>', `<body>${navigation}`),
  'advertisements among the rows': (html) => {
    let n = 0;
    return html.replaceAll('</li>', () => (++n % 5 === 0 ? `</li>${advert(n)}` : '</li>'));
  },
};

describe.each(Object.entries(PAGES))('a list %s', (_, [html, path]) => {
  const all = count(20).map(path);
  test.each(Object.entries(CHANGES))('with %s is read as before', (_change, change) => {
    expect(linksOf(html)).toEqual(all);
    expect(linksOf(change(html))).toEqual(all);
  });

  test('without a fifth of its links has the others', () => {
    let n = 0;
    const thinned = html.replaceAll(/<a href="\/xwzx\/gzdt\/[^>]*>([^<]*)<\/a>/g, (link, text: string) =>
      ++n % 5 === 0 ? text : link,
    );
    expect(linksOf(thinned)).toEqual(all.filter((_path, at) => (at + 1) % 5 !== 0));
  });
});

describe('rows that are none', () => {
  test('an advertisement within a row is not its headline', () => {
    const html = frame(
      list(12, (n) => {
        const ad =
          n % 5 === 2
            ? `<p><a href="https://shop.example.com/item/${90_000 + n}.html">新品上市限时优惠，第${n}波立即抢购</a></p>`
            : '';
        return `<li>${ad}<h3><a href="/xwzx/${480 + n}.html">${headline(n)}</a></h3><span>${dayOf(n)}</span></li>`;
      }),
    );
    expect(linksOf(html)).toEqual(count(12).map((n) => `/xwzx/${480 + n}.html`));
  });

  test('other outlets’ news keeps its place where it bears a day, or the form of news', () => {
    const foreign = (n: number): string =>
      n % 6 === 5 ? `https://www.other-demo.com/2026/11/27/c_${n}12345.html` : pathOf(n);
    const html = frame(list(18, (n) => `<li><a href="${foreign(n)}">${headline(n)}</a></li>`));
    expect(linksOf(html)).toHaveLength(18);
  });

  test('a ticker in the box of the navigation is not the front page’s', () => {
    const ticker = list(4, (n) => `<li><a href="${pathOf(n + 70)}">${headline(n + 70)}</a></li>`, '<ul class="words">');
    const channels = list(10, (n) => `<li><a href="/c${n}/index.html">栏目${n}</a></li>`);
    const block = (from: number): string =>
      `<div class="b${from}"><h2>板块</h2>${list(9, (n) => `<li><a href="${pathOf(n + from)}">${headline(n + from)}</a></li>`, `<ul class="u${from}">`)}</div>`;
    const html = `<html><head><title>青禾网</title></head><body><div class="top"><div>${ticker}</div><div>${channels}</div></div>${[0, 10, 20, 30].map(block).join('')}</body></html>`;
    const read = readNewsPage(html, `${SITE}/`, { timezone: 'Asia/Shanghai', now: NOW });
    expect(read.ok && [read.page.mode, read.page.items.length]).toEqual(['front', 36]);
  });
});
