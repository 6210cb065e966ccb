/** Builds a config, fills a store, and starts a web server over it. */
import { loadGazetteer } from '../../src/divisions/gazetteer.ts';
import type { Reason, StoredReason } from '../../src/model/reason.ts';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { closeQueues, openQueues } from '../../src/jobs/queues.ts';
import { reason } from '../../src/reasons/catalogue.ts';
import { commitEntries } from '../../src/store/stories/commit.ts';
import type { Store } from '../../src/store/redis/keys.ts';
import { recordNextPolls, recordPoll } from '../../src/store/sources/sources.ts';
import type { Config, Edition, Settings } from '../../src/model/config.ts';
import type { Entry } from '../../src/model/entry.ts';
import type { RegionHit } from '../../src/model/region.ts';
import type { PollRecord, Source, SourceState } from '../../src/model/source.ts';
import type { Desk, WebDeps } from '../../src/web/deps.ts';
import { createAssembler } from '../../src/pipeline/assemble.ts';
import { createStandings } from '../../src/daemon/standings.ts';
import { createWeb } from '../../src/web/server.ts';
import {
  DEFAULT_SETTINGS,
  makeEdition as makePlainEdition,
  makeSource as makePlainSource,
} from '../support/configs.ts';
import type { TestRedis } from '../support/redis.ts';

export const NOW = Date.UTC(2026, 2, 3, 4, 30);
const HOUR_MS = 3_600_000;

const NAMES: Readonly<Record<string, string>> = {
  '340000': '安徽',
  '340100': '合肥',
  '340200': '芜湖',
  '340104': '蜀山区',
  '310000': '上海',
  '310115': '浦东新区',
  '320000': '江苏',
  '320100': '南京',
  '330000': '浙江',
  '330100': '杭州',
};

export function makeSource(id: string, over: Partial<Source> = {}): Source {
  const at = { file: 'sources.yaml', line: 10 };
  return makePlainSource({ id, name: `${id} 源`, url: `https://${id}.example/rss.xml`, at, ...over });
}

export function makeEdition(id: string, over: Partial<Edition> = {}): Edition {
  return makePlainEdition({ id, title: `${id} 版`, description: `${id} 的新闻`, size: 20, ...over });
}

const SETTINGS: Settings = { ...DEFAULT_SETTINGS, fetch: { ...DEFAULT_SETTINGS.fetch, perHostIntervalMs: 0 } };

export function makeConfig(over: Partial<Config> = {}, server: Partial<Settings['server']> = {}): Config {
  return {
    version: 'c0ffee123456',
    loadedAt: NOW - HOUR_MS,
    folder: '/nowhere',
    sources: [
      makeSource('hfrb', { name: '合肥日报' }),
      makeSource('jsxw', { name: '江苏新闻' }),
      makeSource('off', { enabled: false }),
    ],
    editions: [
      makeEdition('delta', { title: '长三角', regions: ['长三角'] }),
      makeEdition('anhui', { title: '安徽', regions: ['安徽'] }),
    ],
    regions: { groups: {}, home: ['310000', '320000', '330000', '340000'], terms: [], exclusions: [] },
    rules: [],
    settings: { ...SETTINGS, server: { ...SETTINGS.server, ...server } },
    ...over,
  };
}

const nameOf = (code: string): string | null => NAMES[code] ?? loadGazetteer().byCode.get(code)?.short ?? null;

export function makeHit(code: string, term = NAMES[code] ?? code): RegionHit {
  const level = code.endsWith('0000') ? 'province' : code.endsWith('00') ? 'city' : 'county';
  return { code, name: nameOf(code) ?? code, level, score: 0.9, evidence: [{ term, field: 'title', weight: 1 }] };
}

