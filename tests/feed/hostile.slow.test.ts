/** Documents are read in time that grows with their size, however they are made. In the slow lane: a process of its own has a clock of its own. */
import { describe, expect, it } from 'vitest';
import { growth, LINEAR } from '../support/growth.ts';
import { read, readOk } from './documents.ts';

const many = (count: number, of: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => of(at)).join('');
const json = (item: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', items: [{ id: '1', title: '题', ...item }] });

describe('a document of any shape', () => {
  const feed = (inner: string) =>
    `<rss version="2.0"><channel><title>频道</title><item><title>题</title>${inner}</item></channel></rss>`;
  it.each<readonly [string, (n: number) => string]>([
    ['enclosures', (n) => feed(many(n, (at) => `<enclosure url="https://e.cn/${at}.mp3"/>`))],
    ['authors', (n) => feed(many(n, (at) => `<author>记者${at}</author>`))],
    ['categories', (n) => feed(many(n, (at) => `<category>类${at}</category>`))],
    [
      'attachments',
      (n) => json({ attachments: Array.from({ length: n }, (_, at) => ({ url: `https://e.cn/${at}` })) }),
    ],
    ['tags', (n) => json({ tags: Array.from({ length: n }, (_, at) => `类${at}`) })],
    ['empty elements', (n) => feed('<a/>'.repeat(n))],
    ['open elements', (n) => feed(many(n, (at) => `<a${at}>`))],
    ['ends without a start', (n) => feed('</a>'.repeat(n))],
    ['empty items', (n) => `<rss><channel>${'<item/>'.repeat(n)}</channel></rss>`],
    ['unclosed items', (n) => `<rss><channel>${'<item><title>题'.repeat(n)}</channel></rss>`],
    ['media', (n) => feed(many(n, (at) => `<media:content url="https://e.cn/${at}.mp3"/>`))],
    ['keywords', (n) => feed(`<keywords>${many(n, (at) => `${at},`)}</keywords>`)],
    [
      'links',
      (n) =>
        `<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>题</title>${many(n, (at) => `<link href="/${at}"/>`)}</entry></feed>`,
    ],
    ['relative links within', (n) => feed(`<description><![CDATA[${'<a href="/b">桥</a>'.repeat(n)}]]></description>`)],
    [
      'pictures in many sizes',
      (n) => feed(`<description><![CDATA[<img src="/a" srcset="${'a,'.repeat(n)}">]]></description>`),
    ],
    ['blanks for a date', (n) => feed(`<pubDate>1/1/2026 1:11${' '.repeat(n)}x</pubDate>`)],
    ['brackets without tags', (n) => feed(`<description>${'&lt;'.repeat(n)}</description>`)],
    ['an address of nothing but hosts', (n) => feed(`<link>https://${'.'.repeat(n)}/</link>`)],
  ])('is read in one pass: %s', async (_, make) => {
    expect(await growth(2500, make, (text) => read(text))).toBeLessThan(LINEAR);
  });

  it.each<readonly [string, (n: number) => string]>([
    ['rows', (n) => '<li><a href="/b">桥</a></li>'.repeat(n)],
    ['rows within rows', (n) => '<div><li><a href="/b">桥</a>'.repeat(n)],
    ['a row of many links', (n) => `<li>${'<a href="/b">桥</a>'.repeat(n)}</li>`],
    ['forms', (n) => '<div>'.repeat(300) + '<form>'.repeat(n)],
  ])('is read in one pass as a page: %s', async (_, make) => {
    for (const link of ['a', undefined]) {
      const select = { item: 'li', title: 'a', link };
      expect(await growth(2500, make, (text) => read(text, { kind: 'page', select }))).toBeLessThan(LINEAR);
    }
  });

  it('has each of its links read once, however long the headline is', async () => {
    const rowOf = (headline: string) => `<li><a href="/b">${headline}</a>${'<a href="/c"></a>'.repeat(20_000)}</li>`;
    const cpuMs = async (text: string) => {
      const before = process.cpuUsage();
      const [item] = (await readOk(text, { kind: 'page', select: { item: 'li' } })).items;
      expect(item?.link).toMatch(/\/b$/);
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1_000;
    };
    const [short, long] = [rowOf('桥'), rowOf('桥 '.repeat(5_000))];
    await cpuMs(short);
    expect((await cpuMs(long)) / (await cpuMs(short))).toBeLessThan(5);
  });
});
