/** What five hundred items say is what two independent readers read back from each format. */
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith';
import Parser from 'rss-parser';
import { describe, expect, test } from 'vitest';
import type { EditionItem } from '../../src/publish/edition.ts';
import { formats } from '../../src/publish/formats.ts';
import { makeNews } from './news.ts';
import { makeDocument } from './sample.ts';

const items = makeNews(500);
const document = makeDocument(items);

async function render(extension: string): Promise<string> {
  const outcome = await formats.find((format) => format.extension === extension)?.render(document);
  expect(outcome?.left).toEqual([]);
  return outcome?.body ?? '';
}

const squeeze = (text: string): string => text.replace(/\s+/g, ' ').trim();
const unique = (names: readonly string[]): string[] => [...new Set(names)];
const urnOf = (item: EditionItem): string => `urn:deltawire:story:${item.id}`;
const publishedOf = (item: EditionItem): number => item.published ?? item.firstSeen;
const seconds = (time: number): number => Math.floor(time / 1000);
/** Where nobody signs, an item is its outlet’s, or its source’s. */
const signersOf = (item: EditionItem): readonly string[] =>
  item.authors.length > 0 ? item.authors : [squeeze(item.outlet ?? item.source.name)];
const expectContent = (content: string | undefined, item: EditionItem): void => {
  expect(content?.startsWith(item.content)).toBe(true);
  expect(content?.includes('另见') || content?.includes('另見')).toBe(item.copies.length > 0);
};

describe('what goes in comes out, read by feedsmith', () => {
  test('of RSS', async () => {
    const read = parseRssFeed(await render('rss')).items ?? [];
    expect(read).toHaveLength(items.length);
    items.forEach((item, at) => {
      const entry = read[at];
      expect(entry?.title).toBe(squeeze(item.title));
      expect(entry?.link).toBe(item.link);
      expect(entry?.guid?.value).toBe(urnOf(item));
      expect(Date.parse(String(entry?.pubDate)) / 1000).toBe(seconds(publishedOf(item)));
      expect(entry?.dc?.creators ?? []).toEqual(signersOf(item));
      expect(entry?.dc?.publishers?.[0] ?? null).toBe(item.outlet === null ? null : squeeze(item.outlet));
      expect(entry?.dc?.identifiers?.[0] ?? null).toBe(item.originalGuid === null ? null : squeeze(item.originalGuid));
      expect(entry?.dc?.languages).toEqual([item.script === 'hant' ? 'zh-Hant' : 'zh-Hans']);
      expect(entry?.categories).toEqual([
        ...item.regions.map(({ code, name }) => ({ name, domain: `urn:deltawire:region:${code}` })),
        ...item.categories.map((name) => ({ name: squeeze(name) })),
      ]);
      // An enclosure that stood in media:content as well would be two recordings.
      expect(entry?.enclosures ?? []).toEqual(item.enclosures.slice(0, 1));
      expect((entry?.media?.contents ?? []).filter(({ medium }) => medium === 'video').map(({ url }) => url)).toEqual(
        item.enclosures.slice(1).map(({ url }) => url),
      );
      expect(entry?.media?.thumbnails?.[0]?.url ?? null).toBe(item.image);
      expect(entry?.source).toEqual({ title: squeeze(item.source.name), url: item.source.url });
      expectContent(entry?.content?.encoded, item);
      expect((entry?.atom?.links ?? []).map(({ href }) => href)).toEqual(item.copies.map(({ link }) => link));
    });
  });

  test('of Atom', async () => {
    const read = parseAtomFeed(await render('atom')).entries ?? [];
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
      expect((entry?.authors ?? []).map(({ name }) => name)).toEqual(signersOf(item));
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

  test('of JSON Feed', async () => {
    const text = await render('json');
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
      expect((entry?.authors ?? []).map(({ name }) => name)).toEqual(signersOf(item));
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
    interface Row {
      readonly authors?: string[];
      readonly body?: string;
      readonly sources?: readonly { readonly _: string; readonly $: { readonly url: string } }[];
    }
    const parser = new Parser<unknown, Row>({
      customFields: {
        item: [
          ['dc:creator', 'authors', { keepArray: true }],
          ['content:encoded', 'body'],
          ['source', 'sources', { keepArray: true }],
        ],
      },
    });
    const read = (await parser.parseString(await render('rss'))).items;
    expect(read).toHaveLength(items.length);
    items.forEach((item, at) => {
      const entry = read[at];
      expect(entry).toMatchObject({ ...shared(item), guid: urnOf(item) });
      expect(entry?.authors ?? []).toEqual(signersOf(item));
      // rss-parser gives categories with attributes as objects.
      const categories = (entry?.categories ?? []) as readonly (string | { readonly _: string })[];
      expect(categories.map((one) => (typeof one === 'string' ? one : one._))).toEqual([
        ...item.regions.map(({ name }) => name),
        ...item.categories.map(squeeze),
      ]);
      expect([entry?.sources?.[0]?._, entry?.sources?.[0]?.$.url]).toEqual([
        squeeze(item.source.name),
        item.source.url,
      ]);
      expect(entry?.enclosure?.url).toBe(item.enclosures[0]?.url);
      expect(entry?.enclosure?.type).toBe(item.enclosures[0]?.type);
      expect(entry?.enclosure?.length).toBe(item.enclosures[0]?.length?.toString());
      expectContent(entry?.body, item);
    });
  });

  test('of Atom', async () => {
    const parser = new Parser<unknown, { id?: string; author?: string }>();
    const read = (await parser.parseString(await render('atom'))).items;
    expect(read).toHaveLength(items.length);
    items.forEach((item, at) => {
      const entry = read[at];
      expect(entry).toMatchObject({ ...shared(item), id: urnOf(item), summary: item.summary });
      expect(entry?.author).toBe(signersOf(item)[0]);
      expectContent(entry?.content, item);
    });
  });
});
