/** Serves the sample outlets on a local web server whose feeds, list pages and articles grow while it runs. */
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Selectors, SourceKind } from '../model/source.ts';
import { articlePage, frontPage, outletPage } from './articlepage.ts';
import { formats } from './otherformats.ts';
import type { Rendered } from './otherformats.ts';
import { drawPicture } from './picture.ts';
import { outlets } from './sampleoutlets.ts';
import type { Outlet } from './sampleoutlets.ts';
import { createWorld } from './world.ts';
import type { World } from './world.ts';

/** What a block of sources.yaml says of one sample source. */
export interface DemoSource {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly kind: SourceKind;
  readonly schedule?: string;
  readonly region?: string;
  readonly trust: number;
  readonly timezone?: string;
  readonly select?: Selectors;
  readonly encoding?: string;
  readonly group: string;
  readonly note: string;
  readonly enabled: boolean;
}

export interface DemoServer {
  /** http://127.0.0.1:port, without a trailing slash. */
  readonly url: string;
  readonly sources: readonly DemoSource[];
  /** Ends open connections too; the port is free afterwards. */
  close(): Promise<void>;
}

interface Answer extends Rendered {
  readonly modifiedAt: number | null;
  readonly location?: string;
}

const DEFAULT_INTERVAL_MS = 4000;

const html = (text: string, modifiedAt: number | null, status = 200): Answer => ({
  status,
  contentType: 'text/html; charset=utf-8',
  body: Buffer.from(text),
  modifiedAt,
});

function answerOutlet(outlet: Outlet, file: string, world: World, base: string): Answer | null {
  const items = world.itemsOf(outlet.id);
  const modifiedAt = items[0]?.at ?? null;
  if (file === '') return html(outletPage(outlet, items), modifiedAt);
  if (file === outlet.movedFrom) {
    const location = `${base}/${outlet.id}/${outlet.file}`;
    return { ...html(`<a href="${location}">${location}</a>`, null, 301), location };
  }
  return file === outlet.file ? { ...formats[outlet.form]({ outlet, items, base }), modifiedAt } : null;
}

function answer(path: string, world: World, base: string): Answer {
  if (path === '/')
    return html(
      frontPage(outlets, (id) => world.itemsOf(id), world.arrivals()),
      null,
    );
  const picture = drawPicture(path);
  if (picture !== null) return { status: 200, contentType: 'image/png', body: picture, modifiedAt: null };
  const item = world.itemAt(path);
  if (item !== null) return html(articlePage(item), item.at);
  const [, id, ...rest] = path.split('/');
  const outlet = outlets.find((one) => one.id === id);
  const found = outlet === undefined ? null : answerOutlet(outlet, rest.join('/'), world, base);
  return found ?? html('<h1>404</h1>', null, 404);
}

/** RFC 9110 §13.2.2: where If-None-Match is sent, nothing else counts. */
function isUnmodified(request: IncomingMessage, etag: string, modifiedAt: number | null): boolean {
  const tags = request.headers['if-none-match'];
  if (tags !== undefined) {
    return tags.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag);
  }
  const since = Date.parse(request.headers['if-modified-since'] ?? '');
  return modifiedAt !== null && Math.floor(modifiedAt / 1000) * 1000 <= since;
}

function send(request: IncomingMessage, response: ServerResponse, made: Answer): void {
  const headers: Record<string, string> = { 'Content-Type': made.contentType };
  if (made.location !== undefined) headers.Location = made.location;
  let status = made.status;
  if (status === 200) {
    headers.ETag = `"${createHash('sha256').update(made.body).digest('hex').slice(0, 20)}"`;
    headers['Cache-Control'] = 'no-cache';
    if (made.modifiedAt !== null) headers['Last-Modified'] = new Date(made.modifiedAt).toUTCString();
    if (isUnmodified(request, headers.ETag, made.modifiedAt)) status = 304;
  }
  if (status !== 304) headers['Content-Length'] = String(made.body.length);
  response.writeHead(status, headers);
  response.end(status === 304 || request.method === 'HEAD' ? undefined : made.body);
}

function sourceOf(outlet: Outlet, base: string): DemoSource {
  const { id, name, kind, schedule, region, trust, timezone, select, encoding, group, note, enabled } = outlet;
  return {
    id,
    name,
    url: `${base}/${id}/${outlet.movedFrom ?? outlet.file}`,
    kind,
    schedule,
    trust,
    group,
    note,
    enabled,
    ...(region === undefined ? {} : { region }),
    ...(timezone === undefined ? {} : { timezone }),
    ...(select === undefined ? {} : { select }),
    ...(encoding === undefined ? {} : { encoding }),
  };
}

/**
 * Starts the sample outlets on 127.0.0.1. Times are epoch milliseconds from `now`; a new item appears in one of them
 * every `intervalMs` (4000 unless given). The same start time and seed (from the start time unless given) give the same
 * items.
 * Rejects where the port is taken.
 */
export async function startDemoServer(options: {
  /** 0 or absent: a free one. */
  port?: number;
  now: () => number;
  intervalMs?: number;
  seed?: number;
}): Promise<DemoServer> {
  const { port = 0, now, intervalMs = DEFAULT_INTERVAL_MS, seed } = options;
  const startedAt = now();
  const world = createWorld({
    startedAt,
    seed: seed ?? Math.floor(startedAt / 1000),
    intervalMs: Math.max(1, intervalMs),
  });
  let base = '';
  const server = createServer((request, response) => {
    request.resume();
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { Allow: 'GET, HEAD' }).end();
      return;
    }
    try {
      world.advance(now());
      const path = (request.url ?? '/').replace(/[?#].*/s, '');
      send(request, response, answer(path, world, base));
    } catch (error) {
      // A defect here must not take the daemon beside it down.
      response.writeHead(500, { 'Content-Type': 'text/plain; charset=utf-8' }).end(String(error));
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address();
  const bound = typeof address === 'object' && address !== null ? address.port : port;
  base = `http://127.0.0.1:${bound}`;
  return {
    url: base,
    sources: outlets.map((outlet) => sourceOf(outlet, base)),
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
}
