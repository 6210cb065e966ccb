import { execFile, spawn } from 'node:child_process';
import { existsSync, statSync, symlinkSync } from 'node:fs';
import { appendFile, chmod, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RedisChild, startRedisChild } from '../../src/store/redis/child.ts';
import { connectRedis } from '../../src/store/redis/connect.ts';
import { lockFolder, socketPath } from '../../src/store/redis/lock.ts';
import { redisServer } from '../support/programs.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
let folder: string;
const children: RedisChild[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deltawire-child-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) await child.stop();
  await rm(folder, { recursive: true, force: true });
});

const start = async (log: string[] = []) => {
  const child = await startRedisChild(folder, (line) => log.push(line));
  children.push(child);
  return child;
};

const withRedis = async <T>(
  socket: string,
  use: (redis: ReturnType<typeof connectRedis>) => Promise<T>,
): Promise<T> => {
  const redis = connectRedis({ socket }, 'worker');
  redis.on('error', () => undefined);
  try {
    return await use(redis);
  } finally {
    redis.disconnect();
  }
};

const alive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe('startRedisChild', () => {
  it('keeps what was written over a stop and a start', async () => {
    const first = await start();
    await withRedis(first.socket, (redis) => redis.set('a', '1'));
    const pid = first.pid() ?? 0;
    await first.stop();
    expect(alive(pid)).toBe(false);
    const second = await start();
    expect(await withRedis(second.socket, (redis) => redis.get('a'))).toBe('1');
  });

  it('starts the server again when it dies, with its data, and says so', async () => {
    const log: string[] = [];
    const child = await start(log);
    await withRedis(child.socket, async (redis) => {
      await redis.set('a', '1');
      process.kill(child.pid() ?? 0, 'SIGKILL');
      expect(await redis.get('a')).toBe('1');
    });
    expect(log.join()).toContain('SIGKILL');
  });

  it('refuses a folder that another one uses, and names it', async () => {
    await start();
    await expect(startRedisChild(folder, () => undefined)).rejects.toThrow(`uses the data folder ${folder}`);
  });

  it('ends a server that a killed daemon left behind, and keeps its data', async () => {
    await mkdir(join(folder, 'redis'), { recursive: true });
    const socket = socketPath(folder, 'redis.sock');
    const orphan = spawn(
      redisServer(),
      ['--port', '0', '--unixsocket', socket, '--dir', join(folder, 'redis'), '--appendonly', 'yes'],
      {
        stdio: 'ignore',
      },
    );
    await withRedis(socket, (redis) => redis.set('a', '1'));
    const child = await start();
    expect(alive(orphan.pid ?? 0)).toBe(false);
    expect(await withRedis(child.socket, (redis) => redis.get('a'))).toBe('1');
  });

  it.each([
    ['zeros', Buffer.alloc(4_096)],
    ['garbage', Buffer.from('*3\r\n$3\r\nSET\r\n$1\r\nx\r\n$-7\r\nxx')],
  ])('repairs an append-only file that ends in %s, after a copy, and says so', async (_, tail) => {
    const first = await start();
    await withRedis(first.socket, (redis) => redis.set('a', '1'));
    await first.stop();
    const files = join(folder, 'redis/appendonlydir');
    const last = (await readdir(files)).find((name) => name.endsWith('.incr.aof')) ?? '';
    await appendFile(join(files, last), tail);
    const log: string[] = [];
    const second = await start(log);
    expect(await withRedis(second.socket, (redis) => redis.get('a'))).toBe('1');
    expect(log.join('\n')).toContain('damaged');
    const copies = (await readdir(join(folder, 'redis'))).filter((name) => name.includes('.damaged-'));
    expect(copies).toHaveLength(1);
  });

  it('tries again where the server cannot be spawned for a while', async () => {
    const binary = join(folder, 'server');
    process.env['DELTAWIRE_REDIS_SERVER'] = binary;
    const log: string[] = [];
    try {
      const starting = startRedisChild(folder, (line) => {
        log.push(line);
        if (log.length === 1) symlinkSync(redisServer(), binary);
      });
      children.push(await starting);
    } finally {
      delete process.env['DELTAWIRE_REDIS_SERVER'];
    }
    expect(log[0]).toContain('trying again');
  });

  it.each([
    ['comes up where the server is killed once as it starts', 1],
    ['is given up where the server is killed whenever it starts', 99],
  ])('%s', async (_, times) => {
    const binary = join(folder, 'server');
    const marks = join(folder, 'starts');
    // Lets so many starts end.
    const script = `#!/bin/sh\necho >> ${marks}\n[ $(wc -l < ${marks}) -le ${times} ] && kill -9 $$\nexec ${redisServer()} "$@"\n`;
    await writeFile(binary, script, { mode: 0o755 });
    process.env['DELTAWIRE_REDIS_SERVER'] = binary;
    const log: string[] = [];
    try {
      const started = await startRedisChild(folder, (line) => void log.push(line)).catch((error: Error) => error);
      if (!(started instanceof Error)) children.push(started);
      expect(started instanceof Error && started.message.includes('SIGKILL')).toBe(times > 1);
    } finally {
      delete process.env['DELTAWIRE_REDIS_SERVER'];
    }
    expect(log[0]).toContain('starting it again');
  });

  it('says in one line how to install a missing server', async () => {
    const path = process.env['PATH'];
    process.env['PATH'] = folder;
    try {
      await expect(startRedisChild(folder, () => undefined)).rejects.toThrow(/apt-get install redis-server/);
    } finally {
      process.env['PATH'] = path;
    }
  });

  it('fails with the log file named when the server does not come up, and lets go of the folder', async () => {
    const binary = join(folder, 'broken');
    await writeFile(binary, '#!/bin/sh\nexit 3\n', { mode: 0o755 });
    process.env['DELTAWIRE_REDIS_SERVER'] = binary;
    try {
      await expect(startRedisChild(folder, () => undefined)).rejects.toThrow(/does not come up: .*redis\.log/);
    } finally {
      delete process.env['DELTAWIRE_REDIS_SERVER'];
    }
    await start();
  });

  it('works in a folder whose path is too long for a socket', async () => {
    const deep = join(folder, 'x'.repeat(60), 'y'.repeat(60));
    const child = await startRedisChild(deep, () => undefined);
    children.push(child);
    expect(Buffer.byteLength(child.socket)).toBeLessThan(104);
    expect(await withRedis(child.socket, (redis) => redis.ping())).toBe('PONG');
  });
});

