/** A document of which known items are not read again tells what it tells when all of it is read. */
import { describe, expect, it } from 'vitest';
import { plainSource } from '../../src/config/plainsource.ts';
import { randomNumbers } from '../../src/demo/random.ts';
import { marksOf } from '../../src/feed/items/contentmark.ts';
import { readDocument } from '../../src/feed/readdocument.ts';
import type { FeedDocument, RawItem, ReadResult } from '../../src/model/feed.ts';
import type { DocumentSettings } from '../../src/model/source.ts';
import { FIXTURES, fixture, NOW } from './documents.ts';
import { makeSuccession, oneOf, splice, type Step } from './successions.ts';
import { readdirSync } from 'node:fs';

const PLAIN = {
  ...plainSource('example', 'https://feed.example.cn/dir/feed.xml'),
  kind: 'feed',
} as const;
const HEADERS = { 'content-type': 'text/xml; charset=utf-8' };

type More = Partial<DocumentSettings> & { readonly url?: string };

async function readStep({ text, now }: Step, known: string | null | undefined, more: More = {}): Promise<ReadResult> {
  const { url = PLAIN.url, ...settings } = more;
  const document = { bytes: Buffer.from(text), headers: HEADERS, url };
  return readDocument({ ...PLAIN, ...settings }, document, now, known === undefined ? undefined : { known });
}

/** What of a document is told with or without what is known: of items that were not read id, dates and mark. */
function observable(result: ReadResult, unread: ReadonlySet<string>): unknown {
  if (!result.ok) return result;
  const { items, unread: _, known: __, marks = marksOf(items), ...rest } = result.document;
  const shown = ({ id, published, updated }: RawItem) => ({ id, published, updated });
  return {
    ...rest,
    items: items.map((item) => [unread.has(item.id) ? shown(item) : item, marks.get(item.id)]),
  };
}

/** Reads a succession both ways, which have to tell the same; gives how many documents, and how many items were known. */
async function compareBothWays(steps: readonly Step[], more: (at: number) => More = () => ({})) {
  let known: string | null = null;
  const count = { documents: 0, known: 0 };
  for (const [at, step] of steps.entries()) {
    const settings = more(at);
    const whole = await readStep(step, undefined, settings);
    const again = await readStep(step, known, settings);
    const unread = (again.ok && again.document.unread) || new Set<string>();
    expect(observable(again, unread)).toEqual(observable(whole, unread));
    count.documents++;
    if (!again.ok) continue;
    known = again.document.known ?? null;
    count.known += unread.size;
  }
  return count;
}

