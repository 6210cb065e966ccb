/** Measures how long a committed story takes to a reader's GET and to a WebSub subscriber, while 500 readers poll. */
import { type ChildProcess, fork } from 'node:child_process';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { startPushWorkers } from '../src/jobs/push.ts';
import { queuePrefix } from '../src/store/redis/keys.ts';
import { startRedis } from '../tests/support/redis.ts';
import { makeConfig, makeEdition, seedEntries, startWeb } from '../tests/web/seed.ts';

const READERS = 500;
/** Each reader asks so often, with the tag it has. */
const READER_MS = 1_000;
const COMMITS = 20;
const COMMIT_MS = 1_000;
const PATH = '/feeds/delta.atom';

if (process.argv[2] === 'server') await serve();
else await measure();

/** Web server and push worker in one process, as `start` runs them; commits a story at each message, and tells when. */
async function serve(): Promise<void> {
  const redis = await startRedis();
  const config = makeConfig({ editions: [makeEdition('delta', { size: 100 })] });
  const allowed = { ...config.settings.fetch, allowAddresses: ['127.0.0.0/8'] };
  const web = await startWeb(redis, {
    config: { ...config, settings: { ...config.settings, fetch: allowed } },
  });
  web.set({ now: 'real' });
  const paragraph = '合肥市轨道交通新线今日开通，沿线居民出行更加方便。'.repeat(20);
  const commit = (ids: readonly string[]) =>
    seedEntries(
      web.store,
      ids.map((id) => ({ id, editions: ['delta'], at: Date.now(), content: `<p>${paragraph}</p>` })),
    );
  await commit(Array.from({ length: 100 }, (_, i) => `old${i}`));
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
  process.on('message', (id) => {
    void commit([String(id)]).then(() => process.send?.(Date.now()));
  });
  process.once('disconnect', () => {
    void Promise.all([web.close(), ...pushes.workers.map((worker) => worker.close(true)), pushes.release()])
      .then(() => redis.stop())
      .then(() => process.exit(0));
  });
  process.send?.(web.url);
}

async function measure(): Promise<void> {
  const server = fork(fileURLToPath(import.meta.url), ['server'], { execArgv: process.execArgv });
  const url = String(await told(server));
  const arrivals = new Map<string, number>();
  const subscriber = await subscribe(url, (body) => {
    for (const id of body.match(/new\d+(?=\.html)/g) ?? []) if (!arrivals.has(id)) arrivals.set(id, Date.now());
  });
  const end = new AbortController();
  let answers = 0;
  const agent = new http.Agent({ keepAlive: true, maxSockets: READERS });
  const readers = Array.from({ length: READERS }, async (_, i) => {
    await sleep((i * READER_MS) / READERS);
    for (let etag = ''; !end.signal.aborted; await sleep(READER_MS)) {
      etag = await poll(url + PATH, agent, etag);
      answers++;
    }
  });
  const began = Date.now();
  await sleep(READER_MS);
  const reads: number[] = [];
  const commits = new Map<string, number>();
  for (let i = 0; i < COMMITS; i++) {
    const id = `new${i}`;
    server.send(id);
    const at = Number(await told(server));
    commits.set(id, at);
    while (!(await get(url + PATH, agent)).includes(`/${id}.html`));
    reads.push(Date.now() - at);
    await sleep(COMMIT_MS);
  }
  await sleep(2_000);
  const rate = Math.round((answers * 1000) / (Date.now() - began));
  end.abort();
  await Promise.all(readers);
  const pushed = [...commits].map(([id, at]) => (arrivals.get(id) ?? Infinity) - at);
  process.stdout.write(`${READERS} readers, ${rate} answers/s, ${COMMITS} commits; milliseconds from commit to\n`);
  process.stdout.write(`  a GET that carries it: ${tell(reads)}\n  the subscriber:        ${tell(pushed)}\n`);
  agent.destroy();
  subscriber.closeAllConnections();
  subscriber.close();
  server.disconnect();
}

/** A subscriber that is in force once this returns. */
async function subscribe(url: string, onBody: (body: string) => void): Promise<http.Server> {
  let confirmed: () => void = () => undefined;
  const asked = new Promise<void>((done) => {
    confirmed = done;
  });
  const server = http.createServer((request, response) => {
    if (request.method === 'GET') {
      response.end(new URL(request.url ?? '', 'http://x').searchParams.get('hub.challenge'), confirmed);
      return;
    }
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      response.writeHead(204).end();
      onBody(Buffer.concat(chunks).toString());
    });
  });
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  const callback = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const form = new URLSearchParams({ 'hub.mode': 'subscribe', 'hub.topic': url + PATH, 'hub.callback': callback });
  await fetch(`${url}/hub`, { method: 'POST', body: form });
  await asked;
  await sleep(200);
  return server;
}

/** As readers ask: compressed, with the tag they have. Returns the tag of the answer. */
function poll(url: string, agent: http.Agent, etag: string): Promise<string> {
  const headers = { 'accept-encoding': 'gzip', ...(etag === '' ? {} : { 'if-none-match': etag }) };
  return new Promise((done, fail) => {
    http
      .get(url, { agent, headers }, (response) => {
        response.resume();
        response.on('end', () => done(response.headers.etag ?? etag));
      })
      .on('error', fail);
  });
}

function get(url: string, agent: http.Agent): Promise<string> {
  return new Promise((done, fail) => {
    http
      .get(url, { agent }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => done(Buffer.concat(chunks).toString()));
      })
      .on('error', fail);
  });
}

function told(child: ChildProcess): Promise<unknown> {
  return new Promise((done) => {
    child.once('message', done);
  });
}

function sleep(ms: number): Promise<void> {
  return new Promise((done) => {
    setTimeout(done, ms);
  });
}

function tell(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  return `median ${at(0.5)}, p99 ${at(0.99)}`;
}
