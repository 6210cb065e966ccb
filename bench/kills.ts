/**
 * Kills (SIGKILL) the daemon's processes and its Redis under load, again and again, and looks whether anything is lost,
 * doubled, split or told twice: `npx tsx bench/kills.ts [--kills 20] [--seed 1] [--mode private|roles|power]`.
 * `private`: one daemon with its own Redis. `roles`: scheduler, two workers and web over one Redis. `power`: the same, and
 * only Redis dies, each time without the last second that it had not yet written to the disk.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Redis } from 'ioredis';
import { randomNumbers } from '../src/demo/random.ts';
import { addPolls, closeQueues, openQueues } from '../src/jobs/queues.ts';
import { KEY_PREFIX, keys, type Store } from '../src/store/redis/keys.ts';
import { socketPath } from '../src/store/redis/lock.ts';
import { isAlive } from '../tests/daemon/rig.ts';
import { redisServer } from '../tests/support/programs.ts';
import { findFaults } from './killcheck.ts';
import { startPublishers } from './publishers.ts';

const MODES = ['private', 'roles', 'power'] as const;
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    mode: { type: 'string', default: 'roles' },
    pause: { type: 'string', default: '1500' },
  },
});
const [kills, seed, pauseMs] = [Number(values.kills), Number(values.seed), Number(values.pause)];
const mode = MODES.find((one) => one === values.mode);
if (!(kills >= 0) || !(seed >= 0) || mode === undefined)
  throw new RangeError(`--kills N --seed N --mode ${MODES.join('|')}`);

const BIN = fileURLToPath(new URL('../bin/deltawire.js', import.meta.url));
const ROLES = mode === 'private' ? ['all'] : ['scheduler', 'worker', 'worker', 'web'];
const STEP_MS = 250;
const ASK_MS = 700;
/** Redis syncs once a second: what is younger is lost with the power. */
const SYNC_MS = 1_000;
const SETTLE_MS = 120_000;
/** A program that ends by itself so often does not start at all. */
const MOST_DEATHS = 10;

const next = randomNumbers(seed);
const folder = await mkdtemp(join(tmpdir(), 'deltawire-kills-'));
const data = join(folder, 'data');
const own = join(folder, 'redis');
const socket = mode === 'private' ? socketPath(data, 'redis.sock') : join(own, 'r.sock');
const publishers = await startPublishers(seed);
const daemons = new Map<number, ChildProcess>();
let server = null as ChildProcess | null;
let stopping = false;
const deaths: string[] = [];

async function writeConfig(): Promise<void> {
  await mkdir(join(folder, 'config'), { recursive: true });
  await mkdir(own, { recursive: true });
  const write = (name: string, text: string) => writeFile(join(folder, 'config', name), text);
  const sources = publishers.sources.map(
    ({ id, url, fullText }) =>
      `  - {id: ${id}, name: ${id}报, url: "${url}", schedule: "*/1 * * * *", kind: feed, fullText: ${String(fullText)}, quotas: {newPerDay: 100000}}\n`,
  );
  await write('sources.yaml', `sources:\n${sources.join('')}`);
  await write('editions.yaml', 'editions:\n  - {id: all, title: 全部}\n');
  await write('regions.yaml', '{}\n');
  await write(
    'settings.yaml',
    'server: {port: 0}\nthreads: {count: 1}\nretention: {ledger: {count: 1000000}}\n' +
      'fetch: {allowAddresses: ["127.0.0.0/8"], perHostIntervalMs: 0, perHostConcurrency: 20}\n',
  );
}

function launchRedis(): void {
  const settings = ['--port', '0', '--unixsocket', socket, '--dir', own, '--save', '', '--appendonly', 'yes'];
  const more = [
    '--maxmemory-policy',
    'noeviction',
    '--auto-aof-rewrite-percentage',
    '0',
    '--aof-load-truncated',
    'yes',
  ];
  server = spawn(redisServer(), [...settings, ...more], { stdio: 'ignore' });
}

