import { describe, expect, it } from 'vitest';
import { resolveHtmlLinks, resolveUrl } from '../../src/feed/markup/links.ts';

const BASE = 'https://www.example.cn/a/b.html';

describe('resolveUrl', () => {
  it.each([
    ['c.html', 'https://www.example.cn/a/c.html'],
    ['/c', 'https://www.example.cn/c'],
    ['../c', 'https://www.example.cn/c'],
    ['//img.example.cn/1.jpg', 'https://img.example.cn/1.jpg'],
    ['?id=1', 'https://www.example.cn/a/b.html?id=1'],
    [' \n https://other.example.cn/x\n y ', 'https://other.example.cn/xy'],
    ['http://plain.example.cn', 'http://plain.example.cn'],
    ['文章/1.html', 'https://www.example.cn/a/文章/1.html'],
    ['data:image/png;base64,AA', 'data:image/png;base64,AA'],
    ['http://[broken', 'http://[broken'],
  ])('%s → %s', (address, wanted) => {
    expect(resolveUrl(address, BASE)).toBe(wanted);
  });
});

describe('resolveHtmlLinks', () => {
  it.each([
    ['double quotes', '<a href="c">x</a>', '<a href="https://www.example.cn/a/c">x</a>'],
    ['single quotes', "<img src='/c.png'>", "<img src='https://www.example.cn/c.png'>"],
    ['no quotes', '<a href=c>x</a>', '<a href=https://www.example.cn/a/c>x</a>'],
    ['capitals', '<A HREF="c">x</A>', '<A HREF="https://www.example.cn/a/c">x</A>'],
    ['references', '<a href="?a=1&amp;b=2">x</a>', '<a href="https://www.example.cn/a/b.html?a=1&amp;b=2">x</a>'],
    ['lazy images', '<img data-src="/c.png">', '<img data-src="https://www.example.cn/c.png">'],
    [
      'srcset',
      '<img srcset="/1.png 1x, /2.png 2x">',
      '<img srcset="https://www.example.cn/1.png 1x, https://www.example.cn/2.png 2x">',
    ],
    ['fragments', '<a href="#top">x</a>', '<a href="#top">x</a>'],
    ['absolute addresses', '<a href="http://e.cn/?q=&quot;">x</a>', '<a href="http://e.cn/?q=&quot;">x</a>'],
    ['text that only looks like an attribute', 'href="c" <b>x</b> src="d"', 'href="c" <b>x</b> src="d"'],
  ])('%s', (_, html, wanted) => {
    expect(resolveHtmlLinks(html, BASE)).toBe(wanted);
  });
});
