/** What is found at the addresses that people give, and what block is proposed for it. */
import { expect, test } from 'vitest';
import { addressesMeant } from '../../src/feed/page/feedplaces.ts';
import { readDocument } from '../../src/feed/readdocument.ts';
import { findSource, type SourceFinding } from '../../src/daemon/findsource.ts';
import { proposeSource } from '../../src/daemon/proposesource.ts';
import { plainSource } from '../../src/config/plainsource.ts';
import { reason } from '../../src/reasons/catalogue.ts';
import { makeConfig, makeSource } from '../support/configs.ts';
import { count, dayOf, frame, headline, list, NOW, plainPath } from '../feed/listpage/samplesite.ts';

const SITE = 'https://www.qinghe.example';
const feed = (title: string): string =>
  `<rss version="2.0"><channel><title>${title}</title><link>${SITE}/</link>${count(3)
    .map((n) => `<item><title>${headline(n)}</title><link>${SITE}/a/${n}</link></item>`)
    .join('')}</channel></rss>`;
const page = (head = '', body = '<p>欢迎</p>'): string =>
  `<html><head><title>要闻_青禾在线</title>${head}</head><body>${body}</body></html>`;
const link = (href: string, title = ''): string =>
  `<link rel="alternate" type="application/rss+xml" title="${title}" href="${href}">`;
const newsList = frame(
  list(10, (n) => `<li><a href="${plainPath(n)}">${headline(n)}</a><span>${dayOf(n)}</span></li>`),
);

/** Looks at `typed` in a web of these pages; `headers`: of the page that is asked first. */
async function find(
  typed: string,
  web: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<SourceFinding> {
  let isFirst = true;
  return findSource(
    {
      load(url) {
        const own = isFirst ? headers : {};
        isFirst = false;
        const body = web[url.replace(SITE, '')];
        return Promise.resolve(
          body === undefined
            ? { ok: false, reason: reason('fetch.address.no-rsshub') }
            : { ok: true, url, bytes: Buffer.from(body), headers: own },
        );
      },
      read: (document, kind) => readDocument({ ...plainSource('x', document.url), kind }, document, NOW),
    },
    typed,
  );
}
const at = (finding: SourceFinding): string => (finding.ok ? finding.found.url.replace(SITE, '') : 'none');

test.each<[string, string, Record<string, string>, Record<string, string>, string]>([
  ['a feed', '/f.xml', { '/f.xml': feed('青禾') }, {}, '/f.xml'],
  [
    'a Link header',
    '/x/',
    { '/x/': page(), '/own.xml': feed('青禾') },
    { link: '</style.css>; rel=preload, </own.xml>; rel="alternate"; type="application/rss+xml"' },
    '/own.xml',
  ],
  [
    'the feed before that of the comments',
    '/x/',
    {
      '/x/': page(link('/comments/feed', '评论') + link('/main.xml')),
      '/comments/feed': feed('评论'),
      '/main.xml': feed('青禾'),
    },
    {},
    '/main.xml',
  ],
  [
    'a declared feed that is gone, then the next',
    '/x/',
    { '/x/': page(link('/gone.xml') + link('/own.xml')), '/own.xml': feed('青禾') },
    {},
    '/own.xml',
  ],
  [
    'a page called RSS that lists feeds',
    '/x/',
    {
      '/x/': page('', '<a href="/rsslist.html">RSS</a>'),
      '/rsslist.html': page('', '<a href="/d/rss.xml">国内</a>'),
      '/d/rss.xml': feed('国内'),
    },
    {},
    '/d/rss.xml',
  ],
  ['a usual place beneath it', '/x/', { '/x/': page(), '/x/feed': feed('青禾') }, {}, '/x/feed'],
  [
    'the number of a site',
    '/',
    { '/': page('<script>var siteId = "6787231";</script>'), '/rss/rss.xml?siteId=6787231': feed('青禾') },
    {},
    '/rss/rss.xml?siteId=6787231',
  ],
  [
    'the page, before a feed that is only guessed of its whole site',
    '/xw/',
    { '/xw/': newsList, '/feed': feed('全站') },
    {},
    '/xw/',
  ],
  [
    'where a page leads on to',
    '/',
    { '/': '<html><head><meta http-equiv="refresh" content="0;url=/xw/"></head></html>', '/xw/': newsList },
    {},
    '/xw/',
  ],
])('finds %s', async (_, path, web, headers, expected) => {
  expect(at(await find(`${SITE}${path}`, web, headers))).toBe(expected);
});

test('lists what else could be polled', async () => {
  const finding = await find(`${SITE}/xw/`, {
    '/xw/': newsList.replace('</head>', `${link('/a.xml', '甲')}${link('/b.xml', '乙')}</head>`),
    '/a.xml': feed('甲'),
  });
  expect(finding.ok && finding.found.alternatives.map(({ url, kind }) => [url.replace(SITE, ''), kind])).toEqual([
    ['/b.xml', 'feed'],
    ['/xw/', 'page'],
  ]);
});

test('says why there is nothing to poll', async () => {
  const finding = await find(`${SITE}/`, { '/': page('', '<a href="/gy/">关于我们</a>') });
  expect(finding.ok ? '' : finding.reason).toMatchObject({ code: 'source.find.none' });
  expect(await find('随便什么', {})).toMatchObject({ ok: false, asked: false });
});

test.each([
  [' https://a.cn/x ', ['https://a.cn/x']],
  ['feed:https://a.cn/x', ['https://a.cn/x']],
  ['feed://a.cn/x', ['http://a.cn/x']],
  ['a.cn/x?y=1', ['https://a.cn/x?y=1', 'http://a.cn/x?y=1']],
  ['127.0.0.1:8080/f', ['https://127.0.0.1:8080/f', 'http://127.0.0.1:8080/f']],
  ['rsshub://zjol/paper', ['rsshub://zjol/paper']],
  ['file:///etc/passwd', []],
  ['青禾', []],
])('%s means %j', (typed, meant) => {
  expect(addressesMeant(typed)).toEqual(meant);
});

test.each<[string, string, string, string, string | undefined]>([
  ['its name', 'https://www.x-demo.cn/', '要闻_芜湖新闻网', '芜湖新闻网 要闻', '芜湖市'],
  ['who runs it', 'https://www.x-demo.cn/', '要闻_江淮在线', '江淮在线 要闻', '安庆市'],
  ['its host', 'https://www.bengbunews.cn/', '要闻_明珠在线', '明珠在线 要闻', '蚌埠市'],
  ['the label of a branch', 'https://www.zj.demo.com.cn/', '滚动新闻', '滚动新闻', '浙江省'],
])('takes name and region from %s', async (_, url, title, name, region) => {
  const organiser = url.includes('x-demo') && title.includes('江淮') ? '<p>主办单位：安庆市人民政府</p>' : '';
  const html = newsList
    .replace(/<title>.*<\/title>/, `<title>${title}</title>`)
    .replace(/<p>主办.*?<\/p>/, '')
    .replaceAll('青禾县人民政府办公室', '')
    .replace('</body>', `${organiser}</body>`);
  const read = await readDocument(
    { ...plainSource('x', url), kind: 'page' },
    { url, bytes: Buffer.from(html), headers: {} },
    NOW,
  );
  if (!read.ok) throw new Error(JSON.stringify(read.reason));
  const config = makeConfig({ sources: [makeSource({ id: 'a', url: 'https://a.cn/', group: '安徽' })] });
  const block = proposeSource({ url, html, document: read.document, alternatives: [] }, config);
  expect(block).toMatchObject({ name, region, kind: 'page', fullText: true });
});
