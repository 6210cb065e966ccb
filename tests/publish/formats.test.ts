/** A small edition in every format, byte for byte and field by field; OPML and entity tags beside them. */
import { parseAtomFeed, parseJsonFeed, parseOpml, parseRssFeed } from 'feedsmith';
import { describe, expect, test } from 'vitest';
import { strongEtag } from '../../src/publish/etag.ts';
import { formats } from '../../src/publish/formats.ts';
import { renderOpml } from '../../src/publish/opml.ts';
import type { EditionDocument, EditionItem } from '../../src/publish/edition.ts';
import { VIEW_PARAMETERS, withoutParameters } from '../../src/web/feeds/query.ts';
import { edition, makeCopy, makeDocument, makeItem, NOON } from './sample.ts';
import { atomFaults, jsonFaults, rssFaults } from './validity.ts';

async function render(extension: string, document: EditionDocument): Promise<string> {
  return (await formats.find((format) => format.extension === extension)?.render(document))?.body ?? '';
}

/** One of everything. */
const small: readonly EditionItem[] = [
  makeItem({
    copies: [
      makeCopy(),
      makeCopy({ link: 'https://net.example/9', outlet: null, sourceName: '皖江网', published: null }),
    ],
    image: 'https://daily.example/pic/1.jpg',
    enclosures: [
      { url: 'https://daily.example/pic/1.jpg', type: 'image/jpeg', length: 52_000 },
      { url: 'https://daily.example/radio/1.mp3', type: 'audio/mpeg', length: 1_204_000 },
    ],
  }),
  makeItem({
    id: 's2',
    title: '',
    link: null,
    originalGuid: null,
    published: null,
    authors: [],
    outlet: null,
    categories: [],
    summary: '黄山风景区周末限流。请提前预约。',
    content: '',
  }),
  makeItem({
    id: 's3',
    title: '滬寧線「加密」班次 <試行> & 調價',
    script: 'hant',
    source: { id: 'wire', name: '電訊', url: 'rsshub://wire/delta', link: 'https://wire-source.example/' },
    enclosures: [{ url: 'https://x.example/a', type: null, length: null }],
    copies: [makeCopy({ link: 'https://net.example/10', published: null, firstSeen: NOON })],
  }),
];

describe.each(formats)('$name', ({ extension }) => {
  const document = makeDocument(small, {
    selfUrl: `https://wire.example/feeds/delta.${extension}?page=2`,
    page: {
      first: `https://wire.example/feeds/delta.${extension}`,
      previous: `https://wire.example/feeds/delta.${extension}?page=1`,
      next: `https://wire.example/feeds/delta.${extension}?page=3`,
      last: null,
    },
    stylesheetUrl: 'https://wire.example/feed.css',
  });

  test('a small edition, byte for byte', async () => {
    await expect(await render(extension, document)).toMatchFileSnapshot(`../golden/publish/delta.${extension}`);
  });

  test('is valid, with items and without', async () => {
    const faults = { rss: rssFaults, atom: atomFaults, json: async (text: string) => jsonFaults(text) }[extension];
    expect(await faults(await render(extension, document), document.updated)).toEqual([]);
    expect(await faults(await render(extension, makeDocument([], { updated: 0 })), document.updated)).toEqual([]);
  });

  test('an item has the same bytes in whatever company', async () => {
    const alone = await render(extension, makeDocument([makeItem({ id: 'steady' })], { updated: NOON * 2 }));
    const together = await render(extension, makeDocument([...small, makeItem({ id: 'steady' })]));
    const cut = (body: string): string => {
      if (extension === 'json') return JSON.stringify((JSON.parse(body) as { items: unknown[] }).items.at(-1));
      return body.slice(body.lastIndexOf(extension === 'rss' ? '<item>' : '<entry '));
    };
    expect(cut(alone).length).toBeGreaterThan(500);
    expect(cut(together)).toBe(cut(alone));
  });

  test('content: summary publishes the summary only', async () => {
    const long = makeItem({ content: '<p>全文在此。</p>', summary: '摘要 <在> 此。\n第二行。', copies: [makeCopy()] });
    const body = await render(extension, makeDocument([long], { edition: { ...edition, content: 'summary' } }));
    expect(body).not.toContain('全文在此');
    expect(body).not.toContain('另见');
    expect(body).toContain('摘要');
  });
});

