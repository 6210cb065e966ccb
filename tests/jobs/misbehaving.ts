/** Publishers that misbehave over time, each in one way, and what they truly published: for tests that poll them for weeks. */
import { createHash } from 'node:crypto';
import type { Selectors } from '../../src/model/source.ts';
import { BEIJING_MS, DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/text/time.ts';

/** What a publisher truly published. */
export interface Article {
  readonly publisher: string;
  readonly n: number;
  readonly at: number;
  readonly title: string;
  readonly text: string;
  /** When one word of the text was corrected; null: never. */
  readonly editedAt: number | null;
}

export interface Answer {
  readonly status?: number;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An item as it stands in one document. */
interface Shown {
  readonly title: string;
  readonly link: string | null;
  readonly guid: string | null;
  readonly text: string;
  /** As written. */
  readonly date: string | null;
}

/** What a publisher does otherwise. */
interface Way {
  readonly name: string;
  /** Hours between two articles, at the least; 14 where unsaid. */
  readonly everyHours?: number;
  /** Articles in a document; 10 where unsaid. */
  readonly shown?: number;
  readonly fullText?: boolean;
  readonly edits?: boolean;
  readonly select?: Selectors;
  readonly title?: (article: Article) => string;
  /** How an item looks at fetch `k`, at `now`, in place `place` of the list. */
  readonly item?: (article: Article, k: number, now: number, place: number) => Partial<Shown>;
  readonly answer?: (items: readonly Shown[], k: number, plain: Answer) => Answer;
}

const rfc822 = (at: number) => new Date(at).toUTCString();
const token = (text: string) => createHash('sha1').update(text).digest('hex').slice(0, 20);

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const tag = (name: string, text: string | null) => (text === null ? '' : `<${name}>${escape(text)}</${name}>`);

const rss = (items: readonly Shown[], head = '') =>
  `<rss version="2.0"><channel><title>样报</title><link>https://news.example/</link>${head}${items
    .map(
      ({ title, link, guid, text, date }) =>
        `<item>${tag('title', title)}${tag('link', link)}${guid === null ? '' : `<guid isPermaLink="false">${guid}</guid>`}${tag('pubDate', date)}${tag('description', text)}</item>`,
    )
    .join('')}</channel></rss>`;

const atom = (items: readonly Shown[]) =>
  `<feed xmlns="http://www.w3.org/2005/Atom"><title>样报</title>${items
    .map(
      ({ title, link, guid, text, date }) =>
        `<entry>${tag('title', title)}${tag('id', guid)}<link href="${link}"/>${tag('updated', date)}${tag('summary', text)}</entry>`,
    )
    .join('')}</feed>`;

const page = (items: readonly Shown[]) =>
  `<html><head><title>样报</title></head><body><ul>${items
    .map(({ title, link, date }) => `<li><a href="${link}">${title}</a><span>${date}</span></li>`)
    .join('')}</ul></body></html>`;

/** Not a minute of those in which articles appear, so that no age is rounded to the next hour by chance. */
const age = (ms: number) => {
  const hours = Math.floor(ms / HOUR_MS);
  if (hours < 1) return `${Math.max(1, Math.floor(ms / MINUTE_MS))}分钟前`;
  return hours < 24 ? `${hours}小时前` : `${Math.floor(hours / 24)}天前`;
};

export const WAYS: readonly Way[] = [
  { name: 'plain' },
  { name: 'edits', edits: true },
  { name: 'counters', item: ({ text }, k) => ({ text: `${text} 阅读：${100 + 7 * k} 评论(${k})` }) },
  { name: 'redated', item: (_, _k, now) => ({ date: rfc822(now - 90_000) }) },
  {
    name: 'tokens',
    item: ({ n }, k) => ({ guid: null, link: `https://news.example/d?id=${n}&v=${token(`${n} ${k}`)}` }),
  },
  { name: 'paths', item: ({ n }, k) => ({ guid: null, link: `https://news.example/${token(`${n} ${k}`)}.html` }) },
  { name: 'new guids', item: ({ n }, k) => ({ guid: `${k}-${n}`, link: 'https://news.example/' }) },
  {
    name: 'new guids in a small document',
    shown: 1,
    everyHours: 30,
    item: ({ n }, k) => ({ guid: `${k}-${n}`, link: null }),
  },
  {
    name: 'two items with tokens',
    shown: 2,
    everyHours: 30,
    item: ({ n }, k) => ({ guid: null, link: `https://news.example/${token(`${n} ${k}`)}` }),
  },
  { name: 'places', item: (_, _k, _now, place) => ({ guid: String(place + 1) }) },
  {
    name: 'bulletin',
    shown: 1,
    everyHours: 24,
    title: ({ title, n }) => `${title.slice(0, 2)}早报第${n + 100}期`,
    item: () => ({ guid: null, link: 'https://news.example/today.html' }),
  },
  { name: 'reused guids', item: ({ n }) => ({ guid: `slot${n % 12}`, link: `https://news.example/slot/${n % 12}` }) },
  {
    name: 'list page',
    select: { item: 'li', title: 'a', link: 'a', date: 'span' },
    item: ({ n, at }, _k, now) => ({ link: `/list/${n}.html`, date: age(now - at) }),
    answer: (items) => ({ type: 'text/html', body: page(items) }),
  },
  {
    name: 'max-age',
    everyHours: 4,
    answer: (items) => ({
      headers: { 'cache-control': 'max-age=2592000' },
      body: rss(items, '<ttl>43200</ttl><skipDays><day>Sunday</day></skipDays>'),
    }),
  },
  { name: 'Beijing time', item: ({ at }) => ({ date: rfc822(at + BEIJING_MS) }) },
  {
    name: 'http and https',
    item: ({ n }, k) => {
      const link = `http${k % 2 === 0 ? '' : 's'}://news.example/flip/${n}.html`;
      return { guid: link, link };
    },
  },
  {
    name: 'errors',
    answer: (_, k, plain) => {
      if (k % 5 === 2) return { status: 503, body: '维护中' };
      if (k % 5 === 3)
        return {
          body: rss([{ title: 'Bridge returned error 500! (20780)', link: null, guid: `e${k}`, text: '', date: null }]),
        };
      if (k % 5 === 4) return { body: plain.body.slice(0, Math.floor(plain.body.length / 2)) };
      return plain;
    },
  },
  { name: 'undated', item: () => ({ date: null }) },
  {
    name: 'updated alone',
    item: ({ at }) => ({ date: new Date(at).toISOString() }),
    answer: (items) => ({ type: 'application/atom+xml', body: atom(items) }),
  },
  { name: 'order', answer: (items, k) => ({ body: rss([...items.slice(k % 3), ...items.slice(0, k % 3)]) }) },
  {
    name: 'full text',
    fullText: true,
    item: ({ text }, k, now) => ({ text: `${text.slice(0, 12)} 点击 ${k}`, date: rfc822(now - HOUR_MS) }),
  },
  {
    name: 'full text with edits',
    fullText: true,
    edits: true,
    item: ({ text }, k) => ({ text: `${text} 浏览：${k}` }),
  },
];

const PLACES = ['合肥', '芜湖', '蚌埠', '淮南', '安庆', '黄山', '滁州', '阜阳', '宿州', '六安'];

/** How a text begins that was corrected. */
export const CORRECTED = '更正';

/** Bytes that stand for a text: the same at every run. */
const seedOf = (text: string) => createHash('sha1').update(text).digest();

/** Signs drawn from those that are in use: no two texts tell the same. */
function writing(seed: string, length: number): string {
  let out = '';
  for (let block = 0; out.length < length; block++) {
    const bytes = seedOf(`${seed} ${block}`);
    for (let i = 0; i + 1 < bytes.length && out.length < length; i += 2) {
      out += String.fromCodePoint(0x4e00 + (bytes.readUInt16BE(i) % 16_000));
      if (out.length % 14 === 13 && out.length < length - 1) out += '，';
    }
  }
  return out;
}

/** A publisher of one of the ways, from `start` on for `days` days, with some articles that are older. */
export function makePublisher(id: string, way: Way, start: number, days: number) {
  const every = (way.everyHours ?? 14) * HOUR_MS;
  const articles: Article[] = [];
  let at = start - (way.shown ?? 10) * every;
  for (let n = 0; at < start + days * DAY_MS; n++) {
    const seed = `${id} ${n}`;
    at += every + (seedOf(seed).readUInt16BE(0) % 240) * MINUTE_MS;
    const title = `${PLACES[seedOf(seed).readUInt8(2) % PLACES.length]}${writing(`${seed} title`, 12).replaceAll('，', '')}`;
    const editedAt = way.edits === true && n % 4 === 0 ? at + 20 * HOUR_MS : null;
    articles.push({ publisher: id, n, at, title, text: `${writing(`${seed} text`, 90)}。`, editedAt });
  }
  const shownTitle = way.title ?? (({ title }: Article) => title);
  let k = 0;

  return {
    id,
    way,
    articles: articles.map((article) => ({ ...article, title: shownTitle(article) })),
    /** The next document. */
    answer(now: number, base: string): Answer {
      const current = articles
        .filter((article) => article.at <= now)
        .slice(-(way.shown ?? 10))
        .toReversed();
      const items = current.map((article, place): Shown => {
        const text = textAt(article, now);
        const shown: Shown = {
          title: shownTitle(article),
          guid: `g${article.n}`,
          link:
            way.fullText === true ? `${base}/page/${id}/${article.n}` : `https://news.example/${id}/${article.n}.html`,
          text,
          date: rfc822(article.at),
        };
        return Object.assign(shown, way.item?.({ ...article, text }, k, now, place));
      });
      const plain = { body: rss(items) };
      return way.answer?.(items, k++, plain) ?? (way.answer === undefined && k++, plain);
    },
    /** The page of an article. */
    page(n: number, now: number): string {
      const article = articles[n];
      if (article === undefined) return '';
      return `<html><body><h1>${shownTitle(article)}</h1><div class="article"><p>${textAt(article, now)}</p><p>${writing(`${id} ${n} page`, 160)}。</p></div></body></html>`;
    },
  };
}

function textAt({ text, editedAt }: Article, now: number): string {
  return editedAt !== null && now >= editedAt ? `${CORRECTED}：${text.slice(4)}` : text;
}