export interface SeedEntry extends Partial<Entry> {
  readonly id: string;
  readonly regions?: readonly RegionHit[];
  readonly editions?: readonly string[];
  /** Story to join; a story of its own without. */
  readonly joins?: string;
  /** Why it joins. */
  readonly why?: Reason;
  /** Stories that turn out to be the same as `joins`. */
  readonly merges?: readonly string[];
  readonly at?: number;
  /** Why it is kept. */
  readonly kept?: StoredReason;
  readonly dropped?: { readonly rule: string; readonly reason: StoredReason };
}

/** Commits entries as the ingest job would, in order. */
export async function seedEntries(store: Store, entries: readonly SeedEntry[]): Promise<void> {
  for (const seed of entries) {
    const {
      id,
      regions = [makeHit('340100')],
      editions = ['delta', 'anhui'],
      joins,
      why = reason(joins === undefined ? 'story.new' : 'story.same-title-and-text'),
      merges = [],
      at = NOW - HOUR_MS,
      kept = '标题提到合肥',
      dropped,
      ...over
    } = seed;
    const title = over.title ?? `合肥新开一条公交线路 ${id}`;
    const entry: Entry = {
      id,
      source: 'hfrb',
      guid: `guid-${id}`,
      title,
      link: `https://news.example/${id}.html`,
      originalLink: null,
      published: at,
      updated: null,
      authors: ['记者甲'],
      outlet: null,
      editor: null,
      dateline: null,
      summary: `${title}。摘要。`,
      content: `<p>${title}。</p><p>第二段文字。</p>`,
      text: `${title}。\n第二段文字。`,
      categories: [],
      enclosures: [],
      image: null,
      language: null,
      script: 'hans',
      repairs: [],
      ...over,
    };
    const keys = [
      `own-${id}`,
      ...(joins === undefined ? [] : [`own-${joins}`]),
      ...merges.map((merge) => `own-${merge}`),
    ];
    await commitEntries(
      store,
      [
        {
          entry,
          raw: {
            item: { ...entry, content: entry.content, image: null },
            feedTitle: null,
          },
          hash: `hash-${id}-${at}-${title}`,
          sourceName: entry.source,
          trust: 50,
          fingerprint: { keys, topics: [], evidence: '{}' },
          regions,
          themes: [],
          judgement: {
            editions: dropped === undefined ? editions : [],
            rule: dropped?.rule ?? 'region',
            reason: dropped?.reason ?? kept,
            barred: dropped !== undefined,
            matched: [],
          },
        },
      ],
      {
        now: at,
        configVersion: 'c0ffee123456',
        ledgerCount: 10_000,
        windowMs: 30 * 86_400_000,
        decideStory: () => ({
          join: joins ?? null,
          merge: merges,
          reason: why,
        }),
        assembler: createAssembler((copies, current) => current ?? copies[0]?.entry ?? id),
      },
    );
  }
}

/** Writes what polls found of a source. */
export async function seedSource(
  store: Store,
  id: string,
  over: Partial<SourceState> = {},
  poll: Partial<PollRecord> = {},
): Promise<void> {
  const at = NOW - 10 * 60_000;
  await recordPoll(
    store,
    {
      id,
      validators: { etag: null, lastModified: null, bodyHash: null },
      title: null,
      lastPollAt: at,
      lastSuccessAt: at,
      nextPollAt: null,
      nextWhy: null,
      newestEntryAt: at,
      failures: 0,
      lastError: null,
      movedTo: null,
      movedCount: 0,
      gone: false,
      changed: false,
      polls: [],
      ...over,
    },
    {
      at,
      outcome: 'modified',
      status: 200,
      bytes: 20_480,
      elapsedMs: 120,
      items: 20,
      fresh: 2,
      newestAt: at,
      format: 'rss',
      charset: 'gb18030',
      repairs: [],
      error: over.lastError ?? null,
      ...poll,
    },
  );
  await recordNextPolls(store, [{ id, at: NOW + 15 * 60_000, why: over.nextWhy ?? '每 15 分钟' }]);
}

