/** News that pages carry as data, and pages that only lead on. */
import { expect, test } from 'vitest';
import { readNewsPage } from '../../../src/feed/listpage/newslist.ts';
import { count, dayOf, frame, headline, NOW, PAGE, plainPath, prose, SITE } from './samplesite.ts';

const rows = count(8).map((n) => ({ title: headline(n), url: plainPath(n), publishTime: `${dayOf(n)} 08:00:00` }));
const menu = count(12).map((n) => ({ name: `栏目${n}`, url: `/c${n}/` }));
const data = JSON.stringify({ code: 0, menu, data: { page: 1, list: rows } });
const told = (html: string): unknown => {
  const read = readNewsPage(html, PAGE, { timezone: 'Asia/Shanghai', now: NOW });
  return read.ok
    ? read.page.items.map(({ title, link, published }) => [title, link, published.slice(0, 10)])
    : read.reason;
};
const EIGHT = count(8).map((n) => [headline(n), `${SITE}${plainPath(n)}`, dayOf(n)]);

const sitemap = `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">${count(
  8,
)
  .map(
    (n) =>
      `<url><loc>${SITE}${plainPath(n)}</loc><news:news><news:publication><news:name>青禾报</news:name></news:publication><news:publication_date>${dayOf(n)}T08:00:00+08:00</news:publication_date><news:title>${headline(n)}</news:title></news:news></url>`,
  )
  .join('')}</urlset>`;

const records = `<?xml version='1.0' encoding='utf-8'?><datastore><totalrecord>99</totalrecord><recordset>${count(8)
  .map(
    (n) => `<record><![CDATA[<li><a href="${plainPath(n)}">${headline(n)}</a><span>${dayOf(n)}</span></li>]]></record>`,
  )
  .join('')}</recordset></datastore>`;

test.each([
  ['JSON', data],
  ['JSON for a function', `jsonpCallback(${data});`],
  ['a sitemap of news', sitemap],
  ['records of markup in XML', records],
  [
    'a script of type application/json',
    `<html><body><div id="app"></div><script id="__NEXT_DATA__" type="application/json">${data}</script></body></html>`,
  ],
  [
    'the state of an application',
    `<html><body><div id="app"></div><script>window.__STATE__ = ${data};</script></body></html>`,
  ],
])('%s', (_name, text) => {
  expect(told(text)).toEqual(EIGHT);
});

test('data in the scripts of an article make no list of it', () => {
  const page = frame(
    `<h1>${headline(1)}</h1><p>来源：青禾融媒</p>${prose(6)}<script type="application/json">${data}</script>`,
  );
  expect(told(page)).toMatchObject({ code: 'feed.list.article' });
});

test('a menu is no list, and broken JSON none either', () => {
  expect(told(JSON.stringify(menu))).toMatchObject({ code: 'feed.list.nothing' });
  expect(told(data.slice(0, -9))).toMatchObject({ code: 'feed.list.nothing' });
});

test('a page that only leads on says where', () => {
  const html = '<html><head><meta http-equiv="Refresh" content="0; URL=/xwzx/new/"></head></html>';
  expect(told(html)).toEqual({ code: 'feed.list.refresh', params: { url: `${SITE}/xwzx/new/` } });
});
