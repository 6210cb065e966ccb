/** Publishers that misbehave over time, each in one way, and what they truly published: for tests that poll them for weeks. */
import { createHash } from 'node:crypto';
import type { Selectors } from '../../src/model/source.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/text/time.ts';
import { rfc822, rss, type Shown } from './feedwriting.ts';

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
  readonly body: string | Uint8Array;
}

/** What a document is asked with. */
export interface Asked {
  /** Fetches before this one. */
  readonly k: number;
  readonly now: number;
  /** A day of outages, one of five: never the first, nor the last one of three days or of sixty. */
  readonly isBadDay: boolean;
  /** The ETag that the client has. */
  readonly etag: string | undefined;
  /** Of the publisher’s server, and of one on another site. */
  readonly base: string;
  readonly elsewhere: string;
}

/** What a publisher does otherwise. */
export interface Way {
  readonly name: string;
  /** Hours between two articles, at the least; 14 where unsaid. */
  readonly everyHours?: number;
  /** Articles in a document; 10 where unsaid. */
  readonly shown?: number;
  readonly fullText?: boolean;
  readonly edits?: boolean;
  /** Its articles get a new address once. */
  readonly moves?: boolean;
  /** A page; null: whose news is to be found without selectors. */
  readonly select?: Selectors | null;
  readonly title?: (article: Article) => string;
  /** How an item looks at fetch `k`, at `now`, in place `place` of the list. */
  readonly item?: (article: Article, k: number, now: number, place: number) => Partial<Shown>;
  readonly answer?: (items: readonly Shown[], asked: Asked, plain: Answer & { readonly body: string }) => Answer;
  /** The page of an article at fetch `k` of it. */
  readonly page?: (paragraphs: readonly string[], address: string, k: number, isBadDay: boolean) => string;
}

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
  let fetches = 0;
  const pageFetches = new Map<number, number>();
  const isBadDay = (now: number) => Math.floor((now - start) / DAY_MS) % 5 === 1;

  return {
    id,
    way,
    articles: articles.map((article) => ({ ...article, title: shownTitle(article) })),
    /** The next document. */
    answer({ now, base, ...asked }: Pick<Asked, 'now' | 'base' | 'elsewhere' | 'etag'>): Answer {
      const k = fetches++;
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
        return Object.assign(shown, way.item?.({ ...article, title: shown.title, text }, k, now, place));
      });
      const plain = { body: rss(items) };
      return way.answer?.(items, { ...asked, k, now, base, isBadDay: isBadDay(now) }, plain) ?? plain;
    },
    /** The page of an article. */
    page(n: number, address: string, now: number): string {
      const article = articles[n];
      if (article === undefined) return '';
      const k = pageFetches.get(n) ?? 0;
      pageFetches.set(n, k + 1);
      const paragraphs = [textAt(article, now), ...[1, 2].map((part) => `${writing(`${id} ${n} ${part}`, 160)}。`)];
      const made = way.page?.(paragraphs, address, k, isBadDay(now));
      return made ?? articlePage(shownTitle(article), paragraphs);
    },
  };
}

const articlePage = (title: string, paragraphs: readonly string[]): string =>
  `<html><body><h1>${title}</h1><div class="article">${paragraphs.map((one) => `<p>${one}</p>`).join('')}</div></body></html>`;

function textAt({ text, editedAt }: Article, now: number): string {
  return editedAt !== null && now >= editedAt ? `${CORRECTED}：${text.slice(4)}` : text;
}
