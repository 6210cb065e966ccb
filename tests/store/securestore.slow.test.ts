/** A Redis that speaks TLS with a certificate of one's own authority. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectRedis } from '../../src/store/redis/connect.ts';
import { reachRedis } from '../../src/store/redis/reach.ts';
import { takeSnapshot } from '../../src/store/redis/snapshot.ts';
import { freePort } from '../daemon/rig.ts';
import { redisServer } from '../support/programs.ts';

const certificate = (name: string) => fileURLToPath(new URL(`../fixtures/fetch/${name}`, import.meta.url));

let folder = '';
let child: ChildProcess;
let port = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deltawire-tls-'));
  port = await freePort();
  const settings = {
    port: '0',
    'tls-port': String(port),
    'tls-cert-file': certificate('good.cert.pem'),
    'tls-key-file': certificate('server.key.pem'),
    'tls-ca-cert-file': certificate('authority.cert.pem'),
    'tls-auth-clients': 'no',
    requirepass: 'p@ss',
    dir: folder,
    save: '',
  };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
  child = spawn(redisServer(), args, { stdio: 'ignore' });
});
afterAll(async () => {
  const ended = new Promise((done) => child.once('exit', done));
  child.kill();
  await ended;
  await rm(folder, { recursive: true, force: true });
});

it('is reached by the authority that the address names, and backed up', async () => {
  const url = `rediss://:p%40ss@127.0.0.1:${port}/1?ca=${certificate('authority.cert.pem')}`;
  await reachRedis({ url }, () => undefined);
  const redis = connectRedis({ url }, 'worker');
  await redis.set('a', '1');
  expect(await redis.client('INFO')).toContain(' db=1 ');
  redis.disconnect();
  await expect(takeSnapshot({ url }, join(folder, 'taken.rdb'))).resolves.toBeUndefined();
});

it('is not reached by an authority that nobody knows', async () => {
  const redis = connectRedis({ url: `rediss://:p%40ss@127.0.0.1:${port}/1` }, 'once');
  const faults: string[] = [];
  redis.on('error', (error: Error) => faults.push(error.message));
  await expect(redis.connect()).rejects.toThrow('Connection is closed');
  expect(faults.join()).toMatch(/certificate|signed/);
  redis.disconnect();
});
