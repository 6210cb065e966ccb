/** Runs the real program as child processes, against feeds that a test serves on loopback. */
import { type ChildProcess, spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { until } from '../support/until.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
export const BIN = join(ROOT, 'bin/deltawire.js');
/** What users start. */
const STARTER = join(ROOT, 'bin/deltawire');

/** Feeds under /<name>.xml; the test changes what they hold. */
export interface FeedServer {
  readonly url: string;
  /** Titles of each feed's items, newest first. */
  readonly items: Map<string, string[]>;
  /** Time of each request, by feed. */
  readonly requests: Map<string, number[]>;
  close(): Promise<void>;
}

export async function serveFeeds(): Promise<FeedServer> {
  const items = new Map<string, string[]>();
  const requests = new Map<string, number[]>();
  const server = createServer((request, response) => {
    const name = request.url?.slice(1, -'.xml'.length) ?? '';
    requests.set(name, [...(requests.get(name) ?? []), Date.now()]);
    const titles = items.get(name);
    if (titles === undefined) {
      response.writeHead(500).end('broken');
      return;
    }
    const etag = `"${titles.length}"`;
    if (request.headers['if-none-match'] === etag) {
      response.writeHead(304).end();
      return;
    }
    response.writeHead(200, { etag, 'content-type': 'application/rss+xml' }).end(rss(name, titles));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    items,
    requests,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

function rss(name: string, titles: readonly string[]): string {
  const rows = titles.map(
    (title, i) =>
      `<item><title>${title}</title><link>https://news.example/${name}/${encodeURIComponent(title)}</link>` +
      `<guid isPermaLink="false">${name}-${title}</guid><pubDate>${new Date(Date.UTC(2026, 10, 1) - i * 60_000).toUTCString()}</pubDate>` +
      `<description>${title}。${'本报记者从现场发回消息，工程进展顺利，年内完工。'.repeat(4)}</description></item>`,
  );
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>${name}</title><link>https://news.example/</link>${rows.join('')}</channel></rss>`;
}

export interface Status {
  readonly idle: boolean;
  readonly totals: { entries: number; stories: number; kept: number; dropped: number; merged: number };
  readonly sources: readonly { id: string; state: string; lastError: string | null; lastPollAt: string | null }[];
  readonly config: {
    version: string;
    faults: readonly { file: string; line: number; column: number; message: string }[];
  };
}

export interface Program {
  readonly process: ChildProcess;
  readonly base: string;
  readonly output: () => string;
  /** Of a program that has its Redis: waits until it answers. */
  status(): Promise<Status>;
  /** Sends a signal and waits for the end; gives the exit code and the milliseconds it took. */
  end(signal: NodeJS.Signals): Promise<{ readonly code: number | null; readonly elapsedMs: number }>;
}

export interface Rig {
  readonly folder: string;
  readonly config: string;
  writeSources(yaml: string): Promise<void>;
  /** Resolves once it says `says`; without, once it runs. `within`: a command that runs it, as `nsenter`. */
  start(
    args?: readonly string[],
    env?: Readonly<Record<string, string>>,
    says?: string,
    within?: readonly string[],
  ): Promise<Program>;
  close(): Promise<void>;
}

export async function makeRig(): Promise<Rig> {
  const folder = await mkdtemp(join(tmpdir(), 'deltawire-daemon-'));
  const config = join(folder, 'config');
  await cp(join(ROOT, 'config'), config, { recursive: true });
  await writeFile(
    join(config, 'settings.yaml'),
    'fetch:\n  allowAddresses: ["127.0.0.0/8"]\n  perHostIntervalMs: 0\n  perHostConcurrency: 20\n',
  );
  const programs: Program[] = [];
  return {
    folder,
    config,
    writeSources: (yaml) => writeFile(join(config, 'sources.yaml'), yaml),
    async start(args = [], env = {}, says = 'deltawire runs', within = []) {
      const command = [...within, STARTER, 'start', '--config', config, ...args];
      const program = await launch(command, { DELTAWIRE_DATA: join(folder, 'data'), ...env }, says);
      programs.push(program);
      return program;
    },
    async close() {
      await Promise.all(programs.map((program) => program.end('SIGTERM')));
      // A private server whose daemon was killed outlives it until the next start.
      const pid = await readFile(join(folder, 'data/redis/redis.pid'), 'utf8').catch(() => '');
      if (pid !== '' && isAlive(Number(pid))) process.kill(Number(pid), 'SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function launch(
  [name = '', ...args]: readonly string[],
  env: Readonly<Record<string, string>>,
  says: string,
): Promise<Program> {
  const port = env['DELTAWIRE_PORT'] ?? String(await freePort());
  const child = spawn(name, args, {
    env: {
      PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`,
      DELTAWIRE_PORT: port,
      LOG_LEVEL: 'info',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<number | null>((done) => child.once('exit', done));
  const base = `http://127.0.0.1:${port}`;
  await until(
    () => output.includes(says) || child.exitCode !== null,
    () => {
      child.kill('SIGKILL');
      return `the daemon to start:\n${output}`;
    },
  );
  if (child.exitCode !== null) throw new Error(`the daemon ended at once:\n${output}`);
  return {
    process: child,
    base,
    output: () => output,
    async status() {
      let answer = await fetch(`${base}/api/status`);
      // A busy machine may have Redis answer late once.
      await until(async () => answer.ok || (answer = await fetch(`${base}/api/status`)).ok, 'the status');
      return (await answer.json()) as Status;
    },
    async end(signal) {
      const began = Date.now();
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      const code = await ended;
      return { code, elapsedMs: Date.now() - began };
    },
  };
}

/** What the program takes of memory, in MiB. */
export async function residentMb({ process: { pid } }: Program): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
}

/** Whether a process runs; one that ended and that nobody asked for does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return pid > 1 && !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
