/** Serves feeds of made-up news on loopback, in a process of its own, so that its work is not counted. */
import { fileURLToPath } from 'node:url';
import { escapeText } from '../src/text/html.ts';
import { forkServer, listen, serveOrders } from './forkedserver.ts';
import { makeCopy } from './news.ts';

/** A feed: what it shows begins at item `from`. */
interface Feed {
  readonly body: Buffer;
  readonly etag: string;
}

export interface NewsServer {
  readonly addresses: readonly string[];
  /** Bytes of one feed. */
  readonly bytes: number;
  /** So many new items on top of each feed, in place of as many at its end. */
  add(count: number): Promise<void>;
  close(): void;
}

const SELF = fileURLToPath(import.meta.url);

/** `sources` feeds of `entries` items, each a story of its own of some 700 characters. */
export async function serveNews(sources: number, entries: number): Promise<NewsServer> {
  const server = await forkServer<Started, number>(SELF, [String(sources), String(entries)]);
  const { base, bytes } = server.start;
  const addresses = Array.from({ length: sources }, (_, i) => `${base}/${i}.xml`);
  return { addresses, bytes, add: server.order, close: server.close };
}

interface Started {
  readonly base: string;
  readonly bytes: number;
}

function makeFeed(feed: number, from: number, entries: number): Feed {
  const items = Array.from({ length: entries }, (_, i) => {
    const n = from + entries - 1 - i;
    const { title, content } = makeCopy(feed * 100_000 + n, 0, Date.now());
    const at = new Date(Date.UTC(2026, 5, 1) + n * 600_000).toUTCString();
    return `<item><title>${escapeText(title)}</title><link>https://news.example/${feed}/${n}</link><guid isPermaLink="false">${feed}-${n}</guid><pubDate>${at}</pubDate><description>${escapeText(content)}</description></item>`;
  });
  const body = `<rss version="2.0"><channel><title>样报${feed}</title><link>https://news.example/${feed}</link>${items.join('')}</channel></rss>`;
  return { body: Buffer.from(body), etag: `"${from}"` };
}

async function serve(sources: number, entries: number): Promise<void> {
  let from = 0;
  const make = () => Array.from({ length: sources }, (_, i) => makeFeed(i, from, entries));
  let feeds = make();
  const base = await listen('127.0.0.1', (request, response) => {
    const feed = feeds[Number(/^\/(\d+)\.xml$/.exec(request.url ?? '')?.[1])];
    if (feed === undefined) response.writeHead(404).end();
    else if (request.headers['if-none-match'] === feed.etag) response.writeHead(304, { etag: feed.etag }).end();
    else response.writeHead(200, { etag: feed.etag, 'content-type': 'application/rss+xml' }).end(feed.body);
  });
  const start: Started = { base, bytes: feeds[0]?.body.length ?? 0 };
  serveOrders(start, (count: number) => {
    from += count;
    feeds = make();
  });
}

if (process.argv[1] === SELF) await serve(Number(process.argv[2]), Number(process.argv[3]));
