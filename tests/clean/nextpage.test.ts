import { describe, expect, it } from 'vitest';
import { nextPages } from '../../src/clean/article/nextpage.ts';

const AT = 'https://news.example/n1/2026/0601/c100-40494881.html';

describe('nextPages', () => {
  const cases: [name: string, html: string, url: string, next: string | null][] = [
    [
      'a numbered file',
      '<a href="c100-40494881-2.html">下一页</a>',
      AT,
      'https://news.example/n1/2026/0601/c100-40494881-2.html',
    ],
    [
      'underscore, in brackets',
      '<p><a href="/n1/2026/0601/c100-40494881_2.html">【下一页】</a></p>',
      AT,
      'https://news.example/n1/2026/0601/c100-40494881_2.html',
    ],
    [
      'Traditional',
      '<a href="c100-40494881_2.html"> 下一頁 </a>',
      AT,
      'https://news.example/n1/2026/0601/c100-40494881_2.html',
    ],
    [
      'a query',
      '<a href="?id=7&amp;page=2">下一页</a>',
      'https://news.example/show?id=7',
      'https://news.example/show?id=7&page=2',
    ],
    [
      'from the second to the third',
      '<a href="c100-40494881-3.html">下一页</a>',
      AT.replace('.html', '-2.html'),
      'https://news.example/n1/2026/0601/c100-40494881-3.html',
    ],
    [
      'rel=next',
      '<a rel="next" href="c100-40494881_2.html">2</a>',
      AT,
      'https://news.example/n1/2026/0601/c100-40494881_2.html',
    ],
    [
      'with a token that this page lacks',
      '<a rel="next" href="c100-40494881_2.html?t=3f9c1a77e02b45d86c10">2</a>',
      AT,
      'https://news.example/n1/2026/0601/c100-40494881_2.html?t=3f9c1a77e02b45d86c10',
    ],
    [
      'without the visit that this page has',
      '<a href="?id=7&amp;page=2">下一页</a>',
      'https://news.example/show?id=7&from=timeline&t=1764300000',
      'https://news.example/show?id=7&page=2',
    ],
    [
      'by http from a page that came by https',
      '<link rel="next" href="http://news.example/n1/2026/0601/c100-40494881_2.html">',
      AT,
      'https://news.example/n1/2026/0601/c100-40494881_2.html',
    ],
    [
      'by https from a page that came by http',
      '<a rel="next" href="https://news.example/a/77/2">2</a>',
      'http://news.example/a/77',
      'https://news.example/a/77/2',
    ],
    [
      'on the site with www.',
      '<a rel="next" href="https://www.news.example/n1/2026/0601/c100-40494881_2.html">2</a>',
      AT,
      'https://www.news.example/n1/2026/0601/c100-40494881_2.html',
    ],
    [
      'an index in the folder of the article',
      '<a href="index_2.html">下一页</a>',
      'https://news.example/special/20261128/',
      'https://news.example/special/20261128/index_2.html',
    ],
    ['itself with another token', '<a rel="next" href="c100-40494881.html?t=1764300000">下一页</a>', AT, null],
    [
      'itself by http',
      '<a rel="next" href="http://www.news.example/n1/2026/0601/c100-40494881.html">下一页</a>',
      AT,
      null,
    ],
    ['a file', '<a rel="next" href="ftp://news.example/n1/2026/0601/c100-40494881_2.html">下一页</a>', AT, null],
    ['the next article', '<a href="c100-40494882.html">下一页</a>', AT, null],
    ['下一篇', '<a href="c100-40494882.html">下一篇</a>', AT, null],
    ['another host', '<a href="https://elsewhere.example/n1/2026/0601/c100-40494881-2.html">下一页</a>', AT, null],
    ['itself', '<a href="c100-40494881.html#page">下一页</a>', AT, null],
    ['a script', '<a href="javascript:next()">下一页</a>', AT, null],
    ['another query', '<a href="?id=8&amp;page=2">下一页</a>', 'https://news.example/show?id=7', null],
    ['nothing', '<p>正文</p>', AT, null],
    ['no address', '<a href="x_2.html">下一页</a>', 'not an address', null],
  ];
  it.each(cases)('%s', (_, html, url, next) => expect(nextPages(html, url)).toEqual(next === null ? [] : [next]));

  const many: [name: string, html: string, url: string, next: readonly string[]][] = [
    [
      'bare numbers',
      '<b>1</b> <a href="c100-40494881_2.html">2</a> <a href="c100-40494881_3.html">3</a> <a href="c100-40494881_9.html">9</a>',
      AT,
      ['_2', '_3'],
    ],
    [
      'bare numbers on the second page',
      '<a href="c100-40494881.html">1</a> <b>2</b> <a href="c100-40494881_3.html">3</a>',
      AT.replace('.html', '_2.html'),
      ['_3'],
    ],
    [
      'bare numbers of files from _1',
      '<b>1</b> <a href="c100-40494881_1.html">2</a> <a href="c100-40494881_2.html">3</a>',
      AT,
      ['_1', '_2'],
    ],
    [
      'a script that writes the numbers',
      '<script>createPageHTML(3, 0, "c100-40494881", "html");</script>',
      AT,
      ['_1', '_2'],
    ],
    [
      'that script on the last page',
      '<script>createPageHTML(3, 2, "c100-40494881", "html");</script>',
      AT.replace('.html', '_2.html'),
      [],
    ],
    ['that script of another article', '<script>createPageHTML(3, 0, "c100-40494999", "html");</script>', AT, []],
    ['the head', '<head><link rel="next" href="c100-40494881_2.html"></head>', AT, ['_2']],
    ['numbers that lead to other articles', '<a href="c100-40494882.html">2</a>', AT, []],
  ];
  it.each(many)('%s', (_, html, url, next) =>
    expect(nextPages(html, url)).toEqual(next.map((page) => AT.replace('.html', `${page}.html`))),
  );

  it('takes folders for pages, and short names', () => {
    const arrow = '<a href="/ars/story/2/"><span>Next <span>→</span></span></a>';
    expect(nextPages(arrow, 'https://a.example/ars/story/')).toEqual(['https://a.example/ars/story/2/']);
    expect(nextPages('<a href="c14_2.html">下一页</a>', 'https://a.example/c14.html')).toEqual([
      'https://a.example/c14_2.html',
    ]);
    expect(nextPages('<a href="art_1_6.html">下一页</a>', 'https://a.example/art_1_5.html')).toEqual([]);
  });
});
