/** What one item may bring is bounded, in every format alike, and what goes beyond is told. */
import { describe, expect, it } from 'vitest';
import { MOST_ITEMS, MOST_LISTED, MOST_MARKUP, MOST_NAME, MOST_OFFERED } from '../../src/feed/items/caps.ts';
import { offer } from '../../src/feed/xml/records.ts';
import type { FeedDocument, RawItem } from '../../src/model/feed.ts';
import { escapeMarkup } from '../../src/text/html.ts';
import { MOST_ADDRESS } from '../../src/text/url.ts';
import { fixture, readOk } from './documents.ts';

interface Parts {
  readonly title?: string;
  readonly link?: string;
  readonly guid?: string;
  readonly summary?: string;
  readonly content?: string;
  readonly image?: string;
  readonly authors?: readonly string[];
  readonly categories?: readonly string[];
  readonly enclosures?: readonly string[];
}

const USUAL = { title: '题目', link: 'https://e.cn/1' };
const each = (list: readonly string[] | undefined, write: (text: string) => string): string =>
  (list ?? []).map((text) => write(escapeMarkup(text))).join('');
const element = (name: string, text: string | undefined): string =>
  text === undefined ? '' : `<${name}>${escapeMarkup(text)}</${name}>`;

function rssItem({ title, link, guid, summary, content, image, authors, categories, enclosures }: Parts): string {
  return `<item>${element('title', title)}${element('link', link)}${element('guid', guid)}${element('description', summary)}${element('content:encoded', content)}${image === undefined ? '' : `<media:thumbnail url="${escapeMarkup(image)}"/>`}${each(authors, (name) => `<dc:creator>${name}</dc:creator>`)}${each(categories, (name) => `<category>${name}</category>`)}${each(enclosures, (url) => `<enclosure url="${url}" type="audio/mpeg"/>`)}</item>`;
}

function atomEntry({ title, link, guid, summary, content, image, authors, categories, enclosures }: Parts): string {
  return `<entry>${element('title', title)}${each(link === undefined ? [] : [link], (url) => `<link href="${url}"/>`)}${element('id', guid)}${element('summary', summary)}${element('content', content)}${image === undefined ? '' : `<media:thumbnail url="${escapeMarkup(image)}"/>`}${each(authors, (name) => `<author><name>${name}</name></author>`)}${each(categories, (name) => `<category term="${name}"/>`)}${each(enclosures, (url) => `<link rel="enclosure" href="${url}"/>`)}</entry>`;
}

function jsonItem({ title, link, guid, summary, content, image, authors, categories, enclosures }: Parts): unknown {
  return {
    id: guid,
    title,
    url: link,
    summary,
    content_html: content,
    image,
    authors: authors?.map((name) => ({ name })),
    tags: categories,
    attachments: enclosures?.map((url) => ({ url, mime_type: 'audio/mpeg' })),
  };
}

const FORMATS: Readonly<Record<string, (parts: readonly Parts[]) => string>> = {
  rss: (items) => `<rss version="2.0"><channel><title>频道</title>${items.map(rssItem).join('')}</channel></rss>`,
  rdf: (items) =>
    `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel><title>频道</title></channel>${items.map(rssItem).join('')}</rdf:RDF>`,
  atom: (items) =>
    `<feed xmlns="http://www.w3.org/2005/Atom"><title>频道</title>${items.map(atomEntry).join('')}</feed>`,
  json: (items) => JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', items: items.map(jsonItem) }),
};

const codes = ({ repairs }: Pick<RawItem | FeedDocument, 'repairs'>): readonly string[] =>
  repairs.map((one) => (typeof one === 'string' ? one : one.code));
const many = (count: number, of: (at: number) => string): readonly string[] =>
  Array.from({ length: count }, (_, at) => of(at));
const long = `https://e.cn/${'a'.repeat(MOST_ADDRESS)}`;

