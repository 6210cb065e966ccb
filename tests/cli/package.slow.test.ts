/** The package as `npm pack` makes it, installed in an empty folder: every command that an operator begins with works there. */
import { execFile, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type FeedServer, freePort, serveFeeds, type Status } from '../daemon/rig.ts';
import { until } from '../support/until.ts';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
let folder: string;
let feeds: FeedServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deltawire-package-'));
  feeds = await serveFeeds();
  // As an operator's clone has it: built before it is packed.
  execFileSync(process.execPath, [join(ROOT, 'bin/deltawire.js'), '--version']);
  execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], { cwd: ROOT });
  install();
});
afterAll(async () => {
  await feeds.close();
  await rm(folder, { recursive: true, force: true });
});

/** Unpacks it beside what it depends on, and nothing else: what only tests or builds need is not there. */
function install(): void {
  const archive = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '';
  const modules = join(folder, 'node_modules');
  mkdirSync(join(modules, 'deltawire'), { recursive: true });
  execFileSync('tar', ['-xzf', join(folder, archive), '-C', join(modules, 'deltawire'), '--strip-components', '1']);
  const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean }>;
  };
  for (const [path, { dev }] of Object.entries(lock.packages)) {
    const isOwn = path === '' || path.lastIndexOf('node_modules/') > 0 || !existsSync(join(ROOT, path));
    if (isOwn || dev === true) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    symlinkSync(join(ROOT, path), join(folder, path));
  }
}

const BIN = () => join(folder, 'node_modules/deltawire/bin/deltawire.js');
const environment = (data: string, port: number) => ({
  PATH: process.env['PATH'] ?? '',
  DELTAWIRE_DATA: data,
  DELTAWIRE_PORT: String(port),
});

function run(data: string, ...args: string[]) {
  return new Promise<{ readonly code: number; readonly text: string }>((done) => {
    execFile(process.execPath, [BIN(), ...args], { env: environment(data, 1), cwd: folder }, (error, out, err) =>
      done({ code: error === null ? 0 : Number(error.code), text: out + err }),
    );
  });
}

/** Runs `deltawire ARGS` until `use` is done, from when it answers. */
async function running<T>(data: string, args: readonly string[], use: (base: string) => Promise<T>): Promise<T> {
  const port = await freePort();
  const child = spawn(process.execPath, [BIN(), ...args], {
    env: environment(data, port),
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = new Promise<number | null>((done) => child.once('exit', done));
  const base = `http://127.0.0.1:${port}`;
  try {
    await until(
      async () => (await fetch(`${base}/readyz`).catch(() => null))?.ok === true,
      `${args[0]} to be ready`,
      240_000,
    );
    return await use(base);
  } finally {
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  }
}

/** Entries that are stored; a busy machine's Redis may be late to say so. */
async function countEntries(base: string): Promise<number> {
  let count = -1;
  const ask = async () => {
    const response = await fetch(`${base}/api/status`);
    count = response.ok ? ((await response.json()) as Status).totals.entries : -1;
    return count >= 0;
  };
  await until(ask, 'the status', 120_000);
  return count;
}

it('shows the demo', async () => {
  await running('none', ['demo'], async (base) => {
    const items = async () => ((await (await fetch(`${base}/feeds/delta.json`)).json()) as { items: unknown[] }).items;
    await until(async () => (await items()).length > 5, 'stories', 240_000);
  });
  expect(existsSync(join(folder, 'none'))).toBe(false);
});

it('writes a config, checks it, runs, is backed up at work, and restores whole elsewhere', async () => {
  expect((await run('data', 'init')).code).toBe(0);
  expect(await run('data', 'check')).toMatchObject({ code: 0 });
  expect(await run('data', 'doctor')).toMatchObject({
    code: 1,
    text: expect.stringContaining('deltawire start') as string,
  });
  await writeFile(
    join(folder, 'config/settings.yaml'),
    'fetch: {allowAddresses: ["127.0.0.0/8"], perHostIntervalMs: 0}\n',
  );
  const sources = Array.from(
    { length: 8 },
    (_, i) => `  - {id: s${i}, url: "${feeds.url}/s${i}.xml", schedule: "* * * * * *"}`,
  );
  await writeFile(join(folder, 'config/sources.yaml'), `sources:\n${sources.join('\n')}\n`);
  let told = 0;
  const tell = () => {
    told++;
    for (let i = 0; i < sources.length; i++)
      feeds.items.set(
        `s${i}`,
        Array.from({ length: 20 }, (_, n) => `合肥第${told}批第${n}项工程在第${i}区开工`),
      );
  };
  tell();
  const before = await running('data', ['start'], async (base) => {
    await until(async () => (await countEntries(base)) >= 100, 'entries', 240_000);
    const timer = setInterval(tell, 500);
    try {
      const entries = await countEntries(base);
      const made = await run('data', 'backup', 'kept.tar.gz');
      expect(made).toMatchObject({ code: 0 });
      expect(await run('data', 'doctor')).toMatchObject({ code: 0 });
      return entries;
    } finally {
      clearInterval(timer);
    }
  });
  expect(await run('other', 'restore', 'kept.tar.gz', '--config', 'theirs')).toMatchObject({ code: 0 });
  await running('other', ['start', '--config', 'theirs', '--role', 'all'], async (base) => {
    expect(await countEntries(base)).toBeGreaterThanOrEqual(before);
    const looked = await run('other', 'doctor', '--config', 'theirs');
    expect(looked.text).toContain('every stored record can be read');
  });
});