describe('a title', () => {
  const titleOf = async (fields: Partial<EditionItem>): Promise<string | undefined> =>
    parseRssFeed(await render('rss', makeDocument([makeItem(fields)]))).items?.[0]?.title;

  test.each([
    ['as given', { title: '芜湖新桥通车' }, '芜湖新桥通车'],
    ['on one line', { title: ' 甲\n\u3000乙\t丙 ' }, '甲 乙 丙'],
    ['missing: the first sentence of the summary', { title: '', summary: '新桥今日通车。明日限行。' }, '新桥今日通车'],
    ['missing: its question with the mark', { title: ' ', summary: '新桥何时通车？\n明日。' }, '新桥何时通车？'],
    ['missing, no sentence: the first words', { title: '', summary: '长'.repeat(90) }, `${'长'.repeat(40)}…`],
    [
      'missing, no summary: from the text',
      { title: '', summary: '', content: '<p>正文 <b>3 &lt; 5</b></p>' },
      '正文 3 < 5',
    ],
    ['a megabyte long', { title: '𠮷'.repeat(500_000) }, `${'𠮷'.repeat(500)}…`],
    ['that reads as markup', { title: '<b>甲</b> & <i>' }, '＜b>甲＜/b> & ＜i>'],
    ['with a comparison', { title: '若 a<b 且 b<c' }, '若 a<b 且 b<c'],
  ])('%s', async (_, fields, expected) => {
    expect(await titleOf(fields)).toBe(expected);
  });
});

