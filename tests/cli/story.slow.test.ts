import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type RedisChild, startRedisChild } from '../../src/store/redis/child.ts';
import { commitEntries } from '../../src/store/stories/commit.ts';
import { readStory } from '../../src/store/stories/stories.ts';
import { connectRedis } from '../../src/store/redis/connect.ts';
import { KEY_PREFIX } from '../../src/store/redis/keys.ts';
import { ASSEMBLER } from '../../src/pipeline/assemble.ts';
import type { Entry } from '../../src/model/entry.ts';
import { decideStory } from '../../src/story/match.ts';
import { makeEntry, makeSubmission } from '../support/entries.ts';

// Each start of the program takes seconds on a busy machine.
vi.setConfig({ testTimeout: 240_000 });

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
let folder: string;
let child: RedisChild;
let redis: Redis;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deltawire-cli-story-'));
  await cp(join(ROOT, 'config'), join(folder, 'config'), { recursive: true });
  child = await startRedisChild(join(folder, 'data'), () => undefined);
  redis = connectRedis({ socket: child.socket }, 'worker');
});
afterAll(async () => {
  redis.disconnect();
  await child.stop();
  await rm(folder, { recursive: true, force: true });
});

function run(...args: string[]): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  return new Promise((done) => {
    const env = { PATH: process.env['PATH'] ?? '', DELTAWIRE_DATA: join(folder, 'data') };
    execFile(process.execPath, [join(ROOT, 'bin/deltawire.js'), ...args], { env, cwd: folder }, (error, out, err) =>
      done({ code: error === null ? 0 : Number(error.code), out, err }),
    );
  });
}

async function commit(...entries: readonly Entry[]): Promise<void> {
  await commitEntries(
    { redis, prefix: KEY_PREFIX },
    entries.map((entry) => makeSubmission(entry)),
    {
      now: Date.now(),
      configVersion: 'c1',
      ledgerCount: 1000,
      windowMs: 30 * 86_400_000,
      decideStory,
      assembler: ASSEMBLER,
    },
  );
}

it('splits by the address of an entry, joins by ids, and says what cannot be', async () => {
  const a = makeEntry({ id: 'a' });
  const b = makeEntry({ ...a, id: 'b', source: 'two', link: 'https://mirror.example/b.html' });
  await commit(a, b);
  expect(await run('story', 'split', 'https://mirror.example/b.html?utm_source=x')).toMatchObject({
    code: 0,
    out: 'entry b is story b now, apart from story a\n',
  });
  expect((await run('explain', 'b')).out).toContain('kept by operator.split');
  expect(await run('story', 'split', 'b')).toMatchObject({
    code: 1,
    err: 'deltawire: the entry is the only copy of its story\n',
  });
  expect(await run('story', 'join', 'a', 'b')).toMatchObject({ code: 0, out: 'story b is part of story a now\n' });
  expect((await run('story', 'join', 'a', 'b')).code).toBe(1);
  expect((await run('story', 'join', 'a')).code).toBe(2);
});

it('withdraws a story by its id and a copy by its address, publishes again, and asks why', async () => {
  const c = makeEntry({ id: 'c', title: '阜阳开行首趟中欧班列', link: 'https://one.example/c.html' });
  const d = makeEntry({ ...c, id: 'd', source: 'two', link: 'https://mirror.example/d.html' });
  await commit(c, d);
  const withdrawn = async (story: string) => (await readStory({ redis, prefix: KEY_PREFIX }, story))?.withdrawn?.said;
  expect((await run('withdraw', 'c')).code).toBe(2);
  expect((await run('withdraw', 'https://mirror.example/d.html', '--reason', 'wrong')).out).toContain('story d');
  expect([await withdrawn('c'), await withdrawn('d')]).toEqual([undefined, 'wrong']);
  expect((await run('withdraw', 'c', '--reason', 'denied')).code).toBe(0);
  expect((await run('withdraw', 'c', '--reason', 'denied')).code).toBe(1);
  expect((await run('explain', 'c')).out).toContain('withdrawn by hand: denied');
  expect((await run('withdraw', '--undo', 'https://one.example/c.html')).code).toBe(0);
  expect(await withdrawn('c')).toBeUndefined();
  expect((await run('withdraw', '--undo', 'c')).code).toBe(1);
  expect((await run('withdraw', '--undo', 'none')).code).toBe(1);
});
