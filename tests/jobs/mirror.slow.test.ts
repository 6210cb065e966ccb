/** Ten of the shipped pages, mirrored in ten layouts: their news is in the edition of Anhui, dated, once. */
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/files/load.ts';
import { addPolls, closeQueues, openQueues, type Queues } from '../../src/jobs/queues.ts';
import type { Config } from '../../src/model/config.ts';
import type { Source } from '../../src/model/source.ts';
import { CONFIG_CHECKS } from '../../src/pipeline/checks.ts';
import { keys, type Store } from '../../src/store/redis/keys.ts';
import { readSourceState } from '../../src/store/sources/sources.ts';
import { readEdition } from '../../src/store/stories/stories.ts';
import { beijingDate } from '../../src/text/time.ts';
import { LAYOUT_KINDS, type LaidRow } from '../feed/listpage/layoutkinds.ts';
import { count } from '../feed/listpage/samplesite.ts';
import { endServer, listenOnLoopback } from '../support/loopback.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';
import { startWorking, type Working } from '../support/working.ts';

const NOW = Date.parse('2026-11-27T12:00:00+08:00');
const ROWS = 6;
const CITIES = ['合肥市', '芜湖市', '蚌埠市', '淮南市', '马鞍山市', '淮北市', '铜陵市', '安庆市', '黄山市', '滁州市'];
const MATTERS = [
  '新建的图书馆开门迎客',
  '老城区水管换完了',
  '渡口恢复通航',
  '茶场试种新品种',
  '粮仓改成了博物馆',
  '汽车站迁到城东',
];
const title = (site: number, n: number): string => `${CITIES[site]}${MATTERS[n]}`;
const day = (n: number): string => `2026-11-${27 - n}`;

const WHERE = ['河埠头', '北门外', '老街口', '山脚下', '铁路边', '湖心洲', '矿区旧址', '江堤上', '古巷里', '新区东头'];
const WHO = ['木匠老周', '会计小许', '船工阿根', '茶农秀英', '馆员明远', '司机大勇'];
/** An article like no other of the ten. */
const tell = (site: number, n: number): string =>
  count(4)
    .map(
      (k) =>
        `<p>${WHO[(site + n + k) % 6]}在${WHERE[(site * 3 + k) % 10]}说，${title(site, n)}以后，第${site * 37 + n * 11 + k}位来客是${WHERE[(site + n * 2 + k) % 10]}的${WHO[(site * 2 + k) % 6]}。</p>`,
    )
    .join('');

/** Ten of the layouts that shipped channels have. */
const LAYOUTS = Object.values(LAYOUT_KINDS).slice(0, 10);

const channels = count(9)
  .map((n) => `<li><a href="/c${n}/">栏目${n}</a></li>`)
  .join('');
const frame = (name: string, body: string): string =>
  `<html><head><meta charset="utf-8"><title>${name}</title></head><body><ul class="nav">${channels}</ul><div class="main">${body}</div><p>版权所有</p></body></html>`;

const mirror = (source: Source, url: string): Source => ({ ...source, url });

let redis: TestRedis;
let store: Store;
let queues: Queues;
let workers: Working;
let config: Config;
const server = createServer((request, response) => {
  const [, site = '0', n] = /^\/(\d)\/(?:\d{3}(\d)\.html)?/.exec(request.url ?? '') ?? [];
  const at = Number(site);
  const rows = count(ROWS).map((one): LaidRow => ({
    href: `/${site}/${420 + at}${one}.html`,
    title: title(at, one),
    day: day(one),
  }));
  const page =
    n === undefined
      ? frame('要闻', LAYOUTS[at]?.(rows) ?? '')
      : frame(
          title(at, Number(n)),
          `<h1>${title(at, Number(n))}</h1><p>${day(Number(n))} 来源：本地报社</p>${tell(at, Number(n))}`,
        );
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
});

beforeAll(async () => {
  redis = await startRedis();
  store = redis.store();
  queues = openQueues(store.redis, store.prefix);
  const base = await listenOnLoopback(server);
  const loaded = await loadConfig(fileURLToPath(new URL('../../config', import.meta.url)), {}, CONFIG_CHECKS, NOW);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.faults));
  const pages = loaded.config.sources.filter(
    ({ kind, group, enabled, url }) => kind === 'page' && group === '安徽' && enabled && !url.includes('{'),
  );
  const { settings } = loaded.config;
  config = {
    ...loaded.config,
    sources: pages.slice(0, LAYOUTS.length).map((source, n) => mirror(source, `${base}/${n}/`)),
    settings: {
      ...settings,
      fetch: { ...settings.fetch, allowAddresses: ['127.0.0.0/8'], perHostIntervalMs: 0, perHostConcurrency: 10 },
      threads: { ...settings.threads, count: 0 },
    },
  };
  workers = startWorking(config, { connection: redis.connect(), store, queues, now: () => NOW });
});
afterAll(async () => {
  await workers.stop();
  await closeQueues(queues);
  await endServer(server);
  await redis.stop();
});

test('the news of ten layouts is in 安徽, dated, once', async () => {
  expect(config.sources).toHaveLength(LAYOUTS.length);
  await addPolls(
    queues,
    config.sources.map(({ id }) => id),
    'asked',
  );
  const found: Record<string, number | null> = {};
  await until(
    async () => (await store.redis.zcard(keys.entries(store))) === LAYOUTS.length * ROWS,
    'all entries',
    60_000,
  );
  for (const { id } of config.sources) found[id] = (await readSourceState(store, id)).polls[0]?.items ?? null;
  expect(Object.values(found)).toEqual(LAYOUTS.map(() => ROWS));
  const stories = await readEdition(store, 'anhui', { offset: 0, limit: 100, since: null });
  const shown = stories.map(
    ({ lead }) => `${lead.title} ${lead.published === null ? '' : beijingDate(lead.published)}`,
  );
  const expected = LAYOUTS.flatMap((_, site) => count(ROWS).map((n) => `${title(site, n)} ${day(n)}`));
  expect(shown.toSorted()).toEqual(expected.toSorted());
});