const CASES: readonly (readonly [
  what: string,
  parts: Parts,
  code: string,
  left: (item: RawItem) => unknown,
  expected: unknown,
])[] = [
  ['title', { title: '题'.repeat(2001) }, 'title', ({ title }) => title.length, 2000],
  ['summary', { summary: '文'.repeat(MOST_MARKUP + 1) }, 'markup', ({ summary }) => summary?.length, MOST_MARKUP],
  ['content', { content: '文'.repeat(MOST_MARKUP + 1) }, 'markup', ({ content }) => content?.length, MOST_MARKUP],
  ['link', { link: long }, 'address', ({ link }) => link, null],
  ['image', { image: long }, 'address', ({ image }) => image, null],
  ['identifier', { guid: 'g'.repeat(MOST_ADDRESS + 1) }, 'guid', ({ guid }) => guid, null],
  [
    'address of an enclosure',
    { enclosures: [long, 'https://e.cn/a.mp3'] },
    'address',
    ({ enclosures }) => enclosures.map(({ url }) => url),
    ['https://e.cn/a.mp3'],
  ],
  [
    'list of authors',
    { authors: many(5000, (at) => `记者${at}`) },
    'authors',
    ({ authors }) => authors.length,
    MOST_LISTED,
  ],
  [
    'list of categories',
    { categories: many(5000, (at) => `类${at}`) },
    'categories',
    ({ categories }) => categories.length,
    MOST_LISTED,
  ],
  [
    'list of enclosures',
    { enclosures: many(5000, (at) => `https://e.cn/${at}.mp3`) },
    'enclosures',
    ({ enclosures }) => enclosures.length,
    MOST_LISTED,
  ],
  [
    'name of a category',
    { categories: ['类'.repeat(MOST_NAME + 1)] },
    'name',
    ({ categories }) => categories[0]?.length,
    MOST_NAME,
  ],
];

describe.each(Object.keys(FORMATS))('an item of %s', (format) => {
  const write = FORMATS[format] ?? (() => '');

  it.each(CASES)('that goes beyond the bound of its %s', async (_, parts, code, left, expected) => {
    const { items } = await readOk(write([{ ...USUAL, ...parts }]));
    expect(items).toHaveLength(1);
    const [item] = items as [RawItem];
    expect(left(item)).toEqual(expected);
    expect(codes(item)).toContain(`repair.cap.${code}`);
  });

  it('keeps what a real one brings', async () => {
    const parts: Parts = {
      ...USUAL,
      title: '题'.repeat(200),
      link: `https://e.cn/${'a'.repeat(1500)}`,
      content: '文'.repeat(300_000),
      authors: many(30, (at) => `记者${at}`),
      categories: many(30, (at) => `类${at}`),
      enclosures: many(30, (at) => `https://e.cn/${at}.mp3`),
    };
    const [item] = (await readOk(write([parts]))).items as [RawItem];
    expect(codes(item)).toEqual([]);
    expect([item.title, item.link, item.content?.length]).toEqual([parts.title, parts.link, 300_000]);
    expect([item.authors.length, item.categories.length, item.enclosures.length]).toEqual([30, 30, 30]);
  });

  it('is one of at most so many', async () => {
    const document = await readOk(
      write(many(MOST_ITEMS + 1, String).map((at) => ({ title: at, link: `https://e.cn/${at}` }))),
    );
    expect(document.items).toHaveLength(MOST_ITEMS);
    expect(codes(document)).toContain('repair.cap.items');
  });

  it('with the same identifier as another keeps its own id where both are too long', async () => {
    const guid = 'g'.repeat(MOST_ADDRESS + 1);
    const parts = [
      { ...USUAL, guid },
      { ...USUAL, guid, link: 'https://e.cn/2' },
    ];
    const { items } = await readOk(write(parts));
    expect(new Set(items.map(({ id }) => id)).size).toBe(2);
  });
});

