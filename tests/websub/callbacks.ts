/** Subscribers at every loopback address, each another party to the hub, which note what they get and answer as a test says. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { startPushWorkers } from '../../src/jobs/push.ts';
import { queuePrefix } from '../../src/store/redis/keys.ts';
import type { Config } from '../../src/model/config.ts';
import type { TestRedis } from '../support/redis.ts';
import { makeConfig, makeEdition, type RunningWeb } from '../web/seed.ts';

interface Got {
  readonly method: string;
  /** Address that was reached, which is the party. */
  readonly host: string;
  readonly path: string;
  readonly bytes: number;
}

export interface Callbacks {
  readonly got: Got[];
  /** Bodies that a host has been sent and has not answered. */
  readonly open: Map<string, number>;
  /** The most of them that any host had at a time. */
  mostOpen: number;
  /** How what is delivered is answered; at once with 204 without. */
  answer: (got: Got, response: ServerResponse) => void;
  readonly at: (host: string, path?: string) => string;
  close(): Promise<void>;
}

/** `hangs`: whether a host leaves the question whether it meant a subscription without an answer. */
export async function startCallbacks(hangs: (host: string) => boolean = () => false): Promise<Callbacks> {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://x');
    const host = request.socket.localAddress?.replace('::ffff:', '') ?? '';
    let bytes = 0;
    if (request.method === 'POST') {
      const open = (callbacks.open.get(host) ?? 0) + 1;
      callbacks.open.set(host, open);
      callbacks.mostOpen = Math.max(callbacks.mostOpen, open);
      response.once('close', () => callbacks.open.set(host, (callbacks.open.get(host) ?? 1) - 1));
    }
    request.on('data', (chunk: Buffer) => (bytes += chunk.length));
    request.on('end', () => {
      const one: Got = { method: request.method ?? '', host, path: pathname, bytes };
      callbacks.got.push(one);
      if (one.method === 'POST') callbacks.answer(one, response);
      else if (!hangs(host)) response.end(searchParams.get('hub.challenge'));
    });
  });
  await new Promise<void>((done) => server.listen(0, '0.0.0.0', done));
  const { port } = server.address() as AddressInfo;
  const callbacks: Callbacks = {
    got: [],
    open: new Map(),
    mostOpen: 0,
    answer: (_got, response) => void response.writeHead(204).end(),
    at: (host, path = '/cb') => `http://${host}:${port}${path}`,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
  return callbacks;
}

export function hubConfig(): Config {
  const config = makeConfig({ editions: [makeEdition('delta'), makeEdition('anhui')] });
  const { settings } = config;
  return { ...config, settings: { ...settings, fetch: { ...settings.fetch, allowAddresses: ['127.0.0.0/8'] } } };
}

/** Runs the push jobs of a web server's store; gives what stops them. */
export function startPushes(redis: TestRedis, web: RunningWeb): () => Promise<void> {
  const pushes = startPushWorkers(
    {
      store: web.store,
      queues: web.deps.queues,
      log: pino({ level: 'silent' }),
      now: Date.now,
      state: { config: web.deps.config, onConfig: () => undefined },
    },
    { connection: redis.connect('worker'), prefix: queuePrefix(web.store.prefix) },
  );
  return async () => {
    await Promise.all(pushes.workers.map((worker) => worker.close(true)));
    await pushes.release();
  };
}

/** Asks the hub for a topic as a visitor from `from` would. */
export async function askHub(
  web: RunningWeb,
  wish: { readonly topic: string; readonly callback: string; readonly from: string },
): Promise<number> {
  const body = new URLSearchParams({
    'hub.mode': 'subscribe',
    'hub.topic': `${web.url}${wish.topic}`,
    'hub.callback': wish.callback,
  });
  const response = await web.get('/hub', { 'x-forwarded-for': wish.from }, { method: 'POST', body });
  await response.text();
  return response.status;
}
