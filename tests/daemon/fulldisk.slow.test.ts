/** A disk without room: said everywhere, readers are served on, a restart reads, and nothing is lost, doubled or half-written. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { until } from '../support/until.ts';
import { type FeedServer, makeRig, type Program, type Rig, serveFeeds } from './rig.ts';

const DISK = '24m';
const TOLD_MS = 30_000;
const FULL = '/readyz?deep';

let rig: Rig;
let feeds: FeedServer;
/** Holds a mount namespace in which the data folder is a small disk of its own. */
let holder: ChildProcess;
let data: string;

beforeEach(async () => {
  rig = await makeRig();
  feeds = await serveFeeds();
  data = join(rig.folder, 'data');
  await mkdir(data);
  const mount = `mount -t tmpfs -o size=${DISK} tmpfs '${data}' && echo mounted && exec sleep 600`;
  holder = spawn('unshare', ['--map-root-user', '--mount', 'sh', '-c', mount], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = await new Promise<readonly string[]>((done) => {
    holder.stdout?.once('data', (chunk: Buffer) => done([chunk.toString()]));
    holder.once('exit', () => done([]));
  });
  if (said === undefined) throw new Error('this test needs a kernel that lets `unshare` mount a tmpfs');
});

afterEach(async () => {
  await rig.close();
  await feeds.close();
  holder.kill('SIGKILL');
});

const start = (says?: string) =>
  rig.start([], {}, says, ['nsenter', '-t', String(holder.pid), '--user', '--mount', '--preserve-credentials']);

const filler = () => `/proc/${holder.pid}/root${join(data, 'filler')}`;

/** Takes what room there is. */
async function fill(): Promise<void> {
  const file = await open(filler(), 'a');
  const block = Buffer.alloc(4096, 1);
  const isTaken = () =>
    file.write(block).then(
      () => true,
      () => false,
    );
  while (await isTaken());
  await file.close();
}

async function get(program: Program, path: string, language = 'en'): Promise<string> {
  const answer = await fetch(program.base + path, {
    headers: { 'accept-language': language, accept: 'text/html,*/*' },
  });
  return `${answer.status} ${await answer.text()}`;
}

const titles = async (program: Program) => {
  const answer = await fetch(`${program.base}/feeds/delta.json`);
  if (!answer.ok) return [String(answer.status)];
  return ((await answer.json()) as { items: { title: string }[] }).items.map(({ title }) => title).toSorted();
};

const poll = async (program: Program) => {
  await (await fetch(`${program.base}/api/poll?source=p`, { method: 'POST' })).arrayBuffer();
};

const says = (program: Program, path: string, words: string, language?: string) =>
  until(async () => (await get(program, path, language)).includes(words), `${path} to say ${words}`, TOLD_MS);

it(
  'serves on, says so, reads after a restart, and takes everything once there is room',
  { timeout: 240_000 },
  async () => {
    const before = ['合肥一条地铁开通', '芜湖一座大桥合龙'];
    const after = ['安庆一座码头启用', ...before];
    feeds.items.set('p', before);
    await rig.writeSources(`sources:\n  - {id: p, url: "${feeds.url}/p.xml", schedule: "0 0 1 1 *"}\n`);
    let program = await start();
    await poll(program);
    await until(async () => (await titles(program)).length === before.length, 'the first news');

    await fill();
    feeds.items.set('p', after);
    await poll(program);
    await says(program, FULL, 'redis.disk');
    await says(program, '/status', 'cannot write to its disk');
    await says(program, '/status', '数据库写不了磁盘', 'zh-CN');
    await says(program, '/metrics', 'deltawire_store_refuses_writes{code="redis.disk"} 1');
    await until(() => program.output().includes('"code":"redis.disk"'), 'the log to say so', TOLD_MS);
    expect(await titles(program)).toEqual(before.toSorted());

    expect((await program.end('SIGTERM')).code).toBe(0);
    program = await start('what is stored is served');
    expect(await titles(program)).toEqual(before.toSorted());
    expect(await get(program, '/')).toContain(before[0]);
    await says(program, FULL, 'redis.disk');

    await rm(filler());
    await until(async () => (await get(program, FULL)).startsWith('200'), 'writes to go on', TOLD_MS);
    await until(() => program.output().includes('deltawire runs'), 'the start to go on', TOLD_MS);
    await poll(program);
    await until(async () => (await titles(program)).length > before.length, 'the news of the time without room');
    expect(await titles(program)).toEqual(after.toSorted());
  },
);