async function readOk(step: Step, known: string | null, more: More = {}): Promise<FeedDocument> {
  const read = await readStep(step, known, more);
  if (!read.ok) throw new Error(JSON.stringify(read.reason));
  return read.document;
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

describe('a succession of documents', () => {
  it.each([0, 1, 2, 3, 4, 5])('tells the same whether or not what is known is read again, %i', async (part) => {
    let known = 0;
    for (const seed of range(part * 10, part * 10 + 10))
      known += (await compareBothWays(makeSuccession(seed, 8))).known;
    expect(known).toBeGreaterThan(20);
  });

  it.each(readdirSync(FIXTURES).filter((name) => name.endsWith('.xml')))(
    'does so from %s on, whatever becomes of it',
    async (name) => {
      const random = randomNumbers(name.length);
      const text = Buffer.from(fixture(name)).toString('latin1');
      for (let round = 0; round < 5; round++) {
        const steps = Array.from({ length: 4 }, (_, i): Step => ({
          text: i < 2 ? text : splice(random, text),
          now: NOW + i * 3_600_000,
        }));
        expect(await compareBothWays(steps)).toMatchObject({ documents: steps.length });
      }
    },
  );

  it('does so where settings and addresses change', async () => {
    const random = randomNumbers(7);
    const change = (): More => ({
      timezone: oneOf(random, ['Asia/Shanghai', 'Asia/Shanghai', 'Europe/Berlin']),
      identity: oneOf(random, ['auto', 'auto', 'link', 'title+date']),
      clock: oneOf(random, ['auto', 'as-given', 'beijing']),
      formerly: oneOf(random, [[], [], ['before']]),
      url: oneOf(random, [PLAIN.url, PLAIN.url, 'https://other.example.cn/feed.xml']),
    });
    for (let seed = 1; seed <= 10; seed++)
      expect(await compareBothWays(makeSuccession(seed, 8), change)).toMatchObject({
        documents: 8,
      });
  });
});

const item = (n: number, more = '') =>
  `<item><title>第${n}条</title><link>https://a.example.cn/${n}.html</link><guid>urn:${n}</guid><pubDate>Mon, 06 May 2024 0${n % 10}:00:00 GMT</pubDate>${more}</item>`;
const feed = (...items: readonly string[]) => `<rss><channel><title>源</title>\n${items.join('\n')}\n</channel></rss>`;
const at = (text: string, hours = 0): Step => ({ text, now: NOW + hours * 3_600_000 });

/** Numbers of the items of `second` that are read, `first` having been read before. */
async function readAnew(first: Step, second: Step, more: More = {}): Promise<number[]> {
  const { known = null } = await readOk(first, null);
  const { items, unread = new Set() } = await readOk(second, known, more);
  return items.flatMap(({ id, title }) => (unread.has(id) ? [] : [Number(/\d+/.exec(title)?.[0])]));
}

describe('what is read again', () => {
  const known = range(0, 9).map((n) => item(n));

  it('is what is new or written otherwise, and nothing else', async () => {
    const now = feed(item(20), item(21), ...known.slice(0, 4), item(4, '<category>甲</category>'), ...known.slice(5));
    expect(await readAnew(at(feed(...known)), at(now))).toEqual([20, 21, 4]);
  });

  it('is nothing where the head alone has changed', async () => {
    expect(await readAnew(at(feed(...known)), at(feed('<lastBuildDate>x</lastBuildDate>', ...known)))).toEqual([]);
  });

  it.each<readonly [string, Step, More]>([
    ['its address is another', at(feed(...known)), { url: 'https://other.example.cn/x' }],
    ['items are told by something else', at(feed(...known)), { identity: 'link' }],
    ['dates are of another zone', at(feed(...known)), { timezone: 'Europe/Berlin' }],
    ['its id is another', at(feed(...known)), { formerly: ['before'] }],
    ['the clock was set back', at(feed(...known), -1), {}],
    ['links are read against something else', at(feed(...known).replace('<channel>', '<channel xml:base="/x/">')), {}],
    ['elements mean something else', at(feed(...known).replace('<rss>', '<rss xmlns:dc="urn:x">')), {}],
    ['it breaks off', at(feed(...known).replace('</channel></rss>', '')), {}],
    ['an item stands there twice', at(feed(...known, item(0))), {}],
    ['a new item is told by the same as a known one', at(feed(item(0, '<description>x</description>'), ...known)), {}],
    ['a known one stands in a comment', at(feed(`<!-- ${item(0)} -->`, ...known.slice(1))), {}],
    ['it has the character of the gaps', at(feed('\ue001', ...known)), {}],
  ])('is everything where %s', async (_, step, more) => {
    const { items } = await readOk(step, null, more);
    expect(await readAnew(at(feed(...known)), step, more)).toHaveLength(items.length);
  });

  it('is every item whose number may be its place in the list', async () => {
    const place = (n: number) => item(n).replace(/<guid>.*<\/guid>/, `<guid>${n}</guid>`);
    const places = [1, 2, 3].map(place);
    const steps = [places, [item(7), ...places], places].map((items) => at(feed(...items)));
    expect(await compareBothWays(steps)).toEqual({ documents: 3, known: 0 });
  });

  it('leaves unread what declares entities behind the beginning of the document, as it is in all of it', async () => {
    const long = range(0, 9).map((n) => item(n, `<description>${'字'.repeat(9_000)}</description>`));
    const late = item(9, '<description><![CDATA[<!DOCTYPE x [<!ENTITY hellip "y">]>]]>&hellip;</description>');
    const steps = [long, [...long, late]].map((items) => at(feed(...items)));
    expect(await compareBothWays(steps)).toEqual({ documents: 2, known: 9 });
  });

  it('is everything where the document declares entities', async () => {
    const entity = (value: string) => `<!DOCTYPE rss [<!ENTITY e "${value}">]>`;
    const items = range(0, 3).map((n) => item(n, '<description>&e;</description>'));
    const steps = ['甲', '乙'].map((value) => at(entity(value) + feed(...items)));
    expect(await compareBothWays(steps)).toEqual({ documents: 2, known: 0 });
  });

  it('is everything where that is more than is read of a document', async () => {
    const long = range(0, 3).map((n) => item(n, '<b/>'.repeat(90_000)));
    const steps = [long.slice(0, 1), long.slice(0, 2), long].map((items) => at(feed(...items)));
    expect(await compareBothWays(steps)).toEqual({ documents: 3, known: 1 });
  });

  it.each([
    ['is dated by the time of reading', '<dc:date>x</dc:date>', '3小时前'],
    ['is dated without a year', '', '05-06'],
    ['is dated too far in the future yet', '', 'Fri, 10 May 2024 12:00:00 GMT'],
  ])('is what %s', async (_, more, date) => {
    const one = item(3, more).replace(/<pubDate>.*<\/pubDate>/, `<pubDate>${date}</pubDate>`);
    const all = [...known.slice(0, 3), one, ...known.slice(4)];
    expect(await readAnew(at(feed(...all)), at(feed(...all), 1))).toEqual([3]);
  });

  it('is what gave the document a repair that names its elements', async () => {
    const all = [item(3, '<category>甲'), ...known.slice(4)];
    expect(await readAnew(at(feed(...all)), at(feed(...all)))).toEqual([3]);
  });
});
