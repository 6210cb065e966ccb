/** Finds and ends the private redis-server that a killed daemon left running on a data folder that is ours by now. */
import { readFile, readlink, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { reason } from '../../reasons/catalogue.ts';
import { ReasonError } from '../../reasons/whyof.ts';
import { pingRedis } from './connect.ts';

/** A server that is alive answers at once; one that is stopped (SIGSTOP) never does. */
const ANSWER_MS = 1_500;
/** It writes what it holds and ends (redis.io, "Signals handling"); beyond this it is killed. */
const END_MS = 5_000;
const LOOK_MS = 25;

/** `log` is told of an orphan. Nothing holds the folder, nor its socket, when this returns. Throws where it cannot be ended. */
export async function endOrphan(data: string, socket: string, log: (message: string) => void): Promise<void> {
  const pid = await pidOf(data, socket);
  if (pid !== null) {
    log(`a redis-server of a daemon that was killed (process ${pid}) still holds ${data}: it is ended`);
    await shutDown(socket);
    if (!(await hasEnded(pid, END_MS))) await endProcess(pid, log);
  } else if (await shutDown(socket)) {
    const ends = performance.now() + END_MS;
    while (await shutDown(socket)) {
      if (performance.now() > ends) throw new ReasonError(reason('start.socket-taken', { socket }));
      await sleep(LOOK_MS);
    }
  }
  await rm(socket, { force: true });
}

/** Asks it to end; false where nobody answers. What it holds is in its append-only file. */
async function shutDown(socket: string): Promise<boolean> {
  const redis = new Redis({
    path: socket,
    lazyConnect: true,
    enableReadyCheck: false,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
    connectTimeout: ANSWER_MS,
    commandTimeout: ANSWER_MS,
  });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    await pingRedis({ redis });
    // It answers by closing the connection.
    await redis.call('SHUTDOWN', 'NOSAVE').catch(() => undefined);
    return true;
  } catch {
    return false;
  } finally {
    redis.disconnect();
  }
}

async function endProcess(pid: number, log: (message: string) => void): Promise<void> {
  process.kill(pid, 'SIGCONT');
  process.kill(pid, 'SIGTERM');
  if (await hasEnded(pid, END_MS)) return;
  log(`redis-server (process ${pid}) does not end by itself: it is killed`);
  process.kill(pid, 'SIGKILL');
  if (!(await hasEnded(pid, END_MS))) throw new ReasonError(reason('start.orphan', { pid: String(pid) }));
}

async function hasEnded(pid: number, withinMs: number): Promise<boolean> {
  for (const ends = performance.now() + withinMs; performance.now() < ends; await sleep(LOOK_MS))
    if (!(await isAlive(pid))) return true;
  return false;
}

async function isAlive(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // A process that ended and that nobody has asked for is none (proc(5), state Z).
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return !/\) Z /.test(stat);
}

/** The process that the folder's pid file names, where it is alive and a redis-server of this very folder. */
async function pidOf(data: string, socket: string): Promise<number | null> {
  const pid = Number(await readFile(join(data, 'redis.pid'), 'utf8').catch(() => ''));
  if (!Number.isInteger(pid) || pid <= 1 || pid === process.pid || !(await isAlive(pid))) return null;
  // Its title names its socket; it works in its folder. Without /proc (macOS), its socket alone tells of it.
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  if (!/redis-server|valkey-server/.test(command)) return null;
  const folder = await readlink(`/proc/${pid}/cwd`).catch(() => '');
  return command.includes(socket) || folder === (await realpath(data)) ? pid : null;
}
