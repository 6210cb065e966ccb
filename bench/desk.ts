/**
 * Measures how long the desk's pages take with 2,000 sources and 200,000 rows in the ledger, beside a page that reads
 * nothing and beside node:http with a constant answer: `npx tsx bench/desk.ts [--sources 2000] [--rows 200000] [--requests 100]`.
 *
 * The store is filled as polls and commits would leave it: states, polls, a week of figures, 35 days of coverage, the
 * ledger's stream and its index. Server and Redis are processes of their own; pages are asked for one after the other,
 * in turns, each round each page once. Time of the server's processor stands beside, for machines that do other work too.
 */
import { type ChildProcess, fork } from 'node:child_process';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { randomNumbers } from '../src/demo/random.ts';
import { indexLine, ledgerControl } from '../src/store/ledger/ledgerindex.ts';
import { countedPlaces } from '../src/divisions/codes.ts';
import { dayOf, keys, type Store } from '../src/store/redis/keys.ts';
import type { Decision } from '../src/model/decision.ts';
import { startRedis } from '../tests/support/redis.ts';
import { makeConfig, makeHit, makeSource, seedSource, startWeb } from '../tests/web/seed.ts';
import { oneOf } from './news.ts';
import { quantile } from './quantile.ts';

const { values } = parseArgs({
  options: {
    sources: { type: 'string', default: '2000' },
    rows: { type: 'string', default: '200000' },
    requests: { type: 'string', default: '100' },
    role: { type: 'string', default: '' },
  },
});
const SOURCES = Number(values.sources);
const ROWS = Number(values.rows);
const REQUESTS = Number(values.requests);
const DAY_MS = 86_400_000;
const LEDGER_DAYS = 30;
const CHUNK = 1_000;

const PLACES = ['合肥', '芜湖', '蚌埠', '淮南', '马鞍山', '安庆', '黄山', '滁州', '阜阳', '宿州', '六安', '亳州'];
const THINGS = ['地铁新线', '老旧小区改造', '灯会', '水稻插秧', '公交线路', '博物馆新馆', '马拉松', '污水处理厂'];
const ENDS = ['开工', '开通', '开幕', '完成过半', '通过验收', '本月试运行', '征求意见'];
/** Stands in one row of a thousand. */
const RARE = '抽水蓄能电站';

const PATHS = [
  ['reads nothing', '/healthz'],
  ['status', '/status'],
  ['status, filtered', '/status?state=failing'],
  ['status as JSON', '/api/status'],
  ['one source', '/status/source?id=s7'],
  ['ledger', '/ledger'],
  ['a word of many rows', `/ledger?text=${encodeURIComponent('地铁')}`],
  ['a word of few rows', `/ledger?text=${encodeURIComponent(RARE)}`],
  ['a word of no row', `/ledger?text=${encodeURIComponent('南极科考')}`],
  ['a source', '/ledger?source=s7'],
  ['a region', '/ledger?region=340200'],
  ['a rule', '/ledger?rule=clean.advert'],
  ['dropped in a week, of a region', `/ledger?decision=dropped&region=340000&until=${day(7)}`],
  ['the oldest', `/ledger?until=${day(LEDGER_DAYS - 1)}`],
] as const;

if (values.role === 'desk') await serveDesk();
else if (values.role === 'constant') serveConstant();
else await compare();

function day(ago: number): string {
  return new Date(Date.now() - ago * DAY_MS).toISOString().slice(0, 10);
}

async function serveDesk(): Promise<void> {
  const redis = await startRedis();
  const sources = Array.from({ length: SOURCES }, (_, i) => makeSource(`s${i}`, { name: `来源第 ${i} 号` }));
  const web = await startWeb(redis, { config: makeConfig({ sources }) });
  web.set({ now: 'real' });
  await fill(web.store);
  process.on('message', (message) => {
    if (message === 'cpu') process.send?.(process.cpuUsage().user + process.cpuUsage().system);
  });
  process.once('disconnect', () => {
    void web
      .close()
      .then(() => redis.stop())
      .then(() => process.exit(0));
  });
  process.send?.(web.url);
}

async function fill(store: Store): Promise<void> {
  const next = randomNumbers(7);
  for (let i = 0; i < SOURCES; i++) {
    const failing = i % 40 === 0;
    await seedSource(
      store,
      `s${i}`,
      {
        lastPollAt: Date.now() - i * 100,
        ...(failing && { failures: 3, lastError: 'connect: the connection was refused' }),
      },
      { at: Date.now() - i * 100 },
    );
    if (i % 200 === 0) tell(`sources ${i}`);
  }
  const counties = Array.from(
    { length: 350 },
    (_, i) => `34${String(Math.floor(i / 9)).padStart(2, '0')}${String((i % 9) * 2).padStart(2, '0')}`,
  );
  const codes = countedPlaces(counties);
  for (let ago = 0; ago < 35; ago++) {
    const name = dayOf(Date.now() - ago * DAY_MS);
    const counts = codes.flatMap((code) => [code, String(1 + Math.floor(next() * 20))]);
    await store.redis.hset(keys.places(store, name), ...counts);
    const figures = Array.from({ length: SOURCES }, (_, i) =>
      ['polls', 'kept', 'dropped', 'merged'].flatMap((figure) => [`s${i}|${figure}`, String(Math.floor(next() * 9))]),
    );
    if (ago < 8) await store.redis.hset(keys.figures(store, name), ...figures.flat());
  }
  const first = Date.now() - LEDGER_DAYS * DAY_MS;
  let shelf = '';
  let held = 0;
  const { shelfBytes } = ledgerControl(store, ROWS);
  for (let at = 0; at < ROWS; at += CHUNK) {
    const pipeline = store.redis.pipeline();
    for (let i = at; i < Math.min(ROWS, at + CHUNK); i++) {
      const time = first + Math.floor((i / ROWS) * LEDGER_DAYS * DAY_MS);
      const id = `${time}-${i % 1_000}`;
      const row = makeRow(i, time, next);
      const line = `${id}${indexLine(row)}`;
      if (shelf === '' || held >= shelfBytes) {
        shelf = id;
        held = 0;
        pipeline.zadd(keys.shelves(store), time, id);
      }
      held += Buffer.byteLength(line);
      pipeline.xadd(keys.ledger(store), id, 'j', JSON.stringify(row)).append(keys.shelf(store, shelf), line);
    }
    await pipeline.exec();
    if (at % 10_000 === 0) tell(`ledger ${at} of ${ROWS} rows`);
  }
  tell('');
}