/** A desk over nothing: no file, no block, nothing to try. */
const NO_DESK: Desk = {
  read: async () => null,
  check: async () => [],
  preview: async () => ({ ok: false, faults: [] }),
  save: async () => ({ ok: false, reason: 'failed', why: reason('config.save.no-file') }),
  locked: async () => null,
  importList: async () => null,
  removeSources: async () => ({ ok: false, reason: 'byHand' }),
  editSource: async () => ({ ok: false, reason: 'byHand' }),
  takeOutEntries: async () => 0,
  addSource: async () => ({ ok: false, reason: 'byHand' }),
  setEnabled: async () => ({ ok: false, reason: 'byHand' }),
  sourceBlock: async () => null,
  trySource: async () => null,
  findSource: async () => ({ busy: '' }),
  findStandings: async () => [],
  standingOf: async () => null,
  placesOf: async () => [],
  splitEntries: async () => ({ ok: false, reason: 'noSuchEntry' }),
  joinStories: async () => ({ ok: false, reason: 'noSuchStory' }),
  withdrawStory: async () => ({ ok: false, reason: 'noSuchStory' }),
  publishAgain: async () => ({ ok: false, reason: 'noSuchStory' }),
  review: async (_raw, entry) => ({
    cleaned: { entry, removed: [], edges: [], spam: false, nonEntry: null },
    relevance: [],
  }),
};

export interface RunningWeb {
  readonly url: string;
  readonly app: FastifyInstance;
  readonly store: Store;
  readonly deps: WebDeps;
  readonly polled: string[][];
  /** Puts another config, faults or clock in force. */
  set(over: { config?: Config; faults?: ReturnType<WebDeps['faults']>; now?: number | 'real' }): void;
  get(path: string, headers?: Record<string, string>, init?: RequestInit): Promise<Response>;
  close(): Promise<void>;
}

export async function startWeb(
  redis: TestRedis,
  options: { config?: Config; listen?: string; desk?: Partial<Desk>; store?: Store; images?: WebDeps['images'] } = {},
): Promise<RunningWeb> {
  const store: Store = { redis: redis.connect('web'), prefix: (options.store ?? redis.store()).prefix };
  await new Promise<void>((done) =>
    store.redis.status === 'ready' ? done() : store.redis.once('ready', () => done()),
  );
  const queues = openQueues(redis.connect('worker'), store.prefix);
  // BullMQ prints what nobody listens to.
  let config = options.config ?? makeConfig();
  let faults: ReturnType<WebDeps['faults']> = [];
  let now: number | 'real' = NOW;
  const polled: string[][] = [];
  const clock = () => (now === 'real' ? Date.now() : now);
  const standings = createStandings({ store, config: () => config, now: clock });
  const deps: WebDeps = {
    store,
    images: options.images,
    queues,
    config: () => config,
    faults: () => faults,
    liveness: { startedAt: NOW - 2 * HOUR_MS, version: '0.1.0', roles: ['web'] },
    pollNow: async (sources) => {
      polled.push([...sources]);
      return sources.length;
    },
    regionName: nameOf,
    regionCodes: (name) => {
      if (name === '长三角') return ['310000', '320000', '330000', '340000'];
      if (/^\d{6}$/.test(name)) return [name];
      const found = Object.entries(NAMES).find(([, known]) => known === name);
      return found === undefined ? null : [found[0]];
    },
    desk: {
      ...NO_DESK,
      findStandings: standings.find,
      standingOf: standings.of,
      placesOf: standings.placesOf,
      ...options.desk,
    },
    log: pino({ level: 'silent' }),
    now: clock,
  };
  const app = createWeb(deps);
  await app.listen({ host: options.listen ?? '127.0.0.1', port: 0 });
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  return {
    url,
    app,
    store,
    deps,
    polled,
    set(over) {
      config = over.config ?? config;
      faults = over.faults ?? faults;
      now = over.now ?? now;
    },
    get: (path, headers = {}, init = {}) => fetch(`${url}${path}`, { redirect: 'manual', ...init, headers }),
    async close() {
      await app.close();
      await closeQueues(queues);
    },
  };
}
