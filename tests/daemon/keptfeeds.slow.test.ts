/** A daemon that starts while Redis is away serves the feeds that an earlier run kept on disk. */
import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { formats } from '../../src/publish/formats.ts';
import { redisServer } from '../support/programs.ts';
import { until } from '../support/until.ts';
import { send } from '../web/raw.ts';
import { type FeedServer, freePort, makeRig, type Program, type Rig, serveFeeds } from './rig.ts';

let rig: Rig;
let feeds: FeedServer;
const EDITIONS = ['delta', 'anhui', 'shanghai', 'jiangsu', 'zhejiang'];
const NAMES = EDITIONS.flatMap((edition) => formats.map(({ extension }) => `${edition}.${extension}`));
const STANDBY = 'feeds are served as they were last kept on disk';

beforeEach(async () => {
  rig = await makeRig();
  feeds = await serveFeeds();
  feeds.items.set('a', ['合肥新开一条公交线路']);
  await rig.writeSources(
    `sources:\n  - {id: a, name: 样报, url: "${feeds.url}/a.xml", schedule: "* * * * * *", region: 合肥}\n`,
  );
});
afterEach(async () => {
  await rig.close();
  await feeds.close();
});

async function allFeeds({ base }: Program): Promise<unknown[]> {
  const answers = [];
  for (const name of NAMES)
    for (const host of [new URL(base).host, 'news.example']) {
      const { status, headers, body } = await send(base, { path: `/feeds/${name}`, headers: { host } });
      answers.push([name, host, status, headers['warning'] ?? '', body.includes('合肥新开一条公交线路')]);
    }
  return answers;
}

const tellsIt = (name: string) => /^(?:delta|anhui)\./.test(name);
const told = (stale: boolean, base: string) =>
  NAMES.flatMap((name) =>
    [new URL(base).host, 'news.example'].map((host) => [
      name,
      host,
      200,
      stale ? '110 - "Response is Stale"' : '',
      tellsIt(name),
    ]),
  );

/** Runs until all feeds are on disk with the story, and is killed. */
async function runOnce(env: Readonly<Record<string, string>>): Promise<void> {
  const program = await rig.start([], env);
  await until(async () => (await program.status()).totals.stories > 0, 'the story');
  // What is on disk is a minute old at most; a start has it written at once.
  await program.end('SIGTERM');
  const again = await rig.start([], env);
  const onDisk = async (name: string) => {
    const text = await readFile(join(rig.folder, 'data/feeds', name), 'utf8').catch(() => '');
    return text !== '' && text.includes('合肥新开一条公交线路') === tellsIt(name);
  };
  for (const name of NAMES) await until(() => onDisk(name), name);
  await again.end('SIGKILL');
}

async function expectStandby(program: Program): Promise<void> {
  expect(await allFeeds(program)).toEqual(told(true, program.base));
  expect((await fetch(`${program.base}/feeds/nowhere.rss`)).status).toBe(404);
  expect((await fetch(`${program.base}/healthz`)).status).toBe(200);
  const ready = await fetch(`${program.base}/readyz`);
  expect([ready.status, await ready.json()]).toMatchObject([503, { code: 'redis.away' }]);
  expect((await fetch(`${program.base}/api/status`)).status).toBe(503);
}

async function expectFresh(program: Program): Promise<void> {
  await until(() => program.output().includes('deltawire runs'), 'the start to go on');
  // The web's own connection is made anew within seconds, and whether there is something new is looked at once a second.
  await until(async () => (await fetch(`${program.base}/readyz`)).ok, 'the web to have Redis again');
  const allFresh = async () => expect(await allFeeds(program)).toEqual(told(false, program.base));
  await vi.waitFor(allFresh, { timeout: 60_000, interval: 300 });
  feeds.items.set('a', ['芜湖长江三桥通车', '合肥新开一条公交线路']);
  const has = async () => (await (await fetch(`${program.base}/feeds/delta.rss`)).text()).includes('芜湖长江三桥');
  await until(has, 'news');
}

it('with REDIS_URL, until Redis answers', { timeout: 300_000 }, async () => {
  const port = await freePort();
  const data = join(rig.folder, 'redis');
  await mkdir(data);
  const open = () =>
    spawn(redisServer(), ['--port', `${port}`, '--dir', data, '--appendonly', 'yes', '--save', ''], {
      stdio: 'ignore',
    });
  const end = async (server: ChildProcess) => {
    const ended = new Promise((done) => server.once('exit', done));
    server.kill('SIGTERM');
    await ended;
  };
  const env = { REDIS_URL: `redis://127.0.0.1:${port}/0`, LOG_LEVEL: 'info' };
  let redis = open();
  await runOnce(env);
  await end(redis);

  const program = await rig.start([], env, STANDBY);
  await expectStandby(program);
  redis = open();
  await expectFresh(program);
  await program.end('SIGTERM');
  await end(redis);

  // Stops as well as ever; and with nothing on disk a start without Redis is refused.
  const waiting = await rig.start([], env, STANDBY);
  expect((await waiting.end('SIGTERM')).code).toBe(0);
  await rm(join(rig.folder, 'data/feeds'), { recursive: true });
  await expect(rig.start([], env)).rejects.toThrow(/ended at once[^]*Redis does not answer/);
});

it('with a private server that does not come up, until it does', { timeout: 300_000 }, async () => {
  const broken = join(rig.folder, 'broken');
  const server = join(rig.folder, 'server.sh');
  await writeFile(server, `#!/bin/sh\n[ -e '${broken}' ] && exit 1\nexec ${redisServer()} "$@"\n`);
  await chmod(server, 0o755);
  const env = { DELTAWIRE_REDIS_SERVER: server };
  await runOnce(env);
  await writeFile(broken, '');
  const program = await rig.start([], env, STANDBY);
  await expectStandby(program);
  await rm(broken);
  await expectFresh(program);
  expect((await program.end('SIGTERM')).code).toBe(0);
});