function makeRow(i: number, at: number, next: () => number): Decision {
  const place = Math.floor(next() * PLACES.length);
  const thing = i % 1_000 === 0 ? RARE : oneOf(THINGS, Math.floor(next() * 1e6));
  const decision = oneOf(['kept', 'kept', 'merged', 'dropped'] as const, Math.floor(next() * 1e6));
  const code = `34${String(place + 1).padStart(2, '0')}00`;
  return {
    at,
    entry: `entry${i}`,
    source: `s${Math.floor(next() * SOURCES)}`,
    title: `${PLACES[place]}${thing}${oneOf(ENDS, Math.floor(next() * 1e6))} 惠及居民${i}户`,
    link: `https://s.example/${i}.html`,
    decision,
    rule: decision === 'merged' ? 'story' : i % 50 === 0 ? 'clean.advert' : 'region',
    reason: `${PLACES[place]} in the title +2.5 → ${PLACES[place]}市 ${code}; score 2.5, threshold 2.0`,
    story: `story${i}`,
    editions: ['delta'],
    regions: [makeHit(code, PLACES[place])],
    configVersion: 'c0ffee123456',
  };
}

function serveConstant(): void {
  const body = Buffer.from('x'.repeat(60_000));
  const server = http.createServer((_request, response) => response.end(body));
  server.listen(0, '127.0.0.1', () => process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  process.once('disconnect', () => process.exit(0));
}

async function compare(): Promise<void> {
  const desk = start('desk');
  const constant = start('constant');
  const [deskUrl, constantUrl] = [await told(desk), await told(constant)];
  const rows = [
    ['node:http, constant', constantUrl] as const,
    ...PATHS.map(([name, path]) => [name, deskUrl + path] as const),
  ];
  const times = new Map<string, number[]>(rows.map(([name]) => [name, []]));
  const costs = new Map<string, number[]>(rows.map(([name]) => [name, []]));
  const sizes = new Map<string, number>();
  for (let round = -3; round < REQUESTS; round++)
    for (const [name, url] of rows) {
      tell(`round ${round + 1} of ${REQUESTS}: ${name}`);
      const before = Number(await ask(desk));
      const began = performance.now();
      const { status, bytes } = await get(url);
      const ms = performance.now() - began;
      if (status !== 200) throw new Error(`${url} answered ${status}`);
      sizes.set(name, bytes);
      // The first rounds warm the program up.
      if (round < 0) continue;
      times.get(name)?.push(ms);
      costs.get(name)?.push((Number(await ask(desk)) - before) / 1000);
    }
  tell('');
  process.stdout.write(`${SOURCES} sources, ${ROWS} rows of the ledger, ${REQUESTS} requests each\n`);
  process.stdout.write(
    'page'.padEnd(34) + ['p50 ms', 'p95 ms', 'CPU ms', 'KB'].map((head) => head.padStart(9)).join('') + '\n',
  );
  for (const [name] of rows) {
    const of = (list: readonly number[] | undefined, share: number) =>
      quantile(list ?? [], share)
        .toFixed(1)
        .padStart(9);
    const kb = ((sizes.get(name) ?? 0) / 1000).toFixed(0).padStart(9);
    process.stdout.write(
      `${name.padEnd(34)}${of(times.get(name), 0.5)}${of(times.get(name), 0.95)}${of(costs.get(name), 0.5)}${kb}\n`,
    );
  }
  desk.disconnect();
  constant.disconnect();
}

function get(url: string): Promise<{ status: number; bytes: number }> {
  return new Promise((done, fail) => {
    http
      .get(
        url,
        { headers: { accept: url.includes('/api/') ? 'application/json' : 'text/html', 'accept-language': 'zh' } },
        (response) => {
          let bytes = 0;
          response.on('data', (chunk: Buffer) => (bytes += chunk.length));
          response.on('end', () => done({ status: response.statusCode ?? 0, bytes }));
        },
      )
      .on('error', fail);
  });
}

function start(role: string): ChildProcess {
  const own = ['--role', role, '--sources', String(SOURCES), '--rows', String(ROWS)];
  const child = fork(fileURLToPath(import.meta.url), own, { execArgv: process.execArgv });
  child.once('exit', (code) => {
    if (code !== 0) process.exit(1);
  });
  return child;
}

function told(child: ChildProcess): Promise<string> {
  return new Promise((done) => {
    child.once('message', (answer: string | number) => done(String(answer)));
  });
}

function ask(child: ChildProcess): Promise<string> {
  const answer = told(child);
  child.send('cpu');
  return answer;
}

function tell(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}
