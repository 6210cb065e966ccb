/** Redis dies with its last writes, while the workers live on: what the publisher still has is not lost for good. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'bullmq';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { addPolls, closeQueues, openQueues, type Queues } from '../../src/jobs/queues.ts';
import { readTotals } from '../../src/store/ledger/figures.ts';
import { connectRedis } from '../../src/store/redis/connect.ts';
import { queuePrefix, type Store } from '../../src/store/redis/keys.ts';
import { dueSources, readForPoll } from '../../src/store/sources/sources.ts';
import { endServer } from '../support/loopback.ts';
import { makeConfig, makeSource } from '../support/configs.ts';
import { redisServer } from '../support/programs.ts';
import { until } from '../support/until.ts';
import { startWorking, type Working } from '../support/working.ts';

let folder: string;
let child: ChildProcess;
let store: Store;
let queues: Queues;
let workers: Working | null = null;
const asked: (string | undefined)[] = [];
let items = 1;
const itemOf = (i: number) =>
  `<item><guid isPermaLink="false">${i}</guid><title>合肥地铁${i}号线开通</title><link>/page</link>` +
  `<description>${`${i}号线今天开通，沿线居民前来体验。`.repeat(items > 1 ? 60 : 0)}</description></item>`;
const server = createServer((request, response) => {
  if (request.url === '/page') {
    response.writeHead(200, { 'content-type': 'text/html' }).end(`<p>${'合肥地铁今天开通。'.repeat(40)}</p>`);
    return;
  }
  const etag = request.headers['if-none-match'];
  asked.push(etag);
  if (etag === '"v1"') response.writeHead(304).end();
  else
    response
      .writeHead(200, { etag: '"v1"' })
      .end(
        `<rss version="2.0"><channel><title>样报</title>${Array.from({ length: items }, (_, i) => itemOf(i)).join('')}</channel></rss>`,
      );
});

const connect = () => connectRedis({ socket: join(folder, 'r.sock') }, 'worker').on('error', () => undefined);

/** Keeps what SAVE wrote and nothing after it. */
function startServer(): void {
  const settings = ['--port', '0', '--unixsocket', join(folder, 'r.sock'), '--dir', folder, '--save', ''];
  child = spawn(redisServer(), settings, { stdio: 'ignore' });
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deltawire-lost-'));
  startServer();
  store = { redis: connect(), prefix: 't:' };
  queues = openQueues(store.redis, store.prefix);
  await store.redis.ping();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  asked.length = 0;
  items = 1;
});
afterEach(async () => {
  await workers?.stop();
  await closeQueues(queues);
  store.redis.disconnect();
  await endServer(server);
  const ended = new Promise((done) => child.once('exit', done));
  child.kill('SIGKILL');
  await ended;
  await rm(folder, { recursive: true, force: true });
});

it('saves no validators over entries that are gone, and asks again at once', { timeout: 120_000 }, async () => {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/a`;
  let died = false;
  // Asked for once the entries are queued, and before the state is written.
  const nextFiring = () => {
    if (!died) {
      child.once('exit', startServer);
      child.kill('SIGKILL');
    }
    died = true;
    return Date.now() + 3_600_000;
  };
  workers = startWorking(makeConfig({ sources: [makeSource({ id: 'a', url, schedule: '0 * * * *' })] }), {
    connection: connect(),
    store,
    queues,
    nextFiring,
  });
  // Nobody has taken the job with the entries yet.
  await queues.ingest.pause();
  await store.redis.save();
  await addPolls(queues, ['a'], 'asked');
  await until(
    async () => died && (await dueSources(store, Date.now(), 10)).includes('a'),
    'the source to be due again',
  );
  expect(await queues.ingest.getWaitingCount()).toBe(0);
  await queues.ingest.resume();
  await addPolls(queues, ['a'], 'schedule');
  await until(async () => (await readTotals(store)).entries === 1, 'the entry');
  expect(asked).toEqual([undefined, undefined]);
});

it(
  'saves none either where the entries went before it had noted that they were safe',
  { timeout: 120_000 },
  async () => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/a`;
    let died = false;
    // Dies after it said that the entries are queued, and is back before anything else is written.
    const add: Queues['ingest']['add'] = async (...job) => {
      const added = await queues.ingest.add(...job);
      if (!died) {
        died = true;
        const ended = new Promise((done) => child.once('exit', done));
        child.kill('SIGKILL');
        await ended;
        startServer();
      }
      return added;
    };
    const ingest = new Proxy(queues.ingest, {
      get: (queue, name) => (name === 'add' ? add : Reflect.get(queue, name, queue)),
    });
    workers = startWorking(makeConfig({ sources: [makeSource({ id: 'a', url, schedule: '0 * * * *' })] }), {
      connection: connect(),
      store,
      queues: { ...queues, ingest },
    });
    // The worker that would take the job at once waits.
    await queues.ingest.pause();
    await store.redis.save();
    await addPolls(queues, ['a'], 'asked');
    await until(async () => (await readForPoll(store, 'a')).lastPollAt !== null, 'the poll');
    expect(await queues.ingest.getWaitingCount()).toBe(0);
    expect((await readForPoll(store, 'a')).validators.etag).toBeNull();
    expect(await dueSources(store, Date.now(), 10)).toEqual(['a']);
  },
);

