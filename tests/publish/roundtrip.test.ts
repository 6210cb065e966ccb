/** What five hundred items say is what two independent readers read back from each format. */
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith';
import Parser from 'rss-parser';
import { describe, expect, test } from 'vitest';
import type { EditionItem } from '../../src/publish/edition.ts';
import { formats } from '../../src/publish/formats.ts';
import { makeCopy, makeDocument, makeItem, NOON } from './sample.ts';

const CITIES = ['合肥市', '芜湖市', '南京市', '苏州市', '杭州市', '宁波市', '嘉定区'];
const MARKS = [
  '',
  '：A & B',
  ' “引号”',
  ' 3<5',
  ' x>y',
  ' &amp; 原样',
  ' AT&T',
  ' 100%',
  ' 𠮷野',
  " it's",
  '\u200d👩‍🌾',
  ' $& $1',
];

/** Items as news makes them: every field filled or not, in turn, with the signs that tempt an escape to go wrong. */
function makeNews(count: number): EditionItem[] {
  return Array.from({ length: count }, (_, n) => {
    const mark = MARKS[n % MARKS.length] ?? '';
    const city = CITIES[n % CITIES.length] ?? '';
    return makeItem({
      id: `story-${n}`,
      title: `${city}第${n}号消息${mark}`,
      link: `https://daily.example/${n}.html?a=1&b=${n}`,
      originalGuid: n % 3 === 0 ? null : `guid ${n}${mark}`,
      published: n % 7 === 0 ? null : NOON - n * 61_000,
      firstSeen: NOON - n * 60_000,
      updated: NOON - n * 60_000 + (n % 5) * 1000,
      summary: `${city}的第${n}条摘要${mark}。`,
      content: `<p>第一段${n}，3 &lt; 5 &amp; 7。</p><p>第二段<strong>要点</strong>。<img src="https://daily.example/${n}.jpg?w=1&amp;h=2" alt="图${n}"></p>`,
      authors: Array.from({ length: n % 4 }, (_, at) => `记者${at}${mark.trim()}`),
      outlet: n % 2 === 0 ? `江淮日报${mark}` : null,
      source: {
        id: `src${n % 9}`,
        name: `源${n % 9}${mark}`,
        url: `https://src.example/${n % 9}?f=rss&x=1`,
        link: null,
      },
      categories: n % 3 === 0 ? [] : ['要闻', `专题${n}${mark}`],
      regions: [{ code: String(340000 + n), name: city }],
      enclosures: Array.from({ length: n % 3 }, (_, at) => ({
        url: `https://media.example/${n}/${at}.mp4?x=1&y=2`,
        type: 'video/mp4',
        length: (at + 1) * 1000 + n,
      })),
      image: n % 2 === 0 ? `https://daily.example/${n}.jpg` : null,
      script: n % 3 === 0 ? 'hant' : 'hans',
      copies: n % 6 === 0 ? [makeCopy({ link: `https://other.example/${n}?a=1&b=2`, outlet: `晚报${mark}` })] : [],
    });
  });
}

const items = makeNews(500);
const document = makeDocument(items);

function render(extension: string): string {
  const outcome = formats.find((format) => format.extension === extension)?.render(document);
  expect(outcome?.left).toEqual([]);
  return outcome?.body ?? '';
}

const squeeze = (text: string): string => text.replace(/\s+/g, ' ').trim();
const unique = (names: readonly string[]): string[] => [...new Set(names)];
const urnOf = (item: EditionItem): string => `urn:deltawire:story:${item.id}`;
const publishedOf = (item: EditionItem): number => item.published ?? item.firstSeen;
const seconds = (time: number): number => Math.floor(time / 1000);
const expectContent = (content: string | undefined, item: EditionItem): void => {
  expect(content?.startsWith(item.content)).toBe(true);
  expect(content?.includes('另见') || content?.includes('另見')).toBe(item.copies.length > 0);
};