describe('sockets outside of the data folder', () => {
  const deep = () => join(folder, 'x'.repeat(60), 'y'.repeat(60));

  it('lie where nobody can foresee, in a folder that only their user may enter', async () => {
    const path = socketPath(deep(), 'redis.sock');
    const place = dirname(path);
    expect(place).toMatch(/deltawire-[0-9a-f]{32}$/);
    expect(statSync(place).mode & 0o777).toBe(0o700);
    expect(statSync(join(deep(), 'sockets')).mode & 0o777).toBe(0o600);
    expect(socketPath(deep(), 'lock.sock')).toBe(join(place, 'lock.sock'));
    // The temporary folder is cleared now and then.
    await rm(place, { recursive: true });
    expect(socketPath(deep(), 'redis.sock')).toBe(path);
    expect(statSync(place).mode & 0o777).toBe(0o700);
    await rm(place, { recursive: true });
    await rm(deep(), { recursive: true });
    expect(socketPath(deep(), 'redis.sock')).not.toBe(path);
    await rm(dirname(socketPath(deep(), 'redis.sock')), { recursive: true });
  });

  it.each(['a folder that others may enter', 'a link to another folder', 'a file'])(
    'are not put into %s',
    async (kind) => {
      const place = dirname(socketPath(deep(), 'redis.sock'));
      await rm(place, { recursive: true });
      if (kind.startsWith('a folder')) {
        await mkdir(place);
        await chmod(place, 0o755);
      } else if (kind.startsWith('a link')) await symlink(folder, place);
      else await writeFile(place, '');
      expect(() => socketPath(deep(), 'redis.sock')).toThrow('remove it');
      await expect(startRedisChild(deep(), () => undefined)).rejects.toThrow('remove it');
      await rm(place, { recursive: true });
    },
  );

  it('are at one place for all who ask at once', async () => {
    const script = `import('./src/store/redis/lock.ts').then(({ socketPath }) => console.log(socketPath(process.argv[1], 'lock.sock')))`;
    const ask = () =>
      promisify(execFile)(process.execPath, ['--import', 'tsx', '-e', script, deep()], { cwd: ROOT }).then(
        ({ stdout }) => stdout.trim(),
      );
    const asked = await Promise.all(Array.from({ length: 6 }, ask));
    expect(new Set(asked).size).toBe(1);
    expect(await readdir(deep())).toEqual(['sockets']);
    await rm(dirname(asked[0] ?? ''), { recursive: true });
  });
});

describe('lockFolder', () => {
  it('is held once, and free again after release', async () => {
    const lock = await lockFolder(folder);
    expect(lock).not.toBeNull();
    expect(await lockFolder(folder)).toBeNull();
    await lock?.release();
    const again = await lockFolder(folder);
    expect(again).not.toBeNull();
    await again?.release();
  });

  it('takes over from a holder that was killed', async () => {
    const path = socketPath(folder, 'lock.sock');
    const script = `require('net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`;
    await new Promise((done) => spawn(process.execPath, ['-e', script]).once('exit', done));
    expect(existsSync(path)).toBe(true);
    const lock = await lockFolder(folder);
    expect(lock).not.toBeNull();
    await lock?.release();
  });

  it('goes to one of many who ask at once after a crash', async () => {
    const path = socketPath(folder, 'lock.sock');
    const script = `require('net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`;
    await new Promise((done) => spawn(process.execPath, ['-e', script]).once('exit', done));
    const asked = await Promise.all(Array.from({ length: 8 }, () => lockFolder(folder)));
    const held = asked.filter((lock) => lock !== null);
    expect(held).toHaveLength(1);
    await held[0]?.release();
  });
});
