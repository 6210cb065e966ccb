import { type ChildProcess, spawn } from 'node:child_process';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { addPolls, closeQueues, openQueues } from '../../src/jobs/queues.ts';
import { keys, type Store } from '../../src/store/redis/keys.ts';
import { endServer, listenOnLoopback } from '../support/loopback.ts';
import { until } from '../support/until.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';

const PACING = fileURLToPath(new URL('./pacing.ts', import.meta.url));
const INTERVAL_MS = 500;

let redis: TestRedis;
let store: Store;
let base = '';
/** One request at a time: the host's last turn (epoch ms) is the request's own, whatever delays it on its way. */
const seen: { turn: number; at: number; worker: string }[] = [];
let slowFirst = false;
async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const turn = Number(await store.redis.hget(keys.pace(store, String(request.headers.host)), 'last'));
  seen.push({ turn, at: performance.now(), worker: String(request.headers['x-worker']) });
  const end = () => response.writeHead(200, { etag: '"1"' }).end('<rss version="2.0"><channel/></rss>');
  // The killed worker dies in the middle of a request.
  setTimeout(end, slowFirst ? 200 : 0);
}
const server = createServer((request, response) => void answer(request, response));
const workers: ChildProcess[] = [];

beforeAll(async () => {
  redis = await startRedis();
  base = await listenOnLoopback(server);
});
afterEach(async () => {
  const ended = workers
    .filter((worker) => worker.exitCode === null && worker.signalCode === null)
    .map((worker) => new Promise((done) => worker.once('exit', done)));
  for (const worker of workers.splice(0)) worker.kill('SIGKILL');
  await Promise.all(ended);
  seen.length = 0;
});
afterAll(async () => {
  await endServer(server);
  await redis.stop();
});

async function startWorker(prefix: string, count: number): Promise<ChildProcess> {
  const settings = JSON.stringify({ perHostIntervalMs: INTERVAL_MS, perHostConcurrency: 1 });
  const args = ['--import', 'tsx', PACING, redis.socket, prefix, base, String(count), settings];
  const worker = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  workers.push(worker);
  await new Promise((done) => worker.stdout?.once('data', done));
  return worker;
}

const turnGaps = () => seen.slice(1).map(({ turn }, i) => turn - (seen[i]?.turn ?? 0));
const pauses = () => seen.slice(1).map(({ at }, i) => at - (seen[i]?.at ?? 0));

describe('the pace of one host over two worker processes', () => {
  it('holds over 60 polls, with both at work', { timeout: 120_000 }, async () => {
    slowFirst = false;
    store = redis.store();
    const queues = openQueues(store.redis, store.prefix);
    await Promise.all([startWorker(store.prefix, 60), startWorker(store.prefix, 60)]);
    const began = performance.now();
    await addPolls(
      queues,
      Array.from({ length: 60 }, (_, i) => `s${i}`),
      'schedule',
    );
    await until(() => seen.length === 60, '60 polls', 60_000);
    const took = performance.now() - began;
    expect(Math.min(...turnGaps())).toBeGreaterThanOrEqual(INTERVAL_MS);
    // The host is kept busy: nobody's turn is wasted for long.
    expect(took).toBeLessThan(60 * INTERVAL_MS * 1.5);
    const each = workers.map(({ pid }) => seen.filter(({ worker }) => worker === String(pid)).length);
    expect(Math.min(...each)).toBeGreaterThan(10);
    await closeQueues(queues);
  });

  it('neither stalls nor breaks when one is killed in the middle of a request', { timeout: 120_000 }, async () => {
    slowFirst = true;
    store = redis.store();
    const queues = openQueues(store.redis, store.prefix);
    const [first] = await Promise.all([startWorker(store.prefix, 24), startWorker(store.prefix, 24)]);
    await addPolls(
      queues,
      Array.from({ length: 24 }, (_, i) => `s${i}`),
      'schedule',
    );
    const mine = () => seen.filter(({ worker }) => worker === String(first.pid)).length;
    const before = mine();
    await until(() => seen.length >= 6 && mine() > before && seen.at(-1)?.worker === String(first.pid), 'its request');
    first.kill('SIGKILL');
    // The poll that died with it runs again, once its lock has run out.
    await until(async () => (await queues.poll.getCompletedCount()) === 24, '24 polls', 60_000);
    expect(Math.min(...turnGaps())).toBeGreaterThanOrEqual(INTERVAL_MS);
    // Its place on the host is free after 5 s.
    const others = pauses().slice(0, 23);
    expect(Math.max(...others)).toBeLessThan(8_000);
    await closeQueues(queues);
  });
});
