/** Measures serving a 200 KB edition beside node:http with a constant Buffer, in turns, each server a process of its own. */
import { type ChildProcess, fork } from 'node:child_process';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { startRedis } from '../tests/support/redis.ts';
import { makeConfig, makeEdition, seedEntries, startWeb } from '../tests/web/seed.ts';

const CONNECTIONS = 32;
const ROUND_MS = 1_500;
const ROUNDS = 5;
const PATH = '/feeds/delta.rss';

type Role = 'deltawire' | 'constant';

// Time of the processor tells the servers apart even where others keep the machine busy.
if (process.argv[2] !== undefined)
  process.on('message', (message) => {
    if (message === 'cpu') process.send?.(process.cpuUsage().user + process.cpuUsage().system);
  });

if (process.argv[2] === 'deltawire') await serveEdition();
else if (process.argv[2] === 'constant') serveConstant();
else await compare();

/** An edition of about 200 KB, served as the daemon does. */
async function serveEdition(): Promise<void> {
  const redis = await startRedis();
  const web = await startWeb(redis, { config: makeConfig({ editions: [makeEdition('delta', { size: 100 })] }) });
  web.set({ now: 'real' });
  const paragraph = '合肥市轨道交通新线今日开通，沿线居民出行更加方便。'.repeat(20);
  await seedEntries(
    web.store,
    Array.from({ length: 100 }, (_, i) => ({
      id: `e${i}`,
      editions: ['delta'],
      at: Date.now() - i * 60_000,
      content: `<p>${paragraph}</p>`,
    })),
  );
  process.send?.(web.url);
  process.once('disconnect', () => {
    void web
      .close()
      .then(() => redis.stop())
      .then(() => process.exit(0));
  });
}

/** The same bytes and headers from memory, with nothing between; a 304 for the tag. */
function serveConstant(): void {
  process.once('message', ({ body, headers }: { body: string; headers: Record<string, string> }) => {
    const bytes = Buffer.from(body, 'utf8');
    const server = http.createServer((request, response) => {
      if (request.headers['if-none-match'] === headers['etag']) response.writeHead(304, headers).end();
      else response.writeHead(200, { ...headers, 'content-length': bytes.length }).end(bytes);
    });
    server.listen(0, '127.0.0.1', () => process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
    process.once('disconnect', () => process.exit(0));
  });
}

async function compare(): Promise<void> {
  const edition = start('deltawire');
  const editionUrl = await told(edition);
  const response = await fetch(editionUrl + PATH, { headers: { 'accept-encoding': 'identity' } });
  const body = await response.text();
  const { date: _date, ...headers } = Object.fromEntries(response.headers);
  const etag = headers['etag'] ?? '';
  const constant = start('constant');
  for (const name of ['content-length', 'connection', 'keep-alive']) delete headers[name];
  constant.send({ body, headers });
  const urls: Readonly<Record<Role, string>> = { deltawire: editionUrl, constant: await told(constant) };
  const children: Readonly<Record<Role, ChildProcess>> = { deltawire: edition, constant };
  process.stdout.write(`${Math.round(Buffer.byteLength(body) / 1000)} KB, ${CONNECTIONS} connections, requests/s\n`);
  for (const [name, asked] of [
    ['200', {}],
    ['304', { 'if-none-match': etag }],
  ] as const) {
    const rates: Record<Role, number[]> = { deltawire: [], constant: [] };
    const costs: Record<Role, number[]> = { deltawire: [], constant: [] };
    for (const role of ['deltawire', 'constant'] as const) await load(urls[role] + PATH, asked, 500);
    for (let round = 0; round < ROUNDS; round++)
      for (const role of ['deltawire', 'constant'] as const) {
        const before = Number(await ask(children[role], 'cpu'));
        const { count, rate } = await load(urls[role] + PATH, asked, ROUND_MS);
        costs[role].push((Number(await ask(children[role], 'cpu')) - before) / count);
        rates[role].push(rate);
      }
    const cheaper = median(costs.constant) / median(costs.deltawire);
    const ratios = rates.deltawire.map((rate, i) => rate / (rates.constant[i] ?? NaN));
    process.stdout.write(
      `${name}: deltawire ${median(rates.deltawire)} constant ${median(rates.constant)} ratio ${(median(ratios.map((r) => r * 1000)) / 1000).toFixed(2)} (${ratios.map((r) => r.toFixed(2)).join(' ')}); microseconds of processor a request ${median(costs.deltawire)} and ${median(costs.constant)}, ratio ${cheaper.toFixed(2)}\n`,
    );
  }
  edition.disconnect();
  constant.disconnect();
}

function start(role: Role): ChildProcess {
  return fork(fileURLToPath(import.meta.url), [role], { execArgv: process.execArgv });
}

function told(child: ChildProcess): Promise<string> {
  return new Promise((done) => {
    child.once('message', (answer: string | number) => done(String(answer)));
  });
}

function ask(child: ChildProcess, message: string): Promise<string> {
  const answer = told(child);
  child.send(message);
  return answer;
}

/** Answers over `CONNECTIONS` kept-alive connections. */
async function load(
  url: string,
  headers: Readonly<Record<string, string>>,
  ms: number,
): Promise<{ count: number; rate: number }> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const end = performance.now() + ms;
  let count = 0;
  const one = () =>
    new Promise<void>((done, fail) => {
      http
        .get(url, { agent, headers }, (response) => {
          response.resume();
          response.on('end', done);
        })
        .on('error', fail);
    });
  const began = performance.now();
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      while (performance.now() < end) {
        await one();
        count++;
      }
    }),
  );
  agent.destroy();
  return { count, rate: (count * 1000) / (performance.now() - began) };
}

function median(values: readonly number[]): number {
  return Math.round(values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN);
}
