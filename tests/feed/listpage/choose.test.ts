/** Which rows a list has where its own are marked: read, pinned, first or last of it. */
import { expect, test } from 'vitest';
import { readNewsPage } from '../../../src/feed/listpage/newslist.ts';
import { count, dayOf, frame, headline, NOW, PAGE, plainPath } from './samplesite.ts';

const titles = (html: string): readonly string[] => {
  const read = readNewsPage(html, PAGE, { timezone: 'Asia/Shanghai', now: NOW });
  return read.ok ? [read.page.mode, ...read.page.items.map(({ title }) => title)] : [read.reason.code];
};
const row = (n: number, mark: string): string =>
  `<div class="${mark}"><a href="${plainPath(n)}">${headline(n)}</a><span>${dayOf(n)}</span></div>`;
const page = (rows: string): string => frame(`<div class="box">${rows}</div>`);

test('marked rows in the list’s own box are of the list', () => {
  const rows = count(12).map((n) => row(n, n < 2 ? 'line pinned' : n % 4 === 3 ? 'split' : 'line'));
  expect(titles(page(rows.join('')))).toEqual(['list', ...count(12).map(headline)]);
});

test('rows of another form of address are not, nor those of another box', () => {
  const rows = count(12)
    .map((n) => row(n, 'line'))
    .join('');
  const other = `<div class="split"><a href="/bbs/thread-77000.html">${headline(50)}</a></div>`;
  expect(titles(page(rows + other))).toEqual(['list', ...count(12).map(headline)]);
  const beside = `<div class="hot">${count(4)
    .map((n) => `<div class="split"><a href="${plainPath(n + 60)}">${headline(n + 60)}</a></div>`)
    .join('')}</div>`;
  expect(titles(frame(`<div class="box">${rows}</div>${beside}`))).toEqual(['list', ...count(12).map(headline)]);
});

test('a title cut short is taken from its attribute, and dots that cut nothing are dropped', () => {
  const cut = (n: number): string =>
    `<div class="line"><a href="${plainPath(n)}" title="${headline(n)}">${n % 2 === 0 ? headline(n) : headline(n).slice(0, 7)}…</a><span>${dayOf(n)}</span></div>`;
  expect(titles(page(count(8).map(cut).join('')))).toEqual(['list', ...count(8).map(headline)]);
});
