import { describe, expect, test } from 'vitest';
import { addressKey, nameSource } from '../../src/config/files/newsource.ts';
import iconv from 'iconv-lite';
import { readSubscriptions } from '../../src/daemon/opmllist.ts';

const readOpml = (text: string) => readSubscriptions(Buffer.from(text))?.subscriptions ?? null;

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
      { url: 'http://c.example/', title: '丙', group: '安徽 / 二级' },
      { url: 'rsshub://zjol/paper', title: '路由', group: null },
    ]);
  });

  test.each([
    ['HTML', '<html><outline xmlUrl="https://a.example"/></html>'],
    ['nothing', ''],
    ['noise', '\u0000\u0001<<<'],
  ])('%s is none', (_name, text) => expect(readOpml(text)).toBeNull());
});

describe('readSubscriptions', () => {
  const listOf = (body: string, encoding = 'UTF-8') =>
    `<?xml version="1.0" encoding="${encoding}"?><opml version="2.0"><body>${body}</body></opml>`;
  const hefei = '<outline text="安徽"><outline type="rss" text="合肥日报" xmlUrl="http://a.example/rss"/></outline>';

  test.each([
    ['GB2312', Buffer.from(iconv.encode(listOf(hefei, 'GB2312'), 'gb18030'))],
    ['Big5', Buffer.from(iconv.encode(listOf(hefei.replace('合肥日报', '合肥日報'), 'Big5'), 'big5'))],
    ['UTF-16', Buffer.from(iconv.encode(listOf(hefei, 'UTF-16'), 'utf-16le', { addBOM: true }))],
    ['UTF-16 without a mark', Buffer.from(iconv.encode(listOf(hefei, 'UTF-16'), 'utf-16be', { addBOM: false }))],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${listOf(hefei)}`)],
  ])('reads %s', (_name, bytes) => {
    const [one] = readSubscriptions(bytes)?.subscriptions ?? [];
    expect([one?.title?.replace('報', '报'), one?.group]).toEqual(['合肥日报', '安徽']);
  });

  test.each([
    ['feed://a.example/rss', 'http://a.example/rss'],
    ['feed:https://a.example/rss', 'https://a.example/rss'],
    ['FEED:http://a.example/rss', 'http://a.example/rss'],
    ['feed://https://a.example/rss', 'https://a.example/rss'],
    ['feeds://a.example/rss', 'https://a.example/rss'],
    ['http://&#10;a.example/rss', 'http://a.example/rss'],
    ['  http://a.example/rss&#9;', 'http://a.example/rss'],
    ['http://a.example/RSS Feeds/Latest News', 'http://a.example/RSS%20Feeds/Latest%20News'],
  ])('mends the address %s', (written, url) => {
    expect(readOpml(listOf(`<outline text="样" xmlUrl="${written}"/>`))?.map((one) => one.url)).toEqual([url]);
  });

  test('takes a category for the group where it stands under no heading', () => {
    const feed = (url: string) => `<outline text="样" xmlUrl="https://${url}/" category="/上海/浦东,/经济"/>`;
    const groups = readOpml(listOf(`${feed('a.example')}<outline text="安徽">${feed('b.example')}</outline>`));
    expect(groups?.map(({ group }) => group)).toEqual(['上海 / 浦东', '安徽']);
  });

  test('keeps the heading of a feed that stands under one the second time, and of many that are never closed', () => {
    const feed = (n: number, end = '/') => `<outline text="样" xmlUrl="https://${n}.example/"${end}>`;
    const twice = readOpml(listOf(`${feed(1)}<outline text="安徽">${feed(1)}</outline>`));
    expect(twice).toEqual([{ url: 'https://1.example/', title: '样', group: '安徽' }]);
    const unclosed = Array.from({ length: 12 }, (_, n) => feed(n, '')).join('');
    const groups = readOpml(listOf(`<outline text="安徽">${unclosed}`))?.map(({ group }) => group);
    expect(groups).toEqual(Array.from({ length: 12 }, () => '安徽'));
  });

  test('refuses an outline that names a page alone, but no heading that has a page', () => {
    const page = 'htmlUrl="https://a.example/"';
    const list = readSubscriptions(
      Buffer.from(
        listOf(
          `<outline text="页" ${page}/><outline text="组" ${page}><outline text="样" xmlUrl="https://b.example/"/></outline>`,
        ),
      ),
    );
    expect(list?.refused).toEqual([{ code: 'feed.list.link', params: { name: '页' } }]);
    expect(list?.subscriptions.map(({ group }) => group)).toEqual(['组']);
  });

  test('counts what is named twice, and names what is refused', () => {
    const body = `<outline text="甲" xmlUrl="http://a.example/"/><outline text="又" xmlUrl="https://a.example"/>
      <outline text="历" xmlUrl="webcal://a.example/x"/><outline type="link" text="页" url="http://l.example/"/>
      <outline type="include" text="引" url="http://l.example/x.opml"/><outline type="rss" text="空"/>
      <outline text="裸" xmlUrl="a.example/rss"/><outline text="组"/>`;
    const list = readSubscriptions(Buffer.from(listOf(body)));
    expect([list?.subscriptions.length, list?.repeated]).toEqual([1, 1]);
    expect(list?.refused.map(({ code }) => code)).toEqual([
      'config.address.scheme',
      'feed.list.link',
      'feed.list.include',
      'feed.list.no-address',
      'config.address.bare-host',
    ]);
  });
});

describe('a hostile list', () => {
  const laughs = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('');
  const outline = (url: string) => `<outline text="样" xmlUrl="${url}"/>`;
  const lists: readonly (readonly [name: string, head: string, body: string, urls: readonly string[]])[] = [
    [
      'an entity of a file',
      '<!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
      outline('https://a.example/&x;'),
      ['https://a.example/&x;'],
    ],
    [
      'a document type elsewhere',
      '<!DOCTYPE opml SYSTEM "http://evil.example/x.dtd">',
      outline('https://a.example/'),
      ['https://a.example/'],
    ],
    [
      'a billion laughs',
      `<!DOCTYPE opml [<!ENTITY l0 "ha">${laughs}]>`,
      outline('https://a.example/&l9;'),
      ['https://a.example/&l9;'],
    ],
    ['JavaScript', '', outline('javascript:alert(1)'), []],
    ['a file', '', outline('file:///etc/passwd'), []],
    ['data', '', outline('data:text/xml,x'), []],
    ['another protocol', '', outline('gopher://127.0.0.1:6379/_x'), []],
    ['an address with a line end', '', outline('https://a.example/&#10;proxy: x'), ['https://a.example/proxy:%20x']],
    ['an address with a blank', '', outline('https://a.example/ x'), ['https://a.example/%20x']],
    ['no scheme', '', outline('//a.example/'), []],
    ['an inclusion', '', '<outline type="include" url="file:///etc/passwd" text="x"/>', []],
    ['names of prototypes', '', '<outline __proto__="x" constructor="y" text="z"/>', []],
    ['one address a thousand times', '', outline('https://a.example/').repeat(1000), ['https://a.example/']],
    ['outlines without end', '', '<outline text="x">'.repeat(20_000), []],
  ];
  test.each(lists)('with %s', (_name, head, body, urls) => {
    const list = readOpml(`<?xml version="1.0"?>${head}<opml version="2.0"><body>${body}</body></opml>`);
    expect(list?.map(({ url }) => url)).toEqual(urls);
  });
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
