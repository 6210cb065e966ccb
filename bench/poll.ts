/** Turns 10,000 sources on 2,000 hosts that answer 304 into CPU a poll: the whole daemon and its Redis, beside a bare undici loop. */
import { type ChildProcess, spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connectRedis } from '../src/store/redis/connect.ts';
import { KEY_PREFIX, queuePrefix } from '../src/store/redis/keys.ts';
import { usageOf } from './usage.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const SOURCES = Number(process.env['SOURCES'] ?? 10_000);
const HOSTS = Math.min(2_000, SOURCES);
/** Linux answers on all of 127.0.0.0/8. */
const hostOf = (i: number) => `127.1.${Math.floor((i % HOSTS) / 250)}.${1 + ((i % HOSTS) % 250)}`;

const SERVER = `
const { createServer } = require('node:net');
const etag = '"v1"';
// A headline of its own for each source: equal ones would be copies of one story.
const headline = (path) => [...require('node:crypto').createHash('sha256').update(path).digest()].slice(0, 12)
  .map((byte, i) => String.fromCodePoint(0x4e00 + byte * 12 + i)).join('');
const feed = (path) => '<rss version="2.0"><channel><title>t</title><item><guid isPermaLink="false">1</guid><title>' + headline(path) + '</title></item></channel></rss>';
const full = (body) => 'HTTP/1.1 200 OK\\r\\nETag: ' + etag + '\\r\\nContent-Type: application/rss+xml\\r\\nConnection: close\\r\\nContent-Length: ' + Buffer.byteLength(body) + '\\r\\n\\r\\n' + body;
const same = 'HTTP/1.1 304 Not Modified\\r\\nETag: ' + etag + '\\r\\nConnection: close\\r\\n\\r\\n';
let count = 0;
createServer((socket) => {
  let head = '';
  socket.on('error', () => {});
  socket.on('data', (chunk) => {
    head += chunk;
    if (!head.includes('\\r\\n\\r\\n')) return;
    if (head.startsWith('GET /count ')) return socket.end('HTTP/1.1 200 OK\\r\\nConnection: close\\r\\n\\r\\n' + count);
    count++;
    socket.end(/if-none-match/i.test(head) ? same : full(feed(head.split(' ')[1])));
  });
}).listen({ port: Number(process.argv[1]), host: '0.0.0.0', backlog: 4096 }, () => console.log('up'));
`;

const BARE = `
const { Agent, request } = require('undici');
const { port, count, hosts, width } = JSON.parse(process.argv[1]);
const agent = new Agent({ pipelining: 0 });
(async () => {
  let next = 0;
  const work = async () => {
    for (let i = next++; i < count; i = next++) {
      const host = i % hosts;
      const url = 'http://127.1.' + Math.floor(host / 250) + '.' + (1 + (host % 250)) + ':' + port + '/' + i + '.xml';
      const answer = await request(url, { dispatcher: agent, headers: { 'if-none-match': '"v1"' } });
      await answer.body.dump();
    }
  };
  await Promise.all(Array.from({ length: width }, work));
  const { user, system } = process.cpuUsage();
  console.log((user + system) / 1000 / count);
  await agent.close();
})();
`;

const children: ChildProcess[] = [];
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

function start(command: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): ChildProcess {
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'inherit'], cwd: ROOT });
  children.push(child);
  return child;
}

async function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((done) => child.stdout?.once('data', (chunk: Buffer) => done(chunk.toString().trim())));
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '0.0.0.0', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

const folder = await mkdtemp(join(tmpdir(), 'deltawire-bench-'));
try {
  const [port, webPort] = [await freePort(), await freePort()];
  await firstLine(start(process.execPath, ['-e', SERVER, String(port)]));
  const counted = async () => Number(await (await fetch(`http://127.1.0.1:${port}/count`)).text());

  const config = join(folder, 'config');
  await cp(join(ROOT, 'config'), config, { recursive: true });
  await writeFile(
    join(config, 'settings.yaml'),
    'fetch:\n  allowAddresses: ["127.0.0.0/8"]\n  concurrency: 50\nretention:\n  entries: {count: 1000}\n',
  );
  const sources = Array.from({ length: SOURCES }, (_, i) => {
    const url = `http://${hostOf(i)}:${port}/${i}.xml`;
    return `  - {id: s${i}, url: "${url}", schedule: "0 0 1 1 *"}\n`;
  });
  await writeFile(join(config, 'sources.yaml'), `sources:\n${sources.join('')}`);
  const data = join(folder, 'data');
  const daemon = start('bin/deltawire', ['start', '--config', config], {
    ...process.env,
    DELTAWIRE_DATA: data,
    DELTAWIRE_PORT: String(webPort),
    LOG_LEVEL: 'warn',
  });
  const web = `http://127.0.0.1:${webPort}`;
  while (
    !(await fetch(`${web}/readyz`).then(
      (r) => r.ok,
      () => false,
    ))
  )
    await pause(200);
  const redis = connectRedis({ socket: join(data, 'redis.sock') }, 'worker');
  // Asked of the queue itself: a status page of ten thousand sources is not what is measured here.
  const lists = ['poll', 'ingest'].flatMap((name) =>
    ['active', 'wait'].map((list) => `${queuePrefix(KEY_PREFIX)}:${name}:${list}`),
  );
  const idle = async () => (await redis.exists(...lists)) === 0;
  const pollAll = async () => {
    const before = await counted();
    const due = Array.from({ length: SOURCES }, (_, i) => [String(Date.now()), `s${i}`]).flat();
    await redis.zadd(`${KEY_PREFIX}due`, ...due);
    while ((await counted()) - before < SOURCES) await pause(500);
    do await pause(1_000);
    while (!(await idle()));
  };
  await pollAll();
  await pause(2_000);
  const pids = [daemon.pid ?? 0, Number(await readFile(join(data, 'redis/redis.pid'), 'utf8'))];
  const before = await Promise.all(pids.map(usageOf));
  const began = performance.now();
  let peak = 0;
  const watch = setInterval(() => void usageOf(pids[0] ?? 0).then(({ bytes }) => (peak = Math.max(peak, bytes))), 200);
  await pollAll();
  clearInterval(watch);
  redis.disconnect();
  const seconds = (performance.now() - began) / 1000;
  const after = await Promise.all(pids.map(usageOf));
  const [daemonMs = 0, redisMs = 0] = after.map(({ cpuMs }, i) => (cpuMs - (before[i]?.cpuMs ?? 0)) / SOURCES);

  const bareArgs = JSON.stringify({ port, count: SOURCES, hosts: HOSTS, width: 50 });
  const bareMs = Number(await firstLine(start(process.execPath, ['-e', BARE, bareArgs])));
  const total = daemonMs + redisMs;
  console.log(
    `${SOURCES} sources on ${HOSTS} hosts, all 304, in ${seconds.toFixed(1)} s\n` +
      `CPU a poll: daemon ${daemonMs.toFixed(2)} ms + redis-server ${redisMs.toFixed(2)} ms = ${total.toFixed(2)} ms\n` +
      `bare undici loop: ${bareMs.toFixed(2)} ms; ratio ${(total / bareMs).toFixed(1)}\n` +
      `daemon: ${(peak / 2 ** 20).toFixed(0)} MB resident at most`,
  );
} finally {
  const ended = children
    .filter((child) => child.exitCode === null)
    .map((child) => new Promise((done) => child.once('exit', done)));
  for (const child of children) child.kill('SIGTERM');
  await Promise.all(ended);
  await rm(folder, { recursive: true, force: true });
}
