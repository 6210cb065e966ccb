/** A config of one's own, and backups: written while the daemon runs, and put back whole into another place. */
import { execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startRedisChild } from '../../src/store/redis/child.ts';
import { connectRedis } from '../../src/store/redis/connect.ts';
import { KEY_PREFIX } from '../../src/store/redis/keys.ts';
import { until } from '../support/until.ts';

const BIN = fileURLToPath(new URL('../../bin/deltawire.js', import.meta.url));
const SOURCES = '# 皖南\nsources:\n  - {id: a, url: "https://a.example/rss"}\n';

let folder: string;
let count = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deltawire-backup-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A place of its own for each test: a folder to run in, with config and data. */
let place: string;
beforeEach(async () => {
  place = join(folder, String(count++));
  await mkdir(join(place, 'config'), { recursive: true });
  await writeFile(join(place, 'config/sources.yaml'), SOURCES);
});

const environment = (locale = 'C.UTF-8') => ({ PATH: process.env['PATH'] ?? '', LANG: locale, DELTAWIRE_PORT: '0' });

function run(args: readonly string[], env: Record<string, string> = environment()) {
  return new Promise<{ readonly code: number; readonly out: string; readonly err: string }>((done) => {
    execFile(process.execPath, [BIN, ...args], { env, cwd: place }, (error, out, err) =>
      done({ code: error === null ? 0 : Number(error.code), out, err }),
    );
  });
}

/** Runs `use` on the keys of the data folder, beside whatever else uses it. */
async function onStore<T>(data: string, use: (redis: ReturnType<typeof connectRedis>) => Promise<T>): Promise<T> {
  const child = await startRedisChild(join(place, data), () => undefined);
  const redis = connectRedis({ socket: child.socket }, 'worker');
  try {
    return await use(redis);
  } finally {
    redis.disconnect();
    await child.stop();
  }
}

describe('init', () => {
  it('writes a config that `check` finds no fault in, and never over another', async () => {
    expect((await run(['init', 'mine'])).code).toBe(0);
    expect(await readdir(join(place, 'mine'))).toEqual(
      expect.arrayContaining(['sources.yaml', 'sources.schema.json', 'editions.yaml', 'settings.yaml']),
    );
    expect((await run(['check', '--config', 'mine'])).code).toBe(0);
    const again = await run(['init'], environment('zh_CN.UTF-8'));
    expect([again.code, again.err]).toEqual([1, expect.stringContaining('已有 sources.yaml')]);
    expect(await readFile(join(place, 'config/sources.yaml'), 'utf8')).toBe(SOURCES);
  });
});

describe('a backup', () => {
  it('made under load is of one moment, and restores with its times to live and its config', async () => {
    await onStore('data', async (redis) => {
      await redis.set(`${KEY_PREFIX}layout`, '1');
      await redis.set(`${KEY_PREFIX}ends`, 'x', 'PX', 3_600_000);
      await redis.set('another:program', 'x');
      for (let i = 0; i < 40; i++)
        await redis.mset(Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`${KEY_PREFIX}fill:${i}:${n}`, n])));
      const ended = new AbortController();
      let n = 0;
      const load = (async () => {
        // One at the beginning of any scan's order and one anywhere else would differ in a copy that takes its time.
        while (!ended.signal.aborted)
          await redis.multi().set(`${KEY_PREFIX}first`, ++n).set(`${KEY_PREFIX}second`, n).exec();
      })();
      const { code, out } = await run(['backup', 'kept.tar.gz']);
      ended.abort();
      await load;
      expect([code, out]).toEqual([0, expect.stringContaining('kept.tar.gz')]);
    });
    expect((await stat(join(place, 'kept.tar.gz'))).mode & 0o777).toBe(0o600);
    expect((await run(['backup', 'kept.tar.gz'])).code).toBe(1);

    const elsewhere = { ...environment(), DELTAWIRE_DATA: 'other' };
    expect(await run(['restore', 'kept.tar.gz', '--config', 'theirs'], elsewhere)).toMatchObject({ code: 0 });
    expect(await readFile(join(place, 'theirs/sources.yaml'), 'utf8')).toBe(SOURCES);
    await onStore('other', async (redis) => {
      const [first, second] = await redis.mget(`${KEY_PREFIX}first`, `${KEY_PREFIX}second`);
      expect(Number(first)).toBeGreaterThan(0);
      expect(second).toBe(first);
      expect(await redis.dbsize()).toBe(20_004);
      expect(await redis.get('another:program')).toBeNull();
      expect(await redis.pttl(`${KEY_PREFIX}ends`)).toBeGreaterThan(3_000_000);
    });
    expect((await readdir(place)).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('goes over nothing that nobody kept: what is replaced goes into a backup first', async () => {
    await onStore('data', (redis) => redis.mset(`${KEY_PREFIX}layout`, '1', `${KEY_PREFIX}was`, 'old'));
    expect((await run(['backup', 'old.tar.gz'])).code).toBe(0);
    await onStore('data', (redis) => redis.mset(`${KEY_PREFIX}was`, 'new', `${KEY_PREFIX}more`, 'x'));
    await writeFile(join(place, 'config/sources.yaml'), 'sources: []\n');
    const refused = await run(['restore', 'old.tar.gz']);
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('--replace')]);
    await onStore('data', async (redis) => expect(await redis.get(`${KEY_PREFIX}was`)).toBe('new'));
    expect((await run(['restore', 'old.tar.gz', '--replace'])).code).toBe(0);
    await onStore('data', async (redis) =>
      expect(await redis.mget(`${KEY_PREFIX}was`, `${KEY_PREFIX}more`)).toEqual(['old', null]),
    );
    expect(await readFile(join(place, 'config/sources.yaml'), 'utf8')).toBe(SOURCES);

    const before = (await readdir(place)).find((name) => name.startsWith('old.before-')) ?? '';
    expect((await run(['restore', before, '--replace'])).code).toBe(0);
    await onStore('data', async (redis) =>
      expect(await redis.mget(`${KEY_PREFIX}was`, `${KEY_PREFIX}more`)).toEqual(['new', 'x']),
    );
    expect(await readFile(join(place, 'config/sources.yaml'), 'utf8')).toBe('sources: []\n');
  });

  it('is not put under a daemon that runs', async () => {
    await onStore('data', (redis) => redis.set(`${KEY_PREFIX}layout`, '1'));
    expect((await run(['backup', 'kept.tgz'])).code).toBe(0);
    await writeFile(join(place, 'config/sources.yaml'), 'sources: []\n');
    const daemon = spawn(process.execPath, [BIN, 'start'], {
      env: { ...environment(), LOG_LEVEL: 'info' },
      cwd: place,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let log = '';
    daemon.stdout.on('data', (chunk: Buffer) => (log += chunk.toString()));
    const ended = new Promise((done) => daemon.once('exit', done));
    try {
      await until(async () => log.includes('deltawire runs'), 'the daemon');
      const { code, err } = await run(['restore', 'kept.tgz', '--replace']);
      expect([code, err]).toEqual([1, expect.stringContaining(`pid ${daemon.pid}`)]);
    } finally {
      daemon.kill('SIGTERM');
      await ended;
    }
  });

  it.each([
    ['no archive', 'some text'],
    ['nothing', ''],
  ])('is told from %s', async (_name, text) => {
    await writeFile(join(place, 'x.tar.gz'), text);
    const { code, err } = await run(['restore', 'x.tar.gz']);
    expect([code, err]).toEqual([1, expect.stringContaining('no backup')]);
  });
});
