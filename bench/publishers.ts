/** Publishers that print, copy, edit and withdraw articles while daemons are killed: served on loopback, with validators. */
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomNumbers } from '../src/demo/random.ts';
import { makeCopy } from './news.ts';

/** What a source prints of an article. */
export interface Printed {
  readonly source: string;
  readonly article: number;
  /** Which of the copies in news.ts. */
  readonly print: number;
  /** Counts up when the publisher edits it; only what nobody copied is edited. */
  readonly version: number;
}

export interface Publishers {
  readonly sources: readonly { readonly id: string; readonly url: string; readonly fullText: boolean }[];
  /** One step of the publishers' day: something printed, copied, edited or withdrawn. */
  step(): void;
  /** What stands in feeds now. */
  carried(): readonly Printed[];
  /** Everything that was ever printed, with all its versions. */
  printed(): readonly Printed[];
  /** Requests of each source since the last call. */
  takeRequests(): ReadonlyMap<string, number>;
  close(): Promise<void>;
}

const SOURCES = 10;
const FULL_TEXT = 2;
/** Items of a feed; older ones leave it. */
const CARRIED = 25;
/** The copies that bear the same headline: another may be told as a story of its own, and rightly. */
const SAME_HEADLINE = [0, 1, 3];

export const guidOf = ({ source, article }: Pick<Printed, 'source' | 'article'>): string => `${source}-${article}`;

/** Headline of a version; the first bears the article's own. */
export function titleOf({ article, print, version }: Printed): string {
  const { title } = makeCopy(article, print, 0);
  return version === 0 ? title : `${title}（第${version}次更新）`;
}

export async function startPublishers(seed: number): Promise<Publishers> {
  const next = randomNumbers(seed);
  const below = (count: number) => Math.floor(next() * count);
  const ids = Array.from({ length: SOURCES }, (_, i) => `p${i}`);
  const feeds = new Map<string, Printed[]>(ids.map((id) => [id, []]));
  const all: Printed[] = [];
  const copied = new Set<number>();
  const requests = new Map<string, number>();
  let articles = 0;

  const put = (one: Printed) => {
    all.push(one);
    const feed = feeds.get(one.source) ?? [];
    const others = feed.filter(({ article }) => article !== one.article);
    feeds.set(one.source, [one, ...others].slice(0, CARRIED));
  };
  const anyOf = (): Printed | undefined => {
    const feed = feeds.get(ids[below(SOURCES)] ?? '') ?? [];
    return feed[below(feed.length)];
  };
  const copy = (one: Printed | undefined) => {
    const source = ids[below(SOURCES)] ?? '';
    const print = SAME_HEADLINE[1 + below(SAME_HEADLINE.length - 1)] ?? 0;
    if (
      one === undefined ||
      one.version > 0 ||
      (feeds.get(source) ?? []).some(({ article }) => article === one.article)
    )
      return;
    if (all.some(({ article, source: of }) => article === one.article && of === source)) return;
    copied.add(one.article);
    put({ source, article: one.article, print, version: 0 });
  };
  const edit = (one: Printed | undefined) => {
    if (one !== undefined && !copied.has(one.article)) put({ ...one, version: one.version + 1 });
  };
  const withdraw = (one: Printed | undefined) => {
    if (one !== undefined)
      feeds.set(
        one.source,
        (feeds.get(one.source) ?? []).filter((other) => other !== one),
      );
  };

  const server = createServer((request, response) => {
    const [, kind = '', id = ''] = (request.url ?? '').split('/');
    if (kind === 'page') {
      const [source = '', article = ''] = id.split('-');
      const one = all.findLast((printed) => printed.source === source && printed.article === Number(article));
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(one && pageOf(one));
      return;
    }
    requests.set(id, (requests.get(id) ?? 0) + 1);
    const body = rssOf(id, feeds.get(id) ?? [], base);
    const etag = `"${createHash('sha256').update(body).digest('hex').slice(0, 16)}"`;
    if (request.headers['if-none-match'] === etag) response.writeHead(304).end();
    else response.writeHead(200, { etag, 'content-type': 'application/rss+xml; charset=utf-8' }).end(body);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    sources: ids.map((id, i) => ({ id, url: `${base}/feed/${id}`, fullText: i < FULL_TEXT })),
    step() {
      const what = next();
      if (what < 0.4) put({ source: ids[below(SOURCES)] ?? '', article: articles++, print: 0, version: 0 });
      else if (what < 0.7) copy(anyOf());
      else if (what < 0.93) edit(anyOf());
      else withdraw(anyOf());
    },
    carried: () => [...feeds.values()].flat(),
    printed: () => all,
    takeRequests() {
      const taken = new Map(requests);
      requests.clear();
      return taken;
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

const paragraphs = ({ article, print, version }: Printed): readonly string[] => [
  ...makeCopy(article, print, 0).text.split('\n'),
  ...(version === 0 ? [] : [`这是第${version}次更新的内容，补充了现场的最新情况和${version + 2}个问题的答复。`]),
];

const wrapped = (one: Printed) =>
  paragraphs(one)
    .map((line) => `<p>${line}</p>`)
    .join('');

function pageOf(one: Printed): string {
  return `<html><head><title>${titleOf(one)}</title></head><body><h1>${titleOf(one)}</h1><div class="content">${wrapped(one)}</div></body></html>`;
}

function rssOf(id: string, feed: readonly Printed[], base: string): string {
  const rows = feed.map((one) => {
    const text = Number(id.slice(1)) < FULL_TEXT ? `<p>${paragraphs(one)[0]?.slice(0, 60) ?? ''}</p>` : wrapped(one);
    return (
      `<item><guid isPermaLink="false">${guidOf(one)}</guid><title>${titleOf(one)}</title>` +
      `<link>${base}/page/${guidOf(one)}</link><description><![CDATA[${text}]]></description></item>`
    );
  });
  return `<rss version="2.0"><channel><title>${id}报</title><link>${base}/</link>${rows.join('')}</channel></rss>`;
}
