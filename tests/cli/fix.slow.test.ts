import { execFile } from 'node:child_process';
import { lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { KEY_PREFIX, type Store } from '../../src/store/redis/keys.ts';
import { recordPoll } from '../../src/store/sources/sources.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';

// Each start of the program takes seconds on a busy machine.
vi.setConfig({ testTimeout: 240_000 });

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
let store: Store;
let folder: string;

beforeAll(async () => {
  redis = await startRedis();
  folder = await mkdtemp(join(tmpdir(), 'deltawire-fix-'));
  await writeFile(join(folder, 'sources.yaml'), SOURCES);
  store = { redis: redis.connect(), prefix: KEY_PREFIX };
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

function fix(config = folder): Promise<{ readonly code: number; readonly out: string }> {
  return new Promise((done) => {
    const env = { PATH: process.env['PATH'] ?? '', REDIS_URL: redis.socket };
    const args = ['--import', 'tsx', MAIN, 'check', '--fix', '--config', config];
    execFile(process.execPath, args, { env }, (error, out, err) =>
      done({ code: error === null ? 0 : Number(error.code), out: out + err }),
    );
  });
}

/** The files as they were before each change, oldest first. */
async function backupsOf(config: string): Promise<string[]> {
  const names = (await readdir(join(config, 'backups'))).sort();
  return Promise.all(names.map((name) => readFile(join(config, 'backups', name), 'utf8')));
}

describe('deltawire check --fix', () => {
  it('writes what moved for good, keeps comments and a copy, and has nothing left to do after that', async () => {
    const first = await fix();
    expect(first.out).toContain('moved: http://old.example/rss → https://new.example/moved');
    expect(first.code).toBe(0);
    expect(await readFile(join(folder, 'sources.yaml'), 'utf8')).toBe(
      SOURCES.replace('http://old.example/rss', 'https://new.example/moved'),
    );
    expect(await backupsOf(folder)).toEqual([SOURCES]);
    const second = await fix();
    expect(second).toMatchObject({ code: 0, out: expect.stringContaining('nothing to change') });
  });

  it('follows a link, keeps its mode, and keeps every earlier text', async () => {
    const config = join(folder, 'linked');
    const real = join(folder, 'elsewhere.yaml');
    await mkdir(config);
    await writeFile(real, SOURCES, { mode: 0o600 });
    await symlink(real, join(config, 'sources.yaml'));
    const moved = SOURCES.replace('http://old.example/rss', 'https://new.example/moved');
    expect((await fix(config)).code).toBe(0);
    expect(await readFile(real, 'utf8')).toBe(moved);

    const again = {
      id: 'moved',
      address: 'https://new.example/moved',
      movedTo: 'https://newer.example/',
      movedCount: 3,
    };
    await recordPoll(store, again, POLL);
    expect((await fix(config)).code).toBe(0);
    expect(await readFile(real, 'utf8')).toBe(moved.replace('https://new.example/moved', 'https://newer.example/'));
    expect((await lstat(join(config, 'sources.yaml'))).isSymbolicLink()).toBe(true);
    expect((await stat(real)).mode & 0o777).toBe(0o600);
    expect(await backupsOf(config)).toEqual([SOURCES, moved]);
  });
});
