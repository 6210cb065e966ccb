/** Runs a private redis-server as a child: Unix socket, append-only file, restarted if it dies, stopped with the daemon. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import { Redis } from 'ioredis';
import { messageOf } from '../../text/messageof.ts';
import { lockFolder, socketPath } from './lock.ts';

/** A person can mend what this says; the daemon prints it as one line and exits. */
class RedisChildError extends Error {
  override readonly name = 'RedisChildError';
}

export interface RedisChild {
  readonly socket: string;
  /** Process id of the server that runs now; null while it restarts. */
  pid(): number | null;
  /** Stops the server with its data saved, and lets go of the folder. */
  stop(): Promise<void>;
}

/** Loading a large append-only file takes its time; beyond this something else is wrong. */
const START_MS = 60_000;
const STOP_MS = 6_000;
const FIRST_RESTART_MS = 100;
const MAX_RESTART_MS = 10_000;

const BINARIES = ['redis-server', 'valkey-server'];

export function findBinary(): string {
  const override = process.env['DELTAWIRE_REDIS_SERVER'];
  if (override !== undefined && override !== '') return override;
  for (const name of BINARIES)
    for (const folder of (process.env['PATH'] ?? '').split(delimiter))
      if (folder !== '' && existsSync(join(folder, name))) return join(folder, name);
  throw new RedisChildError(
    'no redis-server on this machine: install it (Debian, Ubuntu: apt-get install redis-server; macOS: brew install redis) or set REDIS_URL',
  );
}

/**
 * Starts the server on `folder`. `log` gets what a person should know (restarts).
 * Throws RedisChildError: no binary, the folder is in use, or the server does not come up.
 */
export async function startRedisChild(folder: string, log: (message: string) => void): Promise<RedisChild> {
  const binary = findBinary();
  const data = resolve(folder, 'redis');
  await mkdir(data, { recursive: true, mode: 0o700 });
  const lock = await lockFolder(folder);
  if (lock === null)
    throw new RedisChildError(
      `another deltawire uses the data folder ${resolve(folder)}: stop it, or set DELTAWIRE_DATA`,
    );
  const socket = socketPath(folder, 'redis.sock');
  const logFile = join(data, 'redis.log');
  let child: ChildProcess | null = null;
  let stopping = false;
  let restartMs = FIRST_RESTART_MS;
  let restartTimer: NodeJS.Timeout | undefined;

  const launch = (): ChildProcess => {
    const started = spawn(binary, settings(data, socket), { stdio: ['ignore', 'pipe', 'pipe'], detached: false });
    const out = createWriteStream(logFile, { flags: 'a' });
    started.stdout?.pipe(out, { end: false });
    started.stderr?.pipe(out, { end: false });
    started.once('error', (error) => log(`redis-server does not start: ${error.message}`));
    started.once('exit', (code, signal) => {
      out.end();
      child = null;
      if (stopping) return;
      log(
        `redis-server ended (${signal ?? `exit code ${code}`}); starting it again in ${restartMs} ms; its log is ${logFile}`,
      );
      restartTimer = setTimeout(() => {
        child = launch();
      }, restartMs);
      restartMs = Math.min(restartMs * 2, MAX_RESTART_MS);
    });
    return started;
  };

  try {
    await endOrphan(socket);
    child = launch();
    await answered(socket, () => child !== null);
    restartMs = FIRST_RESTART_MS;
  } catch (error) {
    stopping = true;
    clearTimeout(restartTimer);
    await stopServer(child);
    await lock.release();
    throw new RedisChildError(`redis-server does not come up: ${messageOf(error)}; its log is ${logFile}`);
  }

  return {
    socket,
    pid: () => child?.pid ?? null,
    async stop() {
      stopping = true;
      clearTimeout(restartTimer);
      await stopServer(child);
      await rm(socket, { force: true });
      await lock.release();
    },
  };
}

function settings(data: string, socket: string): string[] {
  const values = {
    port: '0',
    unixsocket: socket,
    unixsocketperm: '700',
    dir: data,
    pidfile: join(data, 'redis.pid'),
    daemonize: 'no',
    appendonly: 'yes',
    appendfsync: 'everysec',
    save: '',
    'maxmemory-policy': 'noeviction',
    // A crash can leave the file's tail torn; the rest is whole and loads.
    'aof-load-truncated': 'yes',
    loglevel: 'notice',
    logfile: '',
  };
  return Object.entries(values).flatMap(([name, value]) => [`--${name}`, value]);
}

/** A daemon that was killed leaves its server running on the folder that now is ours: end it before starting another. */
async function endOrphan(socket: string): Promise<void> {
  if (!existsSync(socket)) return;
  const redis = new Redis({ path: socket, lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    // It answers by closing the connection.
    await redis.call('SHUTDOWN', 'NOSAVE').catch(() => undefined);
    for (let waited = 0; waited < STOP_MS && existsSync(socket); waited += 50)
      await new Promise((done) => setTimeout(done, 50));
  } catch {
    // Nobody listens: only the file was left.
  } finally {
    redis.disconnect();
  }
  await rm(socket, { force: true });
}

async function answered(socket: string, running: () => boolean): Promise<void> {
  const redis = new Redis({ path: socket, lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 });
  redis.on('error', () => undefined);
  const deadline = Date.now() + START_MS;
  let last = 'no answer';
  try {
    while (Date.now() < deadline) {
      if (!running()) throw new Error('it ended at once');
      try {
        if (redis.status !== 'ready') await redis.connect();
        if ((await redis.ping()) === 'PONG') return;
      } catch (error) {
        last = messageOf(error);
      }
      await new Promise((done) => setTimeout(done, 10));
    }
  } finally {
    redis.disconnect();
  }
  throw new Error(last);
}

/** SIGTERM makes Redis write its append-only file and exit (redis.io, "Signals handling"). */
async function stopServer(child: ChildProcess | null): Promise<void> {
  if (child === null || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await ended;
  clearTimeout(timer);
}