describe('a list page', () => {
  const select = { item: 'li', title: 'a', link: 'a', summary: 'p' };
  const page = (rows: string) => readOk(`<html><body><ul>${rows}</ul></body></html>`, { kind: 'page', select });

  it('has rows within the bounds of every item', async () => {
    const { items } = await page(
      `<li><a href="https://e.cn/1" title="${'题'.repeat(3000)}">题…</a><p>${'文'.repeat(MOST_MARKUP + 1)}</p></li>`,
    );
    const [item] = items as [RawItem];
    expect([item.title.length, item.summary?.length]).toEqual([2000, MOST_MARKUP]);
    expect(codes(item)).toEqual(['repair.cap.title', 'repair.cap.markup']);
  });

  it('longer than any is read as far as it goes, and says so', async () => {
    const document = await page(
      `${'<i></i>'.repeat(99_000)}${many(1200, (at) => `<li><a href="/${at}">题目${at}</a></li>`).join('')}`,
    );
    expect(document.items.length).toBeGreaterThan(100);
    expect(codes(document)).toContain('repair.cap.page');
  });

  it('has at most so many rows, and says what it left out', async () => {
    const document = await page(many(1200, (at) => `<li><a href="/${at}">题目${at}</a></li>`).join(''));
    expect(document.items).toHaveLength(1000);
    expect(codes(document)).toContain('repair.select.limited');
  });
});

describe('a document', () => {
  it('bounds its own title and addresses', async () => {
    const { title, link } = await readOk(
      `<rss><channel><title>${'频'.repeat(5000)}</title><link>${long}</link><item><title>题</title></item></channel></rss>`,
    );
    expect([title?.length, link]).toEqual([2000, null]);
  });

  it('does not grow by a long base before every short link', async () => {
    const links = (count: number) =>
      `<item><title>题</title><description>${escapeMarkup('<a href="b">桥</a>'.repeat(count))}</description></item>`;
    const { items } = await readOk(
      `<rss><channel xml:base="https://e.cn/${'a'.repeat(1990)}/">${links(1)}${links(500)}</channel></rss>`,
    );
    const [one, more] = items.map(({ summary }) => summary?.length ?? 0);
    expect(one).toBeGreaterThan(2000);
    expect(more).toBeLessThan(100_000);
  });

  it('whose field is nothing but tags is read as far as that goes, and says so', async () => {
    const { items, repairs } = await readOk(
      `<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>题</title><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">${'<p>桥</p>'.repeat(100_000)}</div></content><link href="https://e.cn/1"/></entry></feed>`,
    );
    expect([items.length, items[0]?.link]).toEqual([1, 'https://e.cn/1']);
    expect(codes({ repairs })).toEqual(['repair.cap.parts']);
  });

  it('is read up to its last item, and not a tag further', async () => {
    const items = many(MOST_ITEMS + 1, (at) => `<item><title>题${at}</title><link>https://e.cn/${at}</link></item>`);
    const { repairs } = await readOk(`<rss><channel>${items.join('')}<item><title>`);
    expect(codes({ repairs })).toEqual(['repair.cap.items']);
  });

  it('of more tags than any is read as far as that goes, and says so', async () => {
    const { items, repairs } = await readOk(
      `<rss><channel><item><title>题</title><link>https://e.cn/1</link>${'<a/>'.repeat(300_000)}</item><item><title>后`,
    );
    expect(items.map(({ title, link }) => [title, link])).toEqual([['题', 'https://e.cn/1']]);
    expect(codes({ repairs })).toEqual(['repair.cap.tags']);
  });

  it('has no link read beyond those that are looked at', () => {
    const list: number[] = [];
    let read = 0;
    for (let at = 0; at < 1000; at++) offer(list, () => ++read);
    expect([list.length, read]).toEqual([MOST_OFFERED, MOST_OFFERED]);
  });

  it('is not told a hundred times the same', async () => {
    const unclosed = many(5000, (at) => `<item><title>题${at}<x${at}><link>https://e.cn/${at}</link></item>`).join('');
    const { repairs } = await readOk(`<rss><channel>${unclosed}</channel></rss>`);
    expect(repairs.length).toBeLessThan(101);
  });

  it('of the fixtures breaks no bound', async () => {
    const { items } = await readOk(fixture('atom10.xml'));
    expect(items.flatMap(codes).filter((code) => code.startsWith('repair.cap.'))).toEqual([]);
  });
});
