/** Answers /metrics: the daemon's figures for Prometheus. */
import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import type { CurrentFeeds } from '../feeds/current.ts';
import type { PictureRoom } from '../feeds/pictureroom.ts';
import type { Reason } from '../../model/reason.ts';
import { whyAway } from '../../store/beats.ts';
import type { Store } from '../../store/redis/keys.ts';
import type { Status } from '../status/gather.ts';
import { type Figure, OF_STORE } from './storefigures.ts';

export interface Metrics {
  readonly countRequest: (route: string, status: number) => void;
  /** `status`: null where the store is away, for the reason `away`; its figures are then left out. */
  readonly render: (status: Status | null, away: Reason | null) => Promise<string>;
  readonly contentType: string;
}

const REFUSALS = ['redis.readonly', 'redis.full', 'redis.disk', 'redis.loading', 'redis.refused'];

interface OwnFigures {
  readonly feeds: Pick<CurrentFeeds, 'counters' | 'bytes'>;
  readonly pictures: Pick<PictureRoom, 'bytes' | 'readers'>;
  readonly requests: Iterable<{ readonly route: string; readonly status: number; readonly count: number }>;
  readonly isStoreUp: boolean;
  /** Code of the reason why it does not serve; null where it does. */
  readonly refusal: string | null;
}

/** What this process knows by itself. */
const OWN: readonly Figure<OwnFigures>[] = [
  {
    name: 'http_requests_total',
    help: 'HTTP requests answered, by route and status.',
    labels: ['route', 'status'],
    counts: true,
    values: ({ requests }) => [...requests].map(({ route, status, count }) => [count, { route, status: `${status}` }]),
  },
  {
    name: 'feed_renderings_total',
    help: 'Feed requests by how they were answered: from the cache (hit), rendered (miss), or with the last rendering while Redis was away (stale).',
    labels: ['result'],
    counts: true,
    values: ({ feeds: { counters } }) => [
      [counters.hits, { result: 'hit' }],
      [counters.misses, { result: 'miss' }],
      [counters.stale, { result: 'stale' }],
    ],
  },
  {
    name: 'feed_cache_bytes',
    help: 'Bytes that rendered feeds take in memory, compressed forms estimated.',
    values: ({ feeds }) => [[feeds.bytes()]],
  },
  {
    name: 'picture_bytes',
    help: 'Bytes of pictures that are held for readers who take them.',
    values: ({ pictures }) => [[pictures.bytes()]],
  },
  {
    name: 'picture_readers',
    help: 'Readers that pictures are being sent to.',
    values: ({ pictures }) => [[pictures.readers()]],
  },
  {
    name: 'store_up',
    help: '1 where Redis answered while these metrics were gathered.',
    values: ({ isStoreUp }) => [[isStoreUp ? 1 : 0]],
  },
  {
    name: 'store_refuses_writes',
    help: '1 where Redis answers but takes no writes, by the code of the reason.',
    labels: ['code'],
    values: ({ refusal }) => REFUSALS.map((code) => [code === refusal ? 1 : 0, { code }]),
  },
];

export function createMetrics(feeds: OwnFigures['feeds'], pictures: OwnFigures['pictures']): Metrics {
  const own = new Registry();
  const ofStore = new Registry();
  collectDefaultMetrics({ register: own, prefix: 'deltawire_' });
  const fillOwn = fillerOf(own, OWN);
  const fillOfStore = fillerOf(ofStore, OF_STORE);
  // Counted in a map of our own: labels cost more than answering from memory does.
  const requests = new Map<string, { readonly route: string; readonly status: number; count: number }>();
  return {
    contentType: own.contentType,
    countRequest: (route, status) => {
      const key = `${status}${route}`;
      const known = requests.get(key);
      if (known === undefined) requests.set(key, { route, status, count: 1 });
      else known.count++;
    },
    render: async (status, away) => {
      const stops = away === null ? (status?.stops ?? []) : [away];
      const refusal = stops.find(({ code }) => REFUSALS.includes(code))?.code ?? null;
      fillOwn({ feeds, pictures, requests: requests.values(), isStoreUp: status !== null, refusal });
      if (status === null) return own.metrics();
      fillOfStore(status);
      return `${await own.metrics()}\n${await ofStore.metrics()}`;
    },
  };
}

/** Makes a collector of each row, and says how to fill them all. */
function fillerOf<T>(registry: Registry, figures: readonly Figure<T>[]): (of: T) => void {
  const fill = figures.map(({ name, help, labels = [], counts, values }) => {
    const options = { name: `deltawire_${name}`, help, labelNames: labels, registers: [registry] };
    const collector = counts ? new Counter(options) : new Gauge(options);
    return (of: T) => {
      collector.reset();
      for (const [value, labelled = {}] of values(of)) collector.inc(labelled, value);
    };
  });
  return (of) => fill.forEach((one) => one(of));
}

export function serveMetrics(
  app: FastifyInstance,
  metrics: Metrics,
  store: Store,
  readStatus: () => Promise<Status>,
): void {
  app.get('/metrics', async (_request, reply) => {
    const status = await readStatus().catch(() => null);
    const away = status === null ? await whyAway(store) : null;
    return reply.type(metrics.contentType).send(await metrics.render(status, away));
  });
}
