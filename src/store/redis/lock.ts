/** Locks a data folder for one daemon: the process that listens on the folder's socket holds it, and a crash frees it. */
import { randomBytes } from 'node:crypto';
import { constants, linkSync, lstatSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { reason } from '../../reasons/catalogue.ts';
import { ReasonError } from '../../reasons/whyof.ts';

/** sun_path holds 108 bytes on Linux and 104 on macOS, the closing zero included (unix(7)). */
const MAX_SOCKET_PATH_BYTES = 100;
/** A takeover that takes longer was left behind by a crash. */
const TAKEOVER_MS = 10_000;

/** File of the data folder that says where its sockets are; only its user reads it. */
const SOCKETS_FILE = 'sockets';

/**
 * Path of a socket in this folder; where the folder's own path is too long for one, in a folder of the temporary one that
 * only this user may enter, and whose name nobody can foresee: who made it first would listen in place of Redis.
 */
export function socketPath(folder: string, name: string): string {
  const path = join(resolve(folder), name);
  if (Buffer.byteLength(path) <= MAX_SOCKET_PATH_BYTES) return path;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const place = placeOf(join(folder, SOCKETS_FILE));
  try {
    mkdirSync(place, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const { uid, mode } = lstatSync(place);
  if (uid !== process.getuid?.() || (mode & 0o170_077) !== constants.S_IFDIR)
    throw new ReasonError(reason('start.socket-folder', { folder: place }));
  return join(place, name);
}

/** What the file says; where there is none yet, the first of those who write it at once decides. */
function placeOf(file: string): string {
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  writeFileSync(draft, join(tmpdir(), `deltawire-${randomBytes(16).toString('hex')}`), { flag: 'wx', mode: 0o600 });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
  return readFileSync(file, 'utf8');
}

export interface FolderLock {
  release(): Promise<void>;
}

/** Takes the lock; null where another running daemon holds it. */
export async function lockFolder(folder: string): Promise<FolderLock | null> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = socketPath(folder, 'lock.sock');
  for (let attempt = 0; attempt < 20; attempt++) {
    const server = await listen(path);
    if (server !== null) return { release: () => close(server) };
    if (await answers(path)) return null;
    // Nobody listens: a crash left the file. Two daemons that start now must not remove each other's.
    const takeover = `${path}.takeover`;
    try {
      await mkdir(takeover);
    } catch (error) {
      // Any other fault would read as a daemon that holds the folder.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      if (await isOld(takeover)) await rm(takeover, { recursive: true, force: true });
      await new Promise((done) => setTimeout(done, 50));
      continue;
    }
    try {
      if (!(await answers(path))) await rm(path, { force: true });
      const taken = await listen(path);
      if (taken !== null) return { release: () => close(taken) };
    } finally {
      await rm(takeover, { recursive: true, force: true });
    }
  }
  return null;
}

function listen(path: string): Promise<Server | null> {
  return new Promise((done, fail) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? done(null) : fail(error)));
    server.listen(path, () => {
      server.unref();
      done(server);
    });
  });
}

function answers(path: string): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      done(true);
    });
    socket.once('error', () => done(false));
  });
}

async function isOld(path: string): Promise<boolean> {
  try {
    return Date.now() - (await stat(path)).mtimeMs > TAKEOVER_MS;
  } catch {
    return false;
  }
}

function close(server: Server): Promise<void> {
  return new Promise((done) => server.close(() => done()));
}