it('reads a document whole whose entries went before their job counted as done', { timeout: 120_000 }, async () => {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/a`;
  items = 20;
  let died = false;
  const kill = (line: string) => {
    if (died || !line.includes('"ingested"')) return;
    died = true;
    child.once('exit', startServer);
    child.kill('SIGKILL');
  };
  workers = startWorking(makeConfig({ sources: [makeSource({ id: 'a', url })] }), {
    connection: connect(),
    store,
    queues,
    log: pino({ level: 'debug' }, { write: kill }),
  });
  const validators = async () => (await readForPoll(store, 'a')).validators;
  await queues.ingest.pause();
  await addPolls(queues, ['a'], 'asked');
  await until(async () => (await validators()).etag === '"v1"', 'the poll');
  await queues.ingest.resume();
  // What Redis keeps: the job in hand, and none of its entries.
  await until(async () => (await queues.ingest.getActiveCount()) === 1, 'the job');
  await store.redis.save();
  expect((await readTotals(store)).entries).toBe(0);
  await until(() => died, 'the end of the job');
  await until(async () => (await validators()).etag === null, 'the validators to go');
  await until(async () => (await dueSources(store, Date.now(), 10)).includes('a'), 'the source to be due');
});

it('reads a document whole whose articles were passed on just before', { timeout: 120_000 }, async () => {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/a`;
  workers = startWorking(makeConfig({ sources: [makeSource({ id: 'a', url, fullText: true })] }), {
    connection: connect(),
    store,
    queues,
  });
  await addPolls(queues, ['a'], 'asked');
  const validators = async () => (await readForPoll(store, 'a')).validators;
  await until(async () => (await readTotals(store)).entries === 1, 'the entry');
  expect((await validators()).etag).toBe('"v1"');
  await store.redis.save();
  // Twice: what was written of it after the first time is lost the second time.
  for (const time of ['first', 'second']) {
    const ended = new Promise((done) => child.once('exit', done));
    child.kill('SIGKILL');
    await ended;
    startServer();
    await until(async () => (await validators()).etag === null, `the validators to go the ${time} time`);
    await until(async () => (await dueSources(store, Date.now(), 10)).includes('a'), 'the source to be due');
  }
});

it(
  'reads a source whole again of which a job was given up, for its workers died too often',
  { timeout: 120_000 },
  async () => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/a`;
    const start = () =>
      startWorking(makeConfig({ sources: [makeSource({ id: 'a', url, schedule: '0 * * * *' })] }), {
        connection: connect(),
        store,
        queues,
      });
    workers = start();
    await addPolls(queues, ['a'], 'asked');
    await until(async () => (await readTotals(store)).entries === 1, 'the entry');
    await until(async () => (await readForPoll(store, 'a')).validators.etag !== null, 'the validators');
    await workers.stop();
    await queues.ingest.add('a', { source: 'a', feedTitle: null, baseUrl: url, items: [] });
    // Takes the job, and loses it as a worker does that dies; once is too often here.
    const connection = connect();
    const hung = new Worker('ingest', () => new Promise(() => undefined), {
      connection,
      prefix: queuePrefix(store.prefix),
      lockDuration: 200,
      lockRenewTime: 60_000,
      stalledInterval: 200,
      maxStalledCount: 0,
      concurrency: 1,
    }).on('error', () => undefined);
    await until(async () => (await queues.ingest.getActive())[0] !== undefined, 'the job to be taken');
    await until(async () => (await queues.ingest.getWaitingCount()) === 1, 'the job to be taken for lost');
    await hung.close(true);
    connection.disconnect();
    expect(await dueSources(store, Date.now(), 10)).toEqual([]);
    workers = start();
    await until(async () => (await dueSources(store, Date.now(), 10)).includes('a'), 'the source to be due');
    asked.length = 0;
    await addPolls(queues, ['a'], 'schedule');
    await until(() => asked.length === 1, 'the poll');
    expect(asked).toEqual([undefined]);
  },
);