describe('what goes in comes out, read by feedsmith', () => {
  test('of RSS', () => {
    const read = parseRssFeed(render('rss')).items ?? [];
    expect(read).toHaveLength(items.length);
    items.forEach((item, at) => {
      const entry = read[at];
      expect(entry?.title).toBe(squeeze(item.title));
      expect(entry?.link).toBe(item.link);
      expect(entry?.guid?.value).toBe(urnOf(item));
      expect(Date.parse(String(entry?.pubDate)) / 1000).toBe(seconds(publishedOf(item)));
      expect(entry?.dc?.creators ?? []).toEqual(item.authors);
      expect(entry?.dc?.publishers?.[0] ?? null).toBe(item.outlet === null ? null : squeeze(item.outlet));
      expect(entry?.dc?.identifiers?.[0] ?? null).toBe(item.originalGuid === null ? null : squeeze(item.originalGuid));
      expect(entry?.dc?.languages).toEqual([item.script === 'hant' ? 'zh-Hant' : 'zh-Hans']);
      expect(entry?.categories).toEqual([
        ...item.regions.map(({ code, name }) => ({ name, domain: `urn:deltawire:region:${code}` })),
        ...item.categories.map((name) => ({ name: squeeze(name) })),
      ]);
      expect(entry?.enclosures ?? []).toEqual(item.enclosures.slice(0, 1));
      expect((entry?.media?.contents ?? []).filter(({ medium }) => medium === 'video').map(({ url }) => url)).toEqual(
        item.enclosures.map(({ url }) => url),
      );
      expect(entry?.media?.thumbnails?.[0]?.url ?? null).toBe(item.image);
      expect(entry?.source).toEqual({ title: squeeze(item.source.name), url: item.source.url });
      expectContent(entry?.content?.encoded, item);
      expect((entry?.atom?.links ?? []).map(({ href }) => href)).toEqual(item.copies.map(({ link }) => link));
    });
  });

  test('of Atom', () => {
    const read = parseAtomFeed(render('atom')).entries ?? [];
    expect(read).toHaveLength(items.length);
    items.forEach((item, at) => {
      const entry = read[at];
      const linksOf = (rel: string | undefined): unknown[] => (entry?.links ?? []).filter((link) => link.rel === rel);
      expect(entry?.title).toEqual({ value: squeeze(item.title), type: 'text' });
      expect(entry?.id).toBe(urnOf(item));
      expect(linksOf(undefined)).toEqual([{ href: item.link }]);
      expect(linksOf('via')).toMatchObject([{ href: item.link }]);
      expect(linksOf('related')).toMatchObject([
        { href: document.storyUrl(item.id) },
        ...item.copies.map(({ link, outlet }) => ({ href: link, title: squeeze(outlet ?? '') })),
      ]);
      expect(linksOf('enclosure')).toEqual(
        item.enclosures.map(({ url, type, length }) => ({ href: url, rel: 'enclosure', type, length })),
      );
      expect(Date.parse(String(entry?.published))).toBe(publishedOf(item));
      expect(Date.parse(String(entry?.updated))).toBe(item.updated);
      expect((entry?.authors ?? []).map(({ name }) => name)).toEqual(item.authors);
      expect(entry?.source?.id).toBe(`urn:deltawire:source:${item.source.id}`);
      expect(entry?.source?.title?.value).toBe(squeeze(item.source.name));
      expect(entry?.source?.links).toMatchObject([{ rel: 'self', href: item.source.url }]);
      expect(entry?.categories).toEqual([
        ...item.regions.map(({ code, name }) => ({ term: code, scheme: 'urn:deltawire:region', label: name })),
        ...item.categories.map((name) => ({ term: squeeze(name), label: squeeze(name) })),
      ]);
      expect(entry?.summary?.value).toBe(item.summary);
      expect(entry?.xml?.lang).toBe(item.script === 'hant' ? 'zh-Hant' : 'zh-Hans');
      expectContent(entry?.content?.value, item);
    });
  });

  test('of JSON Feed', () => {
    const text = render('json');
    const read = parseJsonFeed(text).items ?? [];
    const bare = (JSON.parse(text) as { items: Record<string, Record<string, unknown>>[] }).items;
    expect(read).toHaveLength(items.length);
    items.forEach((item, at) => {
      const entry = read[at];
      expect(entry?.id).toBe(urnOf(item));
      expect(entry?.title).toBe(squeeze(item.title));
      expect(entry?.url).toBe(item.link);
      expect(entry?.summary).toBe(item.summary);
      expect(Date.parse(String(entry?.date_published))).toBe(publishedOf(item));
      expect(Date.parse(String(entry?.date_modified))).toBe(item.updated);
      expect((entry?.authors ?? []).map(({ name }) => name)).toEqual(item.authors);
      expect(entry?.tags).toEqual(unique([...item.regions.map(({ name }) => name), ...item.categories.map(squeeze)]));
      expect(
        (entry?.attachments ?? []).map((a) => ({ url: a.url, type: a.mime_type, length: a.size_in_bytes })),
      ).toEqual(item.enclosures);
      expect(entry?.image ?? null).toBe(item.image);
      expectContent(entry?.content_html, item);
      expect(bare[at]?.['_deltawire']).toMatchObject({
        story: item.id,
        outlet: item.outlet === null ? null : squeeze(item.outlet),
        source: { id: item.source.id, name: squeeze(item.source.name), feed_url: item.source.url },
        regions: item.regions,
      });
    });
  });
});

describe('what goes in comes out, read by rss-parser', () => {
  const shared = (item: EditionItem): Record<string, unknown> => ({
    title: squeeze(item.title),
    link: item.link,
    isoDate: new Date(publishedOf(item)).toISOString(),
  });

  test('of RSS', async () => {
    const parser = new Parser<unknown, { authors?: string[]; body?: string }>({
      customFields: {
        item: [
          ['dc:creator', 'authors', { keepArray: true }],
          ['content:encoded', 'body'],
        ],
      },
    });
    const read = (await parser.parseString(render('rss'))).items;
    expect(read).toHaveLength(items.length);
    items.forEach((item, at) => {
      const entry = read[at];
      expect(entry).toMatchObject({ ...shared(item), guid: urnOf(item) });
      expect(entry?.authors ?? []).toEqual(item.authors);
      expect(entry?.enclosure?.url).toBe(item.enclosures[0]?.url);
      expectContent(entry?.body, item);
    });
  });

  test('of Atom', async () => {
    const read = (await new Parser<unknown, { id?: string }>().parseString(render('atom'))).items;
    expect(read).toHaveLength(items.length);
    items.forEach((item, at) => {
      const entry = read[at];
      expect(entry).toMatchObject({ ...shared(item), id: urnOf(item), summary: item.summary });
      expectContent(entry?.content, item);
    });
  });
});