describe('an entry', () => {
  const entryOf = async (fields: Partial<EditionItem>) =>
    parseAtomFeed(await render('atom', makeDocument([makeItem(fields)]))).entries?.[0];

  test('lists each copy once, and neither its own page nor what has no address', async () => {
    const copies = [
      makeCopy({ link: 'https://daily.example/2026/0203/1.html' }),
      makeCopy({ link: 'https://net.example/1' }),
      makeCopy({ link: 'https://NET.example/1', outlet: '又一家' }),
      makeCopy({ link: null }),
    ];
    const entry = await entryOf({ copies });
    const related = (entry?.links ?? []).filter(({ rel }) => rel === 'related').map(({ href }) => href);
    expect(related).toEqual(['https://wire.example/stories/s1', 'https://net.example/1']);
    expect(entry?.content?.value?.match(/<li>/g)).toHaveLength(1);
  });

  test('lists each outlet once, a dozen at most, and says where the others are', async () => {
    const copies = Array.from({ length: 40 }, (_, n) =>
      makeCopy({ link: `https://net.example/${n}`, outlet: `第${n % 20}家` }),
    );
    const entry = await entryOf({ copies });
    const rows = [...(entry?.content?.value?.matchAll(/<li><a href="([^"]*)">([^<]*)/g) ?? [])];
    expect(rows.map(([, , outlet]) => outlet)).toEqual([
      ...Array.from({ length: 12 }, (_, n) => `第${n}家`),
      '还有 8 家',
    ]);
    expect(rows.at(-1)?.[1]).toBe('https://wire.example/stories/s1');
    expect(entry?.links?.filter(({ rel }) => rel === 'related')).toHaveLength(13);
  });

  test('names people and no mail addresses', async () => {
    const authors = ['陈一 <chen@daily.example>', '<li@daily.example>', 'editor@daily.example', ' ', '陈一', '李 二'];
    expect((await entryOf({ authors }))?.authors).toEqual([{ name: '陈一' }, { name: '李 二' }]);
  });

  test('is its outlet’s where nobody signs, and its source’s where no outlet is named', async () => {
    const entry = await entryOf({ authors: [], outlet: '皖江网' });
    expect(entry?.authors).toEqual([{ name: '皖江网' }]);
    expect(entry?.source?.authors).toEqual([{ name: '皖江网' }]);
  });

  test('carries a picture once as thumbnail, all enclosures with what is known of them', async () => {
    const enclosures = [
      { url: 'https://x.example/a.MP3?x=1', type: null, length: null },
      { url: 'https://x.example/b', type: 'Video/MP4; codecs="x"', length: 0 },
      { url: 'https://x.example/b', type: 'video/mp4', length: 5 },
      { url: 'http://x.example/b', type: 'video/mp4', length: 5 },
      { url: 'http://x.example/c.mp3', type: null, length: 7 },
      { url: 'https://x.example/c.mp3#t=5', type: null, length: null },
    ];
    const entry = await entryOf({ enclosures, image: 'https://x.example/i.jpg' });
    expect((entry?.links ?? []).filter(({ rel }) => rel === 'enclosure')).toEqual([
      { rel: 'enclosure', href: 'https://x.example/a.MP3?x=1', type: 'audio/mpeg' },
      { rel: 'enclosure', href: 'https://x.example/b', type: 'video/mp4' },
      { rel: 'enclosure', href: 'https://x.example/c.mp3#t=5', type: 'audio/mpeg', length: 7 },
    ]);
    expect(entry?.media?.thumbnails).toEqual([{ url: 'https://x.example/i.jpg' }]);
  });
});

describe('the feed itself', () => {
  const pages = {
    first: 'https://w.example/1',
    previous: null,
    next: 'https://w.example/3',
    last: 'https://w.example/9',
  };
  const document = makeDocument([], { page: pages });

  test('RSS links to itself, its hub, its other formats and its pages', async () => {
    const feed = parseRssFeed(await render('rss', document));
    expect(feed.atom?.links?.map(({ rel, type, href }) => [rel, type, href])).toEqual([
      ['self', 'application/rss+xml', document.selfUrl],
      ['hub', undefined, document.hub],
      ['alternate', 'text/html', document.homeUrl],
      ['alternate', 'application/atom+xml', 'https://wire.example/feeds/delta.atom'],
      ['alternate', 'application/feed+json', 'https://wire.example/feeds/delta.json'],
      ['first', 'application/rss+xml', pages.first],
      ['next', 'application/rss+xml', pages.next],
      ['last', 'application/rss+xml', pages.last],
    ]);
    expect(feed.lastBuildDate).toBe(new Date(document.updated).toUTCString());
  });

  test('Atom links to itself, its hub, its other formats and its pages', async () => {
    const feed = parseAtomFeed(await render('atom', document));
    expect(feed.links?.map(({ rel, type, href }) => [rel, type, href])).toEqual([
      ['alternate', undefined, document.homeUrl],
      ['self', undefined, document.selfUrl],
      ['hub', undefined, document.hub],
      ['alternate', 'application/rss+xml', 'https://wire.example/feeds/delta.rss'],
      ['alternate', 'application/feed+json', 'https://wire.example/feeds/delta.json'],
      ['alternate', 'text/html', document.homeUrl],
      ['first', 'application/atom+xml', pages.first],
      ['next', 'application/atom+xml', pages.next],
      ['last', 'application/atom+xml', pages.last],
    ]);
    expect(feed.updated).toBe(new Date(document.updated).toISOString());
  });

  test('JSON Feed names its next page, its hub and its language', async () => {
    const hant = makeDocument([], { page: pages, edition: { ...edition, script: 'hant' } });
    expect(parseJsonFeed(await render('json', hant))).toMatchObject({
      next_url: pages.next,
      hubs: [{ type: 'WebSub', url: document.hub }],
      language: 'zh-Hant',
      feed_url: document.selfUrl,
    });
  });

  test.each([
    ['a page', '?page=3', 'urn:deltawire:edition:delta'],
    ['a size', '?limit=10', 'urn:deltawire:edition:delta'],
    ['a place to go on from', '?page=2&after=abc', 'urn:deltawire:edition:delta'],
    ['a region', '?region=340100', 'urn:deltawire:edition:delta:region=340100'],
    [
      'two narrowings in either order',
      '?script=hant&q=%E9%AB%98%E9%93%81',
      'urn:deltawire:edition:delta:q=%E9%AB%98%E9%93%81:script=hant',
    ],
  ])('%s of it has an id of its own only where it is another feed', async (_, query, expected) => {
    const narrowed = makeDocument([], { narrowedTo: [...withoutParameters(query, VIEW_PARAMETERS)] });
    expect(parseAtomFeed(await render('atom', narrowed)).id).toBe(expected);
  });
});

describe('renderOpml', () => {
  test('comes back as it went in', () => {
    const outlines = [
      {
        title: '长三角 & "皖" <北>',
        xmlUrl: 'https://w.example/feeds/delta.rss?a=1&b=2',
        htmlUrl: 'https://w.example/',
      },
      { title: '原子', xmlUrl: 'https://w.example/feeds/delta.atom', type: 'atom' },
      { title: '路由', xmlUrl: 'rsshub://wire/delta' },
    ];
    const read = parseOpml(renderOpml('deltawire ]]> & 版', outlines));
    expect(read.head?.title).toBe('deltawire ]]> & 版');
    expect(read.body?.outlines).toEqual([
      {
        text: '长三角 & "皖" <北>',
        title: '长三角 & "皖" <北>',
        type: 'rss',
        xmlUrl: outlines[0]?.xmlUrl,
        htmlUrl: outlines[0]?.htmlUrl,
      },
      { text: '原子', title: '原子', type: 'atom', xmlUrl: outlines[1]?.xmlUrl },
      { text: '路由', title: '路由', type: 'rss', xmlUrl: outlines[2]?.xmlUrl },
    ]);
  });

  test('nests what stands in groups, each group once', () => {
    const of = (title: string, group?: readonly string[]) => ({ title, xmlUrl: `https://w.example/${title}`, group });
    const read = parseOpml(
      renderOpml('组', [of('a', ['安徽', '合肥']), of('b'), of('c', ['安徽']), of('d', ['安徽', '合肥'])]),
    );
    interface Nested {
      readonly text?: string | undefined;
      readonly outlines?: readonly Nested[] | undefined;
    }
    const shape = (outlines: readonly Nested[] = []): unknown[] =>
      outlines.map(({ text, outlines: below }) => (below === undefined ? text : [text, ...shape(below)]));
    expect(shape(read.body?.outlines)).toEqual(['b', ['安徽', 'c', ['合肥', 'a', 'd']]]);
  });

  test('leaves out what is no address, keeps what has no title', () => {
    const text = renderOpml('\u0000', [
      { title: '坏', xmlUrl: 'javascript:alert(1)' },
      { title: '\ud800', xmlUrl: 'https://w.example/a', htmlUrl: 'data:x' },
    ]);
    expect(text).not.toContain('坏');
    expect(text).toContain(
      '<outline text="https://w.example/a" title="https://w.example/a" type="rss" xmlUrl="https://w.example/a"/>',
    );
  });
});

describe('strongEtag', () => {
  test('is quoted, of one length, and the same for the same bytes', () => {
    expect(strongEtag('甲')).toMatch(/^"[\w-]{22}"$/);
    expect(strongEtag('甲')).toBe(strongEtag(new TextEncoder().encode('甲')));
    expect(strongEtag('甲')).not.toBe(strongEtag('乙'));
  });
});
