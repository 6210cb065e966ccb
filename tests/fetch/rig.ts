/** Servers on loopback that say exactly the bytes they are told to, and a fetcher that may reach them. */
import { say } from '../../src/reasons/render.ts';
import { type AddressInfo, type Server, type Socket, createServer } from 'node:net';
import { type Fetcher, type FetcherOptions, createFetcher } from '../../src/fetch/fetcher.ts';
import type { FetchResult } from '../../src/model/fetch.ts';

export interface Seen {
  readonly line: string;
  readonly path: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface Rig {
  readonly port: number;
  /** `http://127.0.0.1:port` */
  readonly origin: string;
  readonly seen: Seen[];
  /** Connections accepted so far. */
  readonly connections: () => number;
  close(): Promise<void>;
}

export type Answer = (socket: Socket, seen: Seen) => void;

function readHead(head: string): Seen {
  const [line = '', ...rest] = head.split('\r\n');
  const headers = Object.fromEntries(
    rest.map((one) => [one.slice(0, one.indexOf(':')).toLowerCase(), one.slice(one.indexOf(':') + 1).trim()]),
  );
  return { line, path: line.split(' ')[1] ?? '', headers };
}

/** Answers each request head that arrives over `socket`. */
function attend(socket: Socket, answer: Answer, seen: Seen[]): void {
  let waiting = '';
  socket.on('error', () => {});
  socket.on('data', (chunk: Buffer) => {
    waiting += chunk.toString('latin1');
    for (let end = waiting.indexOf('\r\n\r\n'); end >= 0; end = waiting.indexOf('\r\n\r\n')) {
      const request = readHead(waiting.slice(0, end));
      waiting = waiting.slice(end + 4);
      seen.push(request);
      answer(socket, request);
    }
  });
}

/** Listens on `host` with any of `makeServer`'s kinds of server. */
export async function listen(
  answer: Answer,
  host = '127.0.0.1',
  makeServer: (onSocket: (socket: Socket) => void) => Server = (onSocket) => createServer(onSocket),
): Promise<Rig> {
  const seen: Seen[] = [];
  const open = new Set<Socket>();
  let count = 0;
  const server = makeServer((socket) => attend(socket, answer, seen));
  server.on('connection', (socket: Socket) => {
    count++;
    open.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => open.delete(socket));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const name = host.includes(':') ? `[${host}]` : host;
  return {
    port,
    origin: `http://${name}:${port}`,
    seen,
    connections: () => count,
    close: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** A whole response; Content-Length is right unless `headers` says otherwise. */
export function reply(status: number, headers: Readonly<Record<string, string>>, body: string | Buffer = ''): Buffer {
  const bytes = Buffer.from(body);
  const all: Record<string, string> = { 'Content-Length': String(bytes.length), ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${status} Words\r\n${lines.join('')}\r\n`, 'latin1'), bytes]);
}

const DEFAULTS: FetcherOptions = {
  timeoutMs: 5000,
  maxBytes: 200_000,
  maxRedirects: 5,
  concurrency: 8,
  allowAddresses: ['127.0.0.0/8', '::1/128'],
};

const fetchers: Fetcher[] = [];

/** A fetcher with `options` over defaults that let loopback through; `closeFetchers` closes it. */
export function fetcherWith(options: Partial<FetcherOptions> = {}): Fetcher {
  const fetcher = createFetcher({ ...DEFAULTS, ...options });
  fetchers.push(fetcher);
  return fetcher;
}

export async function closeFetchers(): Promise<void> {
  await Promise.all(fetchers.splice(0).map((fetcher) => fetcher.close()));
}

/** `200 modified "text"`, `304 unmodified`, `410 gone`, `failed stage` or `failed stage 404`: a result in a few words. */
export function brief(result: FetchResult): string {
  switch (result.outcome) {
    case 'modified':
      return `${result.status} modified ${JSON.stringify(Buffer.from(result.body).toString())}`;
    case 'unmodified':
    case 'gone':
      return `${result.status} ${result.outcome}`;
    case 'failed':
      return result.status === null ? `failed ${result.stage}` : `failed ${result.stage} ${result.status}`;
    default:
      return result satisfies never;
  }
}

/** The reason of a failed result in English, empty for others. */
export const messageOf = (result: FetchResult): string => (result.outcome === 'failed' ? say(result.reason, 'en') : '');
