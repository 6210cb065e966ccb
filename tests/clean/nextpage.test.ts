import { describe, expect, it } from 'vitest';
import { nextPage } from '../../src/clean/article/nextpage.ts';

const AT = 'https://news.example/n1/2026/0601/c100-40494881.html';

describe('nextPage', () => {
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
    ['the next article', '<a href="c100-40494882.html">下一页</a>', AT, null],
    ['下一篇', '<a href="c100-40494882.html">下一篇</a>', AT, null],
    ['another host', '<a href="https://elsewhere.example/n1/2026/0601/c100-40494881-2.html">下一页</a>', AT, null],
    ['itself', '<a href="c100-40494881.html#page">下一页</a>', AT, null],
    ['a script', '<a href="javascript:next()">下一页</a>', AT, null],
    ['another query', '<a href="?id=8&amp;page=2">下一页</a>', 'https://news.example/show?id=7', null],
    ['nothing', '<p>正文</p>', AT, null],
    ['no address', '<a href="x_2.html">下一页</a>', 'not an address', null],
  ];
  it.each(cases)('%s', (_, html, url, next) => expect(nextPage(html, url)).toBe(next));
});
