import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { endServer, listenOnLoopback } from '../support/loopback.ts';
import { until } from '../support/until.ts';
import { BIN, freePort, isAlive, makeRig, type Rig } from './rig.ts';

let rig: Rig;
const hung = createServer(() => undefined);

beforeEach(async () => {
  rig = await makeRig();
});
afterEach(async () => {
  await rig.close();
});

const serverPid = async () => Number(await readFile(join(rig.folder, 'data/redis/redis.pid'), 'utf8').catch(() => '0'));
/** The deadline of service managers, and this program's promise. */
const MOST_MS = 10_000;

const WELL = { code: 0, inTime: true };

/** How a daemon ended, once its redis-server `pid` has. */
async function howEnded(ending: Promise<{ code: number | null; elapsedMs: number }>, pid: number): Promise<object> {
  const { code, elapsedMs } = await ending;
  await until(() => !isAlive(pid), 'the redis-server to end');
  return { code, inTime: elapsedMs < MOST_MS };
}

it('ends well while a source hangs', { timeout: 60_000 }, async () => {
  const url = await listenOnLoopback(hung);
  await rig.writeSources(`sources:\n  - {id: a, name: 样报, url: "${url}/a.xml", schedule: auto}\n`);
  const asked = once(hung, 'request');
  const program = await rig.start();
  await asked;
  expect(await howEnded(program.end('SIGTERM'), await serverPid())).toEqual(WELL);
  await endServer(hung);
});

it('ends well with a private server that hangs, and at a second signal', { timeout: 60_000 }, async () => {
  await rig.writeSources('sources: []\n');
  for (const again of [false, true]) {
    const program = await rig.start();
    const pid = await serverPid();
    process.kill(pid, 'SIGSTOP');
    const ending = program.end('SIGTERM');
    if (again) {
      await until(() => program.output().includes('stopping'), 'the first signal');
      program.process.kill('SIGTERM');
    }
    expect(await howEnded(ending, pid)).toEqual(WELL);
  }
});

it('stops its server last where Ctrl-C goes to all that run in the terminal', { timeout: 60_000 }, async () => {
  await rig.writeSources('sources: []\n');
  const program = await rig.start([], {}, undefined, ['setsid']);
  const pid = await serverPid();
  const ended = once(program.process, 'exit');
  process.kill(-(program.process.pid ?? 0), 'SIGINT');
  expect(await ended).toEqual([0, null]);
  await until(() => !isAlive(pid), 'the redis-server to end');
  const log = await readFile(join(rig.folder, 'data/redis/redis.log'), 'utf8').catch(() => '');
  expect(log).not.toContain('Received SIGINT');
  expect(program.output()).not.toContain('"level":50');
});

it.each([0, 1, 2, 3])('ends well during its start, case %i', { timeout: 60_000 }, async (nth) => {
  await rig.writeSources('sources: []\n');
  const child = spawn(process.execPath, [BIN, 'start', '--config', rig.config], {
    env: {
      PATH: process.env['PATH'],
      DELTAWIRE_DATA: join(rig.folder, 'data'),
      DELTAWIRE_PORT: String(await freePort()),
      LOG_LEVEL: 'debug',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = once(child, 'exit');
  const moments: (() => boolean | Promise<boolean>)[] = [
    async () => (await serverPid()) > 0,
    () => output.includes('private redis-server runs'),
    () => output.length > 200,
    () => output.includes('deltawire runs'),
  ];
  await until(() => moments[nth]?.() ?? true, 'the moment');
  const began = performance.now();
  child.kill('SIGTERM');
  const [code] = (await ended) as [number | null];
  expect([code, performance.now() - began < MOST_MS]).toEqual([0, true]);
  const pid = await serverPid();
  await until(() => !isAlive(pid), 'the redis-server to end');
});

it('names a server that a killed daemon left behind, stopped or alive, and runs', { timeout: 90_000 }, async () => {
  await rig.writeSources('sources: []\n');
  for (const signal of ['SIGSTOP', 'SIGCONT'] as const) {
    const first = await rig.start();
    const orphan = await serverPid();
    await first.end('SIGKILL');
    process.kill(orphan, signal);
    const second = await rig.start();
    expect(second.output()).toContain(`process ${orphan}`);
    expect(isAlive(orphan)).toBe(false);
    expect(await howEnded(second.end('SIGTERM'), await serverPid())).toEqual(WELL);
  }
});
