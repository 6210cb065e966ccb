/**
 * Breaks what the daemon needs, one thing after the other, and measures in how many seconds page (in both languages),
 * /readyz, /metrics, webhook and log say so, and in how many all is green again: `npx tsx bench/shown.ts [--only NAME,NAME]`.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Redis } from 'ioredis';
import type { Code } from '../src/reasons/catalogue.ts';
import { freePort } from '../tests/daemon/rig.ts';
import { redisServer } from '../tests/support/programs.ts';

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const BIN = fileURLToPath(new URL('../bin/deltawire.js', import.meta.url));
const LIMIT_MS = 60_000;
const LOOK_MS = 250;
/** Hosts that do not answer while the network is away; fewer would be their publishers' affair. */
const HOSTS = 6;
const DAY_MS = 86_400_000;

const folder = await mkdtemp(join(tmpdir(), 'deltawire-shown-'));
const socket = join(folder, 'r.sock');
const data = join(folder, 'redis');
const clockFile = join(folder, 'clock');
const hook = join(folder, 'clock.mjs');
const daemons = new Map<string, ChildProcess>();
const sent: string[] = [];
let server = null as ChildProcess | null;
let control: Redis;
let log = '';

async function listen(handle: Parameters<typeof createServer>[1], host: string, port = 0): Promise<Server> {
  const made = createServer(handle);
  await new Promise<void>((done) => made.listen(port, host, done));
  return made;
}
const close = (one: Server) =>
  new Promise<void>((done) => {
    one.close(() => done());
    one.closeAllConnections();
  });

function launchRedis(more: readonly string[] = []): void {
  const settings = [
    '--port',
    '0',
    '--unixsocket',
    socket,
    '--dir',
    data,
    '--save',
    '',
    '--appendonly',
    'yes',
    '--enable-protected-configs',
    'yes',
  ];
  // SIGXFSZ would end it, where a full disk only answers that there is no room.
  const command = `trap '' XFSZ; exec ${redisServer()} ${[...settings, ...more].map((one) => `'${one}'`).join(' ')}`;
  server = spawn('sh', ['-c', command], { stdio: 'ignore' });
}

async function restartRedis(more: readonly string[]): Promise<void> {
  const ended = new Promise((done) => server?.once('exit', done));
  server?.kill('SIGKILL');
  await ended;
  launchRedis(more);
}

function connect(): Redis {
  const redis = new Redis(socket, { enableReadyCheck: false, maxRetriesPerRequest: null, retryStrategy: () => 100 });
  redis.on('error', () => undefined);
  return redis;
}

