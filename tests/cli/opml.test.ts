import { describe, expect, test } from 'vitest';
import { addressKey, nameSource } from '../../src/config/files/newsource.ts';
import { readOpml } from '../../src/cli/commands/opml.ts';

describe('readOpml', () => {
  test('reads feeds with their headings, each once', () => {
    const xml = `<?xml version="1.0"?><opml version="1.0"><body>
      <outline text="安徽"><outline text="甲 &amp; 乙" xmlUrl=" https://a.example/rss "/>
        <outline title="二级"><outline title="丙" xmlurl="http://c.example/"/></outline></outline>
      <outline text="又" xmlUrl="https://A.example/rss/"/>
      <outline text="路由" xmlUrl="rsshub://zjol/paper"/>
      <outline text="坏" xmlUrl="javascript:alert(1)"/></body></opml>`;
    expect(readOpml(xml)).toEqual([
      { url: 'https://a.example/rss', title: '甲 & 乙', group: '安徽' },
      { url: 'http://c.example/', title: '丙', group: '二级' },
      { url: 'rsshub://zjol/paper', title: '路由', group: null },
    ]);
  });

  test.each([
    ['HTML', '<html><outline xmlUrl="https://a.example"/></html>'],
    ['nothing', ''],
    ['noise', '\u0000\u0001<<<'],
  ])('%s is none', (_name, text) => expect(readOpml(text)).toBeNull());
});

test.each([
  ['https://www.example.com/rss/news.xml', 'example-news'],
  ['https://news.example.com.cn/', 'news-example'],
  ['https://例子.测试/', 'xn-fsqu00a-xn-0zwm56d'],
  ['no address', 'source'],
])('%s is named %s', (url, id) => {
  expect(nameSource(url, new Set())).toBe(id);
  expect(nameSource(url, new Set([id, `${id}-2`]))).toBe(`${id}-3`);
});

test.each([
  ['http://a.example/x', 'https://A.example/x/', true],
  ['http://a.example/x?a=1', 'http://a.example/x?a=2', false],
  ['rsshub://a/b', 'https://a/b', false],
])('%s and %s are one: %s', (a, b, same) => expect(addressKey(a) === addressKey(b)).toBe(same));
