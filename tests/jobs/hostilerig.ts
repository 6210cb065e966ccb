/** Two honest sources and a hostile one, served on loopback and read by the daemon's own workers. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { addPolls, closeQueues, openQueues, type Queues } from '../../src/jobs/queues.ts';
import type { Store } from '../../src/store/redis/keys.ts';
import { readEdition } from '../../src/store/stories/stories.ts';
import type { Config, Settings } from '../../src/model/config.ts';
import type { Source } from '../../src/model/source.ts';
import { makeConfig, makeSource } from '../support/configs.ts';
import type { TestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';
import { startWorking } from '../support/working.ts';

/** One item of a feed that the rig serves. */
export interface Item {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly link?: string;
  readonly at?: number;
  /** What it says of the outlet that it is from. */
  readonly outlet?: string;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** A server on an address of its own: 127.0.0.1, 127.0.0.2 … are hosts of their own. */
export async function serve(
  host: string,
  handle: Handler,
): Promise<{ readonly base: string; readonly close: () => Promise<void> }> {
  const server = createServer(handle);
  await new Promise<void>((done) => server.listen(0, host, done));
  return {
    base: `http://${host}:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

function rss(name: string, items: readonly Item[]): string {
  const rows = items.map(
    ({ id, title, text, link, at, outlet }) =>
      `<item><guid isPermaLink="false">${name}-${id}</guid><title>${title}</title><link>${link ?? `https://${name}.example/${id}`}</link>` +
      (at === undefined ? '' : `<pubDate>${new Date(at).toUTCString()}</pubDate>`) +
      (outlet === undefined ? '' : `<source url="https://${name}.example/">${outlet}</source>`) +
      `<description><![CDATA[${text
        .split('\n')
        .map((line) => `<p>${line}</p>`)
        .join('')}]]></description></item>`,
  );
  return `<rss version="2.0"><channel><title>${name}</title><link>https://${name}.example/</link>${rows.join('')}</channel></rss>`;
}

export interface HostileRig {
  readonly store: Store;
  readonly queues: Queues;
  readonly config: Config;
  /** What each source's feed holds now. */
  readonly feeds: Map<string, readonly Item[]>;
  /** Polls these sources and waits until their polls are done, and with `settled` all that follows from them. */
  readonly poll: (sources: readonly string[], settled?: boolean) => Promise<void>;
  readonly settle: () => Promise<void>;
  /** What readers have: of each story of the sources' editions what a feed says of it. */
  readonly shown: () => Promise<readonly Shown[]>;
  readonly stop: () => Promise<void>;
}

interface Shown {
  readonly story: string;
  readonly source: string;
  readonly title: string;
  readonly link: string | null;
  readonly text: string;
  readonly at: number;
  readonly updatedAt: number;
}

export async function startHostile(
  redis: TestRedis,
  {
    sources,
    fetch,
    settings,
  }: {
    readonly sources: readonly Partial<Source>[];
    readonly fetch?: Partial<Settings['fetch']>;
    readonly settings?: Partial<Settings>;
  },
): Promise<HostileRig> {
  const feeds = new Map<string, readonly Item[]>();
  const server = await serve('127.0.0.1', (request, response) => {
    const name = request.url?.slice(1) ?? '';
    response.setHeader('content-type', 'application/rss+xml').end(rss(name, feeds.get(name) ?? []));
  });
  const made = sources.map((one) => makeSource({ id: one.id ?? '', url: `${server.base}/${one.id ?? ''}`, ...one }));
  const plain = makeConfig({ sources: made, ...(fetch && { fetch }) });
  const config: Config = { ...plain, settings: { ...plain.settings, ...settings } };
  const store = redis.store();
  const queues = openQueues(store.redis, store.prefix);
  const workers = startWorking(config, { connection: redis.connect(), store, queues });
  const isDone = async (names: readonly (keyof Queues)[]) => {
    const counts = await Promise.all(
      names.map((name) => queues[name].getJobCounts('waiting', 'prioritized', 'active', 'delayed')),
    );
    return counts.every((count) => Object.values(count).every((jobs) => jobs === 0));
  };
  const settle = () => until(() => isDone(['poll', 'fulltext', 'ingest']), 'the jobs', 120_000);
  return {
    store,
    queues,
    config,
    feeds,
    settle,
    async poll(ids, settled = true) {
      await addPolls(queues, ids, 'asked');
      if (settled) await settle();
      else await until(() => isDone(['poll']), 'the polls');
    },
    async shown() {
      const rows = await readEdition(store, config.editions[0]?.id ?? '', { offset: 0, limit: 100_000, since: null });
      return rows.map(({ story, lead }) => ({
        story: story.id,
        source: lead.source,
        title: lead.title,
        link: lead.link,
        text: lead.text,
        at: story.orderAt,
        updatedAt: story.updatedAt,
      }));
    },
    async stop() {
      await workers.stop();
      await closeQueues(queues);
      await server.close();
    },
  };
}