const port = await freePort();
const base = `http://127.0.0.1:${port}`;
function launch(role: string): void {
  const child = spawn(
    process.execPath,
    ['--import', hook, BIN, 'start', '--config', join(folder, 'config'), '--role', role],
    {
      env: { PATH: process.env['PATH'] ?? '', DELTAWIRE_PORT: String(port), REDIS_URL: socket, LOG_LEVEL: 'info' },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (log += chunk.toString()));
  daemons.set(role, child);
}
const kill = (role: string) => daemons.get(role)?.kill('SIGKILL');

async function get(path: string, language = 'en'): Promise<string> {
  const answer = await fetch(base + path, {
    headers: { 'accept-language': language, accept: 'text/html,*/*' },
    signal: AbortSignal.timeout(5_000),
  }).catch(() => null);
  return answer === null ? '' : `${answer.status} ${await answer.text()}`;
}

interface Break {
  readonly name: string;
  readonly code: Code;
  readonly zh: string;
  readonly en: string;
  readonly metric: string;
  readonly begin: () => unknown;
  readonly end: () => unknown;
}
const refuses = (code: Code) => `deltawire_store_refuses_writes{code="${code}"} 1`;
const drop = () => control.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
const setClock = (offMs: number) => writeFile(clockFile, String(offMs));
let network: Server[] = [];
const away = (hosts: readonly number[]) => Promise.all(hosts.map((i) => network[i] && close(network[i])));
const ports: number[] = [];
const openNetwork = async () => {
  network = await Promise.all(
    Array.from({ length: HOSTS }, (_, i) =>
      listen((_request, response) => response.end(FEED), `127.0.1.${i + 1}`, ports[i] ?? 0),
    ),
  );
  for (const [i, one] of network.entries()) ports[i] = (one.address() as AddressInfo).port;
};
const FEED =
  '<rss version="2.0"><channel><title>样报</title><item><guid>1</guid><title>合肥地铁开通</title><link>https://a.example/1</link></item></channel></rss>';

const BREAKS: readonly Break[] = [
  {
    name: 'no worker',
    code: 'work.no-worker',
    zh: '任务在排队，没有人处理',
    en: 'no worker runs',
    metric: 'deltawire_processes{role="worker"} 0',
    begin: () => kill('worker'),
    end: () => launch('worker'),
  },
  {
    name: 'no scheduler',
    code: 'work.no-scheduler',
    zh: '到时间的来源不会被抓取',
    en: 'no scheduler runs',
    metric: 'deltawire_processes{role="scheduler"} 0',
    begin: () => kill('scheduler'),
    end: () => launch('scheduler'),
  },
  {
    name: 'READONLY',
    code: 'redis.readonly',
    zh: '只读的副本',
    en: 'read-only replica',
    metric: refuses('redis.readonly'),
    begin: () => control.replicaof('127.0.0.1', 1),
    end: () => control.replicaof('NO', 'ONE'),
  },
  {
    name: 'OOM',
    code: 'redis.full',
    zh: '数据库内存已满',
    en: 'out of memory',
    metric: refuses('redis.full'),
    begin: () => control.config('SET', 'maxmemory', '1'),
    end: () => control.config('SET', 'maxmemory', '0'),
  },
  {
    name: 'MISCONF',
    code: 'redis.disk',
    zh: '数据库写不了磁盘',
    en: 'cannot write to its disk',
    metric: refuses('redis.disk'),
    begin: async () => {
      await control.config('SET', 'save', '1 1', 'stop-writes-on-bgsave-error', 'yes', 'rdbcompression', 'no');
      await control.config('SET', 'dbfilename', 'none.rdb');
      await rm(join(data, 'none.rdb'), { force: true });
      await mkdir(join(data, 'none.rdb'));
      await control.bgsave();
    },
    end: async () => {
      await rm(join(data, 'none.rdb'), { recursive: true });
      await control.config('SET', 'save', '');
    },
  },
  {
    name: 'disk full',
    code: 'redis.disk',
    zh: '数据库写不了磁盘',
    en: 'cannot write to its disk',
    metric: refuses('redis.disk'),
    begin: () => spawn('prlimit', ['--pid', String(server?.pid), '--fsize=1000:unlimited']),
    end: () => spawn('prlimit', ['--pid', String(server?.pid), '--fsize=unlimited']),
  },
  {
    name: 'LOADING',
    code: 'redis.loading',
    zh: '数据库正在载入数据',
    en: 'loads its data',
    metric: refuses('redis.loading'),
    begin: async () => {
      for (let i = 0; i < 40; i++)
        await control.mset(Array.from({ length: 1_000 }, (_, k) => [`x${i}-${k}`, '1']).flat());
      // Only what lies in a snapshot is loaded slowly.
      await control.bgrewriteaof();
      while (!(await control.info('persistence')).includes('aof_rewrite_in_progress:0')) await sleep(100);
      await restartRedis(['--key-load-delay', '5000', '--loading-process-events-interval-bytes', '1024']);
    },
    end: async () => {
      await restartRedis([]);
    },
  },
  {
    name: 'wrong password',
    code: 'redis.refused',
    zh: '数据库拒绝了密码',
    en: 'refuses the password',
    metric: refuses('redis.refused'),
    begin: async () => {
      await control.config('SET', 'requirepass', 'another');
      await control.auth('another');
      await drop();
    },
    end: async () => {
      await control.config('SET', 'requirepass', '');
      await drop();
    },
  },
  {
    name: 'offline',
    code: 'network.away',
    zh: '本机网络断开',
    en: 'the network is away',
    metric: 'deltawire_network_away 1',
    begin: async () => {
      await away(Array.from({ length: HOSTS }, (_, i) => i));
      await fetch(`${base}/api/poll`, { method: 'POST', headers: { origin: base } });
    },
    end: async () => {
      await openNetwork();
      await fetch(`${base}/api/poll`, { method: 'POST', headers: { origin: base } });
    },
  },
  ...[DAY_MS, -DAY_MS].map((offMs): Break => ({
    name: `clock ${offMs > 0 ? '+' : '−'}1 d`,
    code: offMs > 0 ? 'clock.ahead' : 'clock.back',
    zh: offMs > 0 ? '时钟跳快了 24 小时' : '时钟调慢了 24 小时',
    en: offMs > 0 ? 'went ahead by 24 h' : 'set back by 24 h',
    metric: 'deltawire_clock_set 1',
    begin: () => setClock(offMs),
    end: () => setClock(0),
  })),
];

/** Seconds until each holds; null: not within the limit. */
async function measure(
  checks: Readonly<Record<string, () => boolean | Promise<boolean>>>,
): Promise<ReadonlyMap<string, number | null>> {
  const began = performance.now();
  const found = new Map<string, number | null>(Object.keys(checks).map((name) => [name, null]));
  while (performance.now() - began < LIMIT_MS && [...found.values()].includes(null)) {
    for (const [name, holds] of Object.entries(checks))
      if (found.get(name) === null && (await holds())) found.set(name, (performance.now() - began) / 1000);
    await sleep(LOOK_MS);
  }
  return found;
}

async function tryOut(one: Break): Promise<void> {
  log = '';
  sent.length = 0;
  await one.begin();
  const shown = await measure({
    'page zh': async () => (await get('/status', 'zh-CN')).includes(one.zh),
    'page en': async () => (await get('/status')).includes(one.en),
    readyz: async () => (await get('/readyz?deep')).includes(one.code),
    metrics: async () => (await get('/metrics')).includes(`\n${one.metric}\n`),
    webhook: () => sent.includes(`${one.code} stopped`),
    log: () => log.includes(`"code":"${one.code}"`),
  });
  await one.end();
  const green = await measure({
    readyz: async () => (await get('/readyz?deep')).startsWith('200'),
    page: async () => {
      const page = await get('/status');
      return page.startsWith('200') && !page.includes(one.en);
    },
    metrics: async () => {
      const metrics = await get('/metrics');
      return metrics.includes('deltawire_store_up 1') && !metrics.includes(`\n${one.metric}\n`);
    },
    webhook: () => sent.includes(`${one.code} working`),
    log: () => log.includes('"msg":"over"'),
  });
  const row = (times: ReadonlyMap<string, number | null>) =>
    [...times].map(([name, s]) => `${name} ${s === null ? 'NEVER' : s.toFixed(1)}`).join(', ');
  console.log(`| ${one.name} | ${row(shown)} | ${row(green)} |`);
  if ([...shown.values(), ...green.values()].some((s) => s === null || s > 30)) process.exitCode = 1;
}

await mkdir(join(folder, 'config'), { recursive: true });
await mkdir(data);
await setClock(0);
await writeFile(
  hook,
  `import { readFileSync } from 'node:fs';
let off = 0;
setInterval(() => { try { off = Number(readFileSync(${JSON.stringify(clockFile)}, 'utf8')) || 0; } catch {} }, 200).unref();
const real = Date.now.bind(Date);
const Real = Date;
globalThis.Date = class extends Real {
  constructor(...args) { if (args.length === 0) super(real() + off); else super(...args); }
  static now() { return real() + off; }
};
`,
);
await openNetwork();
const webhook = await listen((request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => (body += chunk.toString()));
  request.on('end', () => {
    const { whyCode, to } = JSON.parse(body) as { whyCode: string; to: string };
    sent.push(`${whyCode} ${to}`);
    response.end('{}');
  });
}, '127.0.0.1');
const write = (name: string, text: string) => writeFile(join(folder, 'config', name), text);
await write(
  'sources.yaml',
  `sources:\n${ports.map((at, i) => `  - {id: h${i}, name: 样报${i}, url: "http://127.0.1.${i + 1}:${at}/", schedule: "*/1 * * * *", kind: feed}\n`).join('')}`,
);
await write('editions.yaml', 'editions:\n  - {id: all, title: 全部}\n');
await write('regions.yaml', '{}\n');
await write(
  'settings.yaml',
  `threads: {count: 1}\nfetch: {allowAddresses: ["127.0.0.0/8"]}\nalerts: {webhook: "http://127.0.0.1:${(webhook.address() as AddressInfo).port}/", format: json}\n`,
);
launchRedis();
control = connect();
await control.ping();
for (const role of ['scheduler', 'worker', 'web']) launch(role);
try {
  const started = await measure({ ready: async () => (await get('/readyz?deep')).startsWith('200') });
  if (started.get('ready') === null) throw new Error(`the daemon does not start:\n${log}`);
  // What is told only after the first seconds of a process is told from now on.
  await sleep(25_000);
  console.log('| broken | said after (s) | green again after (s) |\n|---|---|---|');
  for (const one of BREAKS)
    if (values.only === undefined || values.only.split(',').includes(one.name)) await tryOut(one);
} finally {
  for (const child of daemons.values()) child.kill('SIGKILL');
  control.disconnect();
  server?.kill('SIGKILL');
  await Promise.all([close(webhook), ...network.map(close)]);
  await rm(folder, { recursive: true, force: true });
}
