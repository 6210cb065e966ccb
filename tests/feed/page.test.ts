import { reason } from '../../src/reasons/catalogue.ts';
import { say } from '../../src/reasons/render.ts';
import { describe, expect, it } from 'vitest';
import { decodeBytes } from '../../src/feed/bytes/decode.ts';
import { discoverFeeds } from '../../src/feed/page/discover.ts';
import { proposeSelectors } from '../../src/feed/page/propose.ts';
import { NOW, fixture, readOk, refusal } from './documents.ts';

const URL = 'http://www.example.cn/ah/index.html';
const FIRST = '合肥轨道交通三号线南延线开通运营';
const LAST = '宣城宣纸博览会迎来海外客商';

function html(name: string): string {
  const decoded = decodeBytes(fixture(name));
  if (!decoded.ok) throw new Error(say(decoded.reason, 'en'));
  return decoded.text;
}

const iso = (at: number | null | undefined): string | null => (at ? new Date(at).toISOString() : null);

describe('list pages', () => {
  it.each([
    ['list-ul.html', 'http://www.example.cn/ah/202405/t20240501_1000.html', '2024-04-30T16:00:00.000Z'],
    ['list-dl.html', 'http://news.example.cn/2024/0501/c2000.html', '2024-05-01T00:30:00.000Z'],
    ['list-table.html', 'http://www.example.cn/ah/show.asp?id=300', '2024-04-30T16:00:00.000Z'],
    ['list-cards.html', 'http://www.example.cn/article/98000', '2024-05-06T03:00:00.000Z'],
    ['list-blocks.html', 'http://www.example.cn/system/2024/05/01/01480.shtml', '2024-04-30T16:00:00.000Z'],
  ])('are read by the selectors proposed for them: %s', async (name, link, published) => {
    const [best] = proposeSelectors(html(name), URL, { timezone: 'Asia/Shanghai', now: NOW });
    if (best === undefined) throw new Error('no proposal');
    const { items, format } = await readOk(fixture(name), { kind: 'page', url: URL, select: best.select });
    expect(format).toBe('page');
    expect(best.count).toBe(8);
    expect(items.map(({ title }) => title)).toHaveLength(8);
    expect([items[0]?.title, items[7]?.title]).toEqual([FIRST, LAST]);
    expect(items[0]?.link).toBe(link);
    expect(iso(items[0]?.published)).toBe(published);
  });

  it('proposes nothing for a page without a list', () => {
    expect(proposeSelectors('<html><body><p>只有一段文字</p><a href="/x">链接而已一个</a></body></html>', URL)).toEqual(
      [],
    );
  });

  it('reads with selectors of one’s own, the date from the address where the page gives none', async () => {
    const select = { item: '.left .item', title: 'h2', link: 'h2 a', summary: '.abs' };
    const { items, title, language } = await readOk(fixture('list-blocks.html'), { kind: 'page', url: URL, select });
    expect({ title, language }).toEqual({ title: '安徽要闻_示例新闻网', language: 'zh-CN' });
    expect(items[1]?.summary).toContain('<a href="http://www.example.cn/system/2024/05/02/01481.shtml">');
    expect(items[1]?.repairs).toContainEqual(reason('repair.date.from-address'));
  });

  it.each([
    ['that match nothing', { item: '.nothing' }, /select: select\.item "\.nothing" matches nothing/],
    ['that match no headlines', { item: 'h3', link: 'a' }, /select: .* none has a title and a link/],
    ['that are none', { item: 'li[' }, /select: a selector is wrong/],
  ])('give a reason for selectors %s', async (_, select, reason) => {
    expect(await refusal(fixture('list-ul.html'), { kind: 'page', url: URL, select })).toMatch(reason);
  });
});

describe('discoverFeeds', () => {
  it('finds what a page declares and links to, absolute, each once', () => {
    const page = `<base href="https://www.example.cn/sub/"><link rel="ALTERNATE" type="application/rss+xml" title="要闻" href="news.xml">
      <link rel="alternate" type="text/html" hreflang="en" href="/en"><link rel="stylesheet" href="feed.css">
      <link rel="alternate" type="application/feed+json" href="/feed.json"><a href="news.xml">RSS</a><a href="/rss/sh.xml">上海</a><a href="/feedback">意见</a>`;
    expect(discoverFeeds(page, URL)).toEqual([
      { url: 'https://www.example.cn/sub/news.xml', title: '要闻', type: 'application/rss+xml' },
      { url: 'https://www.example.cn/feed.json', title: null, type: 'application/feed+json' },
      { url: 'https://www.example.cn/rss/sh.xml', title: '上海', type: null },
    ]);
  });
});
