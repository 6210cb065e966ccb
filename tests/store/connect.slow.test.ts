import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { redisServer } from '../support/programs.ts';
import { say } from '../../src/reasons/render.ts';
import { claimLayout, connectRedis, inspectRedis, readMemory, redisAddress } from '../../src/store/redis/connect.ts';

async function withServer<T>(
  settings: readonly string[],
  use: (redis: ReturnType<typeof connectRedis>) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'deltawire-connect-'));
  const socket = join(folder, 'r.sock');
  const server = spawn(redisServer(), ['--port', '0', '--unixsocket', socket, '--dir', folder, ...settings], {
    stdio: 'ignore',
  });
  const ended = new Promise((done) => server.once('exit', done));
  const redis = connectRedis({ socket }, 'worker');
  redis.on('error', () => undefined);
  try {
    return await use(redis);
  } finally {
    redis.disconnect();
    server.kill('SIGKILL');
    await ended;
    await rm(folder, { recursive: true, force: true });
  }
}

const BOUNDED = ['--maxmemory', '100mb'];

it('reads what memory is used, and how much may be', async () => {
  const bounded = await withServer(BOUNDED, (redis) => readMemory({ redis }));
  expect(bounded.maxBytes).toBe(100 * 1024 * 1024);
  expect(bounded.usedBytes).toBeGreaterThan(100_000);
  expect((await withServer([], (redis) => readMemory({ redis }))).maxBytes).toBeNull();
});

it.each([
  ['/run/redis.sock', { socket: '/run/redis.sock' }],
  ['unix:///run/redis.sock', { socket: '/run/redis.sock' }],
  ['redis://:secret@db.example:6379/1', { url: 'redis://:secret@db.example:6379/1' }],
])('takes REDIS_URL=%s for its address', (given, address) => {
  expect(redisAddress(given)).toEqual(address);
});

describe('inspectRedis', () => {
  const cases: { name: string; settings: string[]; finds: [string, RegExp][] }[] = [
    {
      name: 'append-only and noeviction',
      settings: ['--appendonly', 'yes', '--maxmemory-policy', 'noeviction', ...BOUNDED],
      finds: [],
    },
    {
      name: 'no bound',
      settings: ['--appendonly', 'yes', '--maxmemory-policy', 'noeviction'],
      finds: [['warn', /no maxmemory.*Set `maxmemory`/]],
    },
    {
      name: 'nothing on disk',
      settings: ['--appendonly', 'no', '--save', '', ...BOUNDED],
      finds: [['warn', /keeps nothing on disk/]],
    },
    {
      name: 'snapshots only',
      settings: ['--appendonly', 'no', '--save', '60 1', ...BOUNDED],
      finds: [['warn', /snapshots only/]],
    },
    {
      name: 'eviction with a limit',
      settings: ['--appendonly', 'yes', '--maxmemory', '100mb', '--maxmemory-policy', 'allkeys-lru'],
      finds: [['refuse', /allkeys-lru.*noeviction/]],
    },
    {
      name: 'eviction without a limit',
      settings: ['--appendonly', 'yes', '--maxmemory-policy', 'volatile-lru'],
      finds: [
        ['warn', /volatile-lru/],
        ['warn', /no maxmemory/],
      ],
    },
  ];
  it.each(cases)('$name', async ({ settings, finds }) => {
    const findings = await withServer(settings, (redis) => inspectRedis({ redis }));
    expect(findings.map(({ level }) => level)).toEqual(finds.map(([level]) => level));
    for (const [i, [, pattern]] of finds.entries()) expect(say(findings[i]?.why ?? '', 'en')).toMatch(pattern);
  });
});

describe('claimLayout', () => {
  it('refuses data of another layout', async () => {
    await withServer([], async (redis) => {
      const store = { redis, prefix: 'x:' };
      await claimLayout(store);
      await claimLayout(store);
      await redis.set('x:layout', '0');
      await expect(claimLayout(store)).rejects.toThrow(/has layout 0/);
    });
  });
});

describe('connectRedis', () => {
  it('fails a web command at once while Redis is away, and works when it is there', async () => {
    const redis = connectRedis({ socket: join(tmpdir(), 'deltawire-nobody.sock') }, 'web');
    redis.on('error', () => undefined);
    await expect(redis.get('a')).rejects.toThrow(/writeable|closed|max retries/i);
    redis.disconnect();
  });
});
