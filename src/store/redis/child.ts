/** Runs a private redis-server as a child: Unix socket, append-only file, restarted if it dies, stopped with the daemon. */
import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync, existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import { Redis } from 'ioredis';
import type { Reason, StoredReason } from '../../model/reason.ts';
import { reason } from '../../reasons/catalogue.ts';
import { say } from '../../reasons/render.ts';
import { ReasonError, whyOf } from '../../reasons/whyof.ts';
import { messageOf } from '../../text/messageof.ts';
import { isDamaged, repairAof } from './aofrepair.ts';
import { pingRedis } from './connect.ts';
import { endOrphan } from './orphan.ts';
import { lockFolder, socketPath } from './lock.ts';

/** A person can mend what this says; the daemon prints it as one line and exits. */
export class RedisChildError extends ReasonError {
  override readonly name = 'RedisChildError';
  /** True where another attempt may succeed once someone has mended something. */
  readonly canPass: boolean;
  constructor(why: Reason, canPass = true) {
    super(why);
    this.canPass = canPass;
  }
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
/** What it was told is with the system by then, and outlives it (`appendfsync everysec`). */
const STOP_MS = 2_000;
/** A server that has lived so long did not fail at its start. */
const GOOD_LIFE_MS = 30_000;
const ANSWER_MS = 1_500;
/** Processes may be short for a moment (EAGAIN); a program that is none stays none. */
const MOST_SPAWNS = 4;
const FIRST_RESTART_MS = 100;
const MAX_RESTART_MS = 10_000;

const BINARIES = ['redis-server', 'valkey-server'];

/**
 * Hashes with no value longer than these bytes, most entries and stories among them, are kept in one piece, which takes a
 * tenth less memory in all. The name is the one that Redis before 7 has; later ones and Valkey know it beside
 * `hash-max-listpack-value`.
 */
export const LEAN_HASHES = { 'hash-max-ziplist-value': '4096' };

export function findBinary(): string {
  const override = process.env['DELTAWIRE_REDIS_SERVER'];
  if (override !== undefined && override !== '') return override;
  for (const name of BINARIES)
    for (const folder of (process.env['PATH'] ?? '').split(delimiter))
      if (folder !== '' && existsSync(join(folder, name))) return join(folder, name);
  throw new ReasonError(reason('start.no-server'));
}

/**
 * Starts the server on `folder`. `log` gets what a person should know: restarts, an orphan, a repair. `signal` ends the start.
 * Throws RedisChildError: no binary, the folder is in use, the server does not come up, or the start was ended.
 */
export async function startRedisChild(
  folder: string,
  log: (message: string) => void,
  signal?: AbortSignal,
): Promise<RedisChild> {
  const binary = findBinary();
  const data = resolve(folder, 'redis');
  await mkdir(data, { recursive: true, mode: 0o700 });
  const lock = await lockFolder(folder);
  if (lock === null) throw new RedisChildError(reason('start.folder-taken', { folder: resolve(folder) }), false);
  const socket = socketPath(folder, 'redis.sock');
  const logFile = join(data, 'redis.log');
  const server = keepRunning({ binary, data, socket, logFile, log });
  try {
    await endOrphan(data, socket, log);
    server.launch();
    await answered(socket, server.ending, signal);
    server.answered();
  } catch (error) {
    await server.stop();
    await lock.release();
    throw new RedisChildError(reason('start.server-failed', { why: whyOf(error), log: logFile }));
  }
  return {
    socket,
    pid: server.pid,
    async stop() {
      await server.stop();
      await rm(socket, { force: true });
      await lock.release();
    },
  };
}

interface Running {
  readonly binary: string;
  readonly data: string;
  readonly socket: string;
  readonly logFile: string;
  readonly log: (message: string) => void;
}

/** Launches the server, and again where it ends or cannot be spawned; the pause between doubles until one has lived a while. */
function keepRunning({ binary, data, socket, logFile, log }: Running) {
  let child: ChildProcess | null = null;
  let stopping = false;
  let restartMs = FIRST_RESTART_MS;
  let restartTimer: NodeJS.Timeout | undefined;
  let hasAnswered = false;
  let failed: StoredReason | null = null;
  let repaired = false;
  let spawnFailures = 0;
  let earlyKills = 0;
  // A daemon that is cut off leaves no server behind.
  const kill = () => child?.kill('SIGKILL');
  process.on('exit', kill);

  const again = () => {
    restartTimer = setTimeout(launch, restartMs);
    restartMs = Math.min(restartMs * 2, MAX_RESTART_MS);
  };
  const ended = async (how: string, killed: boolean, livedMs: number) => {
    child = null;
    if (stopping) return;
    if (livedMs >= GOOD_LIFE_MS) restartMs = FIRST_RESTART_MS;
    if (!repaired && livedMs < GOOD_LIFE_MS && (await isDamaged(logFile))) {
      repaired = true;
      try {
        const copy = await repairAof(binary, data, new Date());
        log(`the end of the append-only file was damaged, and is cut off; a copy of all of it is in ${copy}`);
      } catch (error) {
        failed = whyOf(error);
        log(`redis-server: ${say(failed, 'en')}`);
      }
    } else if (!hasAnswered && (!killed || ++earlyKills >= MOST_SPAWNS)) failed = reason('start.server-ended', { how });
    if (stopping || (failed !== null && !hasAnswered)) return;
    log(`redis-server ended (${how}); starting it again in ${restartMs} ms; its log is ${logFile}`);
    again();
  };
  function launch(): void {
    const began = performance.now();
    // In a process group of its own: Ctrl-C in a terminal is for the daemon, which stops the server last.
    const started = spawn(binary, settings(data, socket), { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    const write = appendTo(logFile);
    started.stdout?.on('data', write);
    started.stderr?.on('data', write);
    started.once('error', (error) => {
      // Where a signal cannot be sent, the server runs on.
      if (started.pid !== undefined) return;
      spawnFailures++;
      child = null;
      if (stopping) return;
      if (!hasAnswered && spawnFailures >= MOST_SPAWNS) failed = whyOf(error);
      else {
        log(`redis-server cannot be started (${error.message}); trying again in ${restartMs} ms`);
        again();
      }
    });
    started.once('exit', (code, signal) => {
      void ended(signal ?? `exit code ${code}`, signal !== null, performance.now() - began);
    });
    child = started;
  }
  return {
    launch,
    pid: () => child?.pid ?? null,
    /** Why it will not come up; null while it may. */
    ending: () => failed,
    answered: () => {
      hasAnswered = true;
      restartMs = FIRST_RESTART_MS;
    },
    async stop() {
      stopping = true;
      clearTimeout(restartTimer);
      await stopServer(child);
      process.off('exit', kill);
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
    ...LEAN_HASHES,
    // A crash can leave the file's tail torn; the rest is whole and loads.
    'aof-load-truncated': 'yes',
    loglevel: 'notice',
    logfile: '',
  };
  return Object.entries(values).flatMap(([name, value]) => [`--${name}`, value]);
}

async function answered(
  socket: string,
  ending: () => StoredReason | null,
  signal: AbortSignal | undefined,
): Promise<void> {
  const redis = new Redis({
    path: socket,
    lazyConnect: true,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
    connectTimeout: ANSWER_MS,
    commandTimeout: ANSWER_MS,
  });
  redis.on('error', () => undefined);
  let deadline = performance.now() + START_MS;
  let last: string | null = null;
  try {
    while (performance.now() < deadline) {
      if (signal?.aborted === true) throw new ReasonError(reason('start.ended'));
      const why = ending();
      if (why !== null) throw typeof why === 'string' ? new Error(why) : new ReasonError(why);
      try {
        if (redis.status !== 'ready') await redis.connect();
        await pingRedis({ redis });
        return;
      } catch (error) {
        last = messageOf(error);
        // Loading a large file is no fault, however long it takes.
        if (last.startsWith('LOADING')) deadline = performance.now() + START_MS;
      }
      await new Promise((done) => setTimeout(done, 10));
    }
  } finally {
    redis.disconnect();
  }
  throw last === null ? new ReasonError(reason('start.server-silent')) : new Error(last);
}

/** SIGTERM makes Redis write its append-only file and exit (redis.io, "Signals handling"). */
/** A full disk is done without a log, until there is room: a server whose output nobody takes would stand still. */
function appendTo(logFile: string): (chunk: Buffer) => void {
  return (chunk) => {
    try {
      // At once: what it says at its end is looked at as soon as it ended.
      appendFileSync(logFile, chunk);
    } catch {
      // Said by the daemon itself.
    }
  };
}

async function stopServer(child: ChildProcess | null): Promise<void> {
  if (child === null || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await ended;
  clearTimeout(timer);
}