function launch(place: number): void {
  const role = ROLES[place] ?? 'all';
  const child = spawn(process.execPath, [BIN, 'start', '--config', join(folder, 'config'), '--role', role], {
    env: {
      PATH: process.env['PATH'] ?? '',
      LOG_LEVEL: 'warn',
      DELTAWIRE_DATA: data,
      ...(mode === 'private' ? {} : { REDIS_URL: socket }),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  daemons.set(place, child);
  child.once('exit', (code, signal) => {
    if (stopping) return;
    if (signal !== 'SIGKILL') deaths.push(`${role} ended by itself (${signal ?? code}): ${output.slice(-600)}`);
    if (deaths.length > MOST_DEATHS) throw new Error(deaths.at(-1));
    launch(place);
  });
}

const privatePid = async () => Number(await readFile(join(data, 'redis/redis.pid'), 'utf8').catch(() => '0'));

/** The append-only file that grows. */
async function growing(): Promise<string | null> {
  const names = await readdir(join(own, 'appendonlydir')).catch(() => []);
  const name = names.find((one) => one.endsWith('.incr.aof'));
  return name === undefined ? null : join(own, 'appendonlydir', name);
}

async function killRedis(): Promise<void> {
  if (mode === 'private') {
    const pid = await privatePid();
    // Its daemon starts it again; it may have ended by itself, and its file stand there yet.
    if (pid > 1 && isAlive(pid)) process.kill(pid, 'SIGKILL');
    return;
  }
  const before = mode === 'power' ? await growing() : null;
  const size = before === null ? 0 : (await stat(before)).size;
  if (before !== null) await sleep(Math.floor(next() * SYNC_MS));
  const ended = new Promise((done) => server?.once('exit', done));
  server?.kill('SIGKILL');
  await ended;
  if (before !== null) await truncate(before, size);
  launchRedis();
}

function killDaemon(): void {
  daemons.get(Math.floor(next() * ROLES.length))?.kill('SIGKILL');
}

const tally: Record<string, number> = {};
async function killSomething(): Promise<void> {
  const what = mode === 'power' ? 'redis' : (['daemon', 'redis', 'both'] as const)[Math.floor(next() * 3)];
  tally[what ?? ''] = (tally[what ?? ''] ?? 0) + 1;
  if (what !== 'redis') killDaemon();
  if (what !== 'daemon') await killRedis();
}

async function settled(): Promise<boolean> {
  const ids = publishers.sources.map(({ id }) => id);
  const counts = await Promise.all(
    [queues.poll, queues.fulltext, queues.ingest].map((queue) =>
      queue.getJobCountByTypes('waiting', 'prioritized', 'delayed', 'active'),
    ),
  );
  if (counts.some((count) => count > 0)) return false;
  const asked = publishers.takeRequests();
  const all = ids.every((id) => (asked.get(id) ?? 0) > 0);
  if (!all) await addPolls(queues, ids, 'asked');
  return all;
}

await writeConfig();
if (mode !== 'private') launchRedis();
for (let place = 0; place < ROLES.length; place++) launch(place);
const redis = new Redis(socket, { maxRetriesPerRequest: 1, retryStrategy: () => 100, enableOfflineQueue: false });
redis.on('error', () => undefined);
const store: Store = { redis, prefix: KEY_PREFIX };
const queues = openQueues(redis, KEY_PREFIX);
const stood = new Set<string>();
const ids = publishers.sources.map(({ id }) => id);
const stepper = setInterval(() => publishers.step(), STEP_MS);
const asker = setInterval(() => {
  addPolls(queues, ids, 'asked').catch(() => undefined);
}, ASK_MS);

try {
  const began = performance.now();
  while ((await redis.zcard(keys.entries(store)).catch(() => 0)) < 20) await sleep(200);
  for (let kill = 0; kill < kills; kill++) {
    await sleep(pauseMs * (0.5 + next()));
    await killSomething();
    // What was stored must stay; what the power took with it comes again only where a feed has it.
    if (mode !== 'power' && kill % 5 === 4)
      for (const id of await redis.zrange(keys.entries(store), 0, '-1').catch(() => [])) stood.add(id);
    if (process.stderr.isTTY) process.stderr.write(`\r  ${kill + 1} of ${kills} kills `);
  }
  clearInterval(stepper);
  clearInterval(asker);
  publishers.takeRequests();
  const deadline = performance.now() + SETTLE_MS;
  let calm = 0;
  while (calm < 2 && performance.now() < deadline) {
    await sleep(300);
    // Twice: a poll that brings something new has jobs after it.
    if (await settled().catch(() => false)) calm++;
  }
  const faults = await findFaults(store, publishers.carried(), stood);
  const { length: printed } = publishers.printed();
  console.log(
    `${mode}, seed ${seed}: ${kills} kills (${Object.entries(tally)
      .map(([what, count]) => `${what} ${count}`)
      .join(', ')}) in ${Math.round((performance.now() - began) / 1000)} s; ${printed} versions printed, ` +
      `${await redis.zcard(keys.entries(store))} entries in ${await redis.zcard(keys.stories(store))} stories, ${publishers.carried().length} carried${calm < 2 ? '; NOT SETTLED' : ''}`,
  );
  const failed = (await Promise.all([queues.fulltext, queues.ingest].map((queue) => queue.getFailed()))).flat();
  const given = failed.map((job) => `${job.queueName} ${job.name}: ${job.failedReason}`);
  const all = [...Object.entries(faults), ['jobs given up', given] as const, ['ended by itself', deaths] as const];
  for (const [kind, found] of all) {
    console.log(`  ${kind}: ${found.length}`);
    for (const one of found.slice(0, 5)) console.log(`    ${one}`);
    if (found.length > 0) process.exitCode = 1;
  }
  if (calm < 2) process.exitCode = 1;
} finally {
  stopping = true;
  clearInterval(stepper);
  clearInterval(asker);
  await closeQueues(queues).catch(() => undefined);
  redis.disconnect();
  for (const child of daemons.values()) child.kill('SIGKILL');
  server?.kill('SIGKILL');
  const pid = mode === 'private' ? await privatePid() : 0;
  if (pid > 1 && isAlive(pid)) process.kill(pid, 'SIGKILL');
  await publishers.close();
  await rm(folder, { recursive: true, force: true });
}
