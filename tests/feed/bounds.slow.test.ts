import { reason } from '../../src/reasons/catalogue.ts';
import { sayAll } from '../../src/reasons/render.ts';
import { describe, expect, it } from 'vitest';
import { MOST_MARKUP } from '../../src/feed/items/caps.ts';
import { read, readOk, refusal } from './documents.ts';

const item = (description: string): string =>
  `<rss version="2.0"><channel><title>频道</title><item><title>一</title><link>http://e.cn/1</link><description>${description}</description></item></channel></rss>`;
const DEEP = 200_000;

describe('hostile and damaged documents', () => {
  it.each([
    ['200,000 open tags in an item', item('<b>'.repeat(DEEP))],
    ['200,000 closed tags in an item', item('<b>'.repeat(DEEP) + '字'.concat('</b>'.repeat(DEEP)))],
    ['200,000 tags of different names', item(Array.from({ length: DEEP }, (_, i) => `<x${i}>`).join(''))],
  ])('reads %s', async (_, text) => {
    const { items } = await readOk(text);
    expect(items).toHaveLength(1);
    expect(items[0]?.link).toBe('http://e.cn/1');
  });

  it('reads 200,000 nested channels as one empty feed', async () => {
    const { items, repairs } = await readOk(`<rss>${'<channel>'.repeat(DEEP)}`);
    expect(items).toEqual([]);
    expect(sayAll(repairs, 'en')).toContain('deeper than');
  });

  it.each([
    ['numeric', '&#20013;', '中'],
    ['XML', '&amp;', '&'],
    ['HTML', '&copy;', '©'],
  ])('reads 18 MB of %s references', async (_, reference, character) => {
    const count = Math.floor(18e6 / reference.length);
    const { items } = await readOk(item(reference.repeat(count)));
    expect(items[0]?.summary).toBe(character.repeat(MOST_MARKUP));
    expect(items[0]?.repairs).toEqual([reason('repair.cap.markup', { most: MOST_MARKUP })]);
  });

  it('lets an entity bomb come to nothing', async () => {
    const layers = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('');
    const { items } = await readOk(`<!DOCTYPE rss [<!ENTITY l0 "ha">${layers}]>${item('[&l9;][&l0;]')}`);
    expect(items[0]?.summary).toBe('[][ha]');
  });

  it('bounds what declared entities may yield together', async () => {
    const { items } = await readOk(`<!DOCTYPE rss [<!ENTITY a "${'a'.repeat(1000)}">]>${item('&a;'.repeat(500_000))}`);
    expect(items[0]?.summary?.length).toBe(1_000_000);
  });

  it.each([
    ['deep', `{"items":${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}}`],
    ['wide', `{"items":[${'[],'.repeat(1_000_000)}[]]}`],
  ])('parses no JSON of brackets: %s', async (_, text) => {
    expect(await refusal(text)).toContain('200 levels');
  });

  it('never opens external entities', async () => {
    const { items } = await readOk(`<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>${item('[&x;]')}`);
    expect(items[0]?.summary).toBe('[]');
  });

  it('keeps the partial item of a truncated document only if it has title and link', async () => {
    const whole = item('正文').repeat(1);
    const cut = async (at: string): Promise<number> => (await readOk(whole.slice(0, whole.indexOf(at)))).items.length;
    expect([await cut('正文'), await cut('<link>'), await cut('<item>')]).toEqual([1, 0, 0]);
  });

  const many = (length: number, itemOf: (n: number) => string): string[] => Array.from({ length }, (_, n) => itemOf(n));

  it.each([
    [
      'an XML feed',
      `<rss><channel>${many(5002, (n) => `<item><title>题${n}</title><link>http://e.cn/${n}</link></item>`).join('')}</channel></rss>`,
      {},
      5000,
      [reason('repair.cap.items', { most: 5000 })],
    ],
    [
      'a JSON Feed',
      `{"version": "https://jsonfeed.org/version/1.1", "items": [${many(5002, (n) => `{"id": "${n}"}`).join(',')}]}`,
      {},
      5000,
      [reason('repair.cap.items', { most: 5000 })],
    ],
    [
      'a list page',
      many(1002, (n) => `<li><a href="/${n}">题目${n}</a></li>`).join(''),
      { kind: 'page', select: { item: 'li' } },
      1000,
      [reason('repair.select.limited', { most: 1000, elements: 1002 })],
    ],
    [
      'a list page with a row that has no title',
      '<li></li>'.concat(...many(1001, (n) => `<li><a href="/${n}">题目${n}</a></li>`)),
      { kind: 'page', select: { item: 'li' } },
      999,
      [
        reason('repair.select.left-out', { left: 1, elements: 1000 }),
        reason('repair.select.limited', { most: 1000, elements: 1002 }),
      ],
    ],
  ] as const)('bounds the items of %s, and says no more than that', async (_, text, settings, most, told) => {
    const { items, repairs } = await readOk(text, settings);
    expect(items).toHaveLength(most);
    expect(repairs).toEqual(told);
  });

  it('never lets an item say that it is another, whatever its texts hold', async () => {
    const nasty = ']]></description></item><item><title>注入</title>';
    const { items } = await readOk(item(nasty.replaceAll('<', '&lt;').replaceAll('>', '&gt;')));
    expect(items).toHaveLength(1);
    expect(items[0]?.summary).toBe(nasty);
  });

  it('takes the mark of set-aside texts for text where a publisher writes it', async () => {
    const { items } = await readOk(item('\ue0000'));
    expect(items[0]?.summary).toBe('\ue0000');
  });

  it.each([
    ['NULs', '\u0000'.repeat(100_000)],
    ['brackets', '['.repeat(1_000_000)],
    ['ampersands', '&'.repeat(1_000_000)],
    ['open comments', '<!--'.repeat(500_000)],
    ['open declarations', '<!'.repeat(500_000)],
    ['open CDATA', '<![CDATA['.repeat(500_000)],
    ['open quotes', '<a b="'.repeat(500_000)],
    ['scripts', `<html>${'<script>'.repeat(500_000)}`],
  ])('refuses a body of nothing but %s', async (_, text) => {
    expect(await refusal(text)).toMatch(/^(decode|parse): ./);
  });

  it('survives random bytes', async () => {
    const bytes = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 7919 + ((i * i) >> 3)) & 255);
    expect((await read(bytes)).ok).toBe(false);
  });
});
