import type { Reason } from '../../src/model/reason.ts';
import { reason } from '../../src/reasons/catalogue.ts';
import { say, sayAll } from '../../src/reasons/render.ts';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { FIXTURES, fixture, read, readOk, refusal } from './documents.ts';

const names = readdirSync(FIXTURES).filter((name) => !name.startsWith('list-'));
const golden = (name: string): string => fileURLToPath(new URL(`../golden/feed/${name}.json`, import.meta.url));
const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

describe('readDocument', () => {
  it.each(names)('reads %s as before', async (name) => {
    const result = await read(fixture(name));
    const shown = JSON.stringify(
      result,
      (key, value: unknown) => {
        if ((key === 'published' || key === 'updated') && typeof value === 'number') return iso(value);
        if (key === 'reason') return say(value as Reason, 'en');
        return key === 'repairs' ? (value as Reason[]).map((repair) => say(repair, 'en')) : value;
      },
      2,
    );
    await expect(`${shown}\n`).toMatchFileSnapshot(golden(name));
  });

  it('keeps xhtml and mixed markup in order and resolves xml:base', async () => {
    const { items } = await readOk(fixture('atom10.xml'));
    expect(items[0]?.content).toBe(
      '<p>先<em>中</em>后，<a href="https://atom.example.cn/blog/posts/2">链接</a><br /></p>',
    );
  });

  it('takes the HTML alternate among several links', async () => {
    const { items } = await readOk(fixture('atom10.xml'));
    expect(items[0]?.link).toBe('https://atom.example.cn/blog/posts/1');
  });

  it('reads what can be read of a broken document and lists what it mended', async () => {
    const { items, repairs } = await readOk(fixture('broken.xml'));
    expect(items.map(({ title }) => title)).toEqual([
      '没有关闭的标题',
      '第二条',
      '没关的上一条之后',
      '最后被截断的一条',
    ]);
    expect(items[0]?.summary).toBe('一 &lt; 二 && 三<br />四');
    expect(items[1]?.summary).toBe('<p>直接写的<b>标记</b></p>后面');
    expect(items.map(({ published }) => iso(published))).toEqual([
      '2024-05-05T12:15:00.000Z',
      null,
      '2024-05-01T00:30:00.000Z',
      null,
    ]);
    expect(repairs).toContainEqual(reason('repair.xml.ends-early'));
  });

  it('takes Beijing time labelled GMT back by eight hours, with the repair noted', async () => {
    const { items, repairs } = await readOk(fixture('beijing-as-gmt.xml'));
    expect(items.map(({ published }) => iso(published))).toEqual([
      '2024-05-06T03:50:00.000Z',
      '2024-05-06T00:00:00.000Z',
    ]);
    expect(sayAll(repairs, 'en')).toContain('eight hours');
    expect(sayAll(items[0]?.repairs ?? [], 'en')).toContain('eight hours');
  });

  it.each([
    [
      'believes one stamp ahead of its time no more than the others',
      'auto',
      '2024-05-06T06:00:00Z',
      '2024-05-06T11:50:00.000Z',
    ],
    [
      'reads dates as they are given where a source says so',
      'as-given',
      '2024-05-06T04:00:00Z',
      '2024-05-06T11:50:00.000Z',
    ],
    ['reads GMT as Beijing time where a source says so', 'beijing', '2024-05-07T04:00:00Z', '2024-05-06T03:50:00.000Z'],
  ] as const)('%s', async (_, clock, now, published) => {
    const given = clock === 'auto' ? '2024-05-06T08:30:00Z' : now;
    const { items } = await readOk(fixture('beijing-as-gmt.xml'), { now: Date.parse(given), clock });
    expect(iso(items[0]?.published ?? null)).toBe(published);
  });

  it('leaves true GMT alone', async () => {
    const later = Date.parse('2024-05-07T12:00:00+08:00');
    const { items } = await readOk(fixture('beijing-as-gmt.xml'), { now: later });
    expect(iso(items[0]?.published ?? null)).toBe('2024-05-06T11:50:00.000Z');
  });

  it('lets Content-Location be the base and Content-Language the language', async () => {
    const text =
      '<rss version="2.0"><channel><title>t</title><item><title>a</title><link>x</link></item></channel></rss>';
    const headers = { 'content-location': 'https://other.example.cn/y/', 'content-language': 'zh_CN' };
    const document = await readOk(text, { headers });
    expect(document.items[0]?.link).toBe('https://other.example.cn/y/x');
    expect(document.language).toBe('zh-CN');
  });

  it('keeps secrets of its address out of links that are read against it', async () => {
    const text = `<rss><channel><title>t</title><link>?list</link><item><title>a</title><link>?id=1</link></item>
      <item><title>b</title><link>#c</link></item></channel></rss>`;
    const { url, link, items } = await readOk(text, { url: 'https://me:word@rss.example.cn/feed?token=hidden' });
    const said = JSON.stringify([url, link, items]);
    expect(items.map(({ link: to }) => to)).toEqual([
      'https://rss.example.cn/feed?id=1',
      'https://rss.example.cn/feed#c',
    ]);
    expect(said).not.toMatch(/hidden|word/);
  });

  it('reads any prefix and any case of a known namespace, and nothing of an unknown one', async () => {
    const { items } = await readOk(`<rss version="2.0" xmlns:q="http://purl.org/dc/elements/1.1/" xmlns:z="urn:unknown">
      <channel><item><z:title>错</z:title><title>对</title><q:creator>甲</q:creator><z:link>http://wrong.example.cn/</z:link>
      <link>http://right.example.cn/</link></item></channel></rss>`);
    expect(items[0]).toMatchObject({ title: '对', authors: ['甲'], link: 'http://right.example.cn/' });
  });

  it.each([
    ['a login page', 'login.html', /parse: got a login page .* links to no feed/],
    ['a captcha', 'captcha.html', /parse: got a captcha page/],
    [
      'a home page',
      'home-with-feeds.html',
      /an HTML page .* https:\/\/feed\.example\.cn\/rss\/news\.xml, https:\/\/www\.example\.cn\/atom/,
    ],
    ['an error as JSON', 'error.json', /parse: JSON with the error "系统繁忙/],
  ])('refuses %s with the true reason', async (_, name, expected) => {
    expect(await refusal(fixture(name))).toMatch(expected);
  });

  it.each([
    ['an empty body', '', /decode: the body is empty/],
    ['broken JSON', '{"items": [', /parse: broken JSON/],
    ['other XML', '<?xml version="1.0"?><svg><title>x</title></svg>', /parse: XML that is no feed.*<svg>/],
    ['OPML', '<opml version="2.0"><body/></opml>', /parse: got an OPML list/],
    ['plain text', 'Service Unavailable', /parse: no feed: plain text that begins "Service Unavailable"/],
    ['a page without links', ['<html></html>', 'page'], /select: the page of feed.example.cn has no links/],
  ])('refuses %s', async (_, input, expected) => {
    const [text = '', kind] = typeof input === 'string' ? [input] : input;
    expect(await refusal(text, kind === 'page' ? { kind } : {})).toMatch(expected);
  });
});
