import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KEY_PREFIX } from '../../src/store/redis/keys.ts';
import { recordPoll } from '../../src/store/sources/sources.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const POLL = {
  at: 1,
  outcome: 'modified',
  status: 200,
  bytes: 1,
  elapsedMs: 1,
  items: 1,
  fresh: 0,
  newestAt: null,
  format: 'rss',
  charset: 'utf-8',
  repairs: [],
  error: null,
} as const;
const SOURCES = `sources:
  # 已经搬家 · moved
  - id: moved   # 三次都在新址
    url: http://old.example/rss   # 旧址
  - {id: once, url: "http://once.example/rss"}
  - {id: edited, url: "http://other.example/rss"}
`;

let redis: TestRedis;
let folder: string;

beforeAll(async () => {
  redis = await startRedis();
  folder = await mkdtemp(join(tmpdir(), 'deltawire-fix-'));
  await writeFile(join(folder, 'sources.yaml'), SOURCES);
  const store = { redis: redis.connect(), prefix: KEY_PREFIX };
  for (const [id, movedCount] of [
    ['moved', 3],
    ['once', 1],
    ['edited', 9],
  ] as const) {
    const address = `http://${id === 'moved' ? 'old' : id}.example/rss`;
    await recordPoll(store, { id, address, movedTo: `https://new.example/${id}`, movedCount }, POLL);
  }
});
afterAll(async () => {
  await redis.stop();
  await rm(folder, { recursive: true, force: true });
});

function fix(): Promise<{ readonly code: number; readonly out: string }> {
  return new Promise((done) => {
    const env = { PATH: process.env['PATH'] ?? '', REDIS_URL: redis.socket };
    const args = ['--import', 'tsx', MAIN, 'check', '--fix', '--config', folder];
    execFile(process.execPath, args, { env }, (error, out, err) =>
      done({ code: error === null ? 0 : Number(error.code), out: out + err }),
    );
  });
}

describe('deltawire check --fix', () => {
  it('writes what moved for good, keeps comments and a copy, and has nothing left to do after that', async () => {
    const first = await fix();
    expect(first.out).toContain('moved: http://old.example/rss → https://new.example/moved');
    expect(first.code).toBe(0);
    expect(await readFile(join(folder, 'sources.yaml'), 'utf8')).toBe(
      SOURCES.replace('http://old.example/rss', 'https://new.example/moved'),
    );
    expect(await readFile(join(folder, 'sources.yaml.bak'), 'utf8')).toBe(SOURCES);
    const second = await fix();
    expect(second).toMatchObject({ code: 0, out: expect.stringContaining('nothing to change') });
  });
});
