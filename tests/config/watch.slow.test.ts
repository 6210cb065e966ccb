/** Changes on disk, in all the ways that editors and deployments make them, are announced once, and only when real. */
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rename, rm, symlink, unlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Checks, noChecks } from '../../src/config/schema/crosschecks.ts';
import { loadConfig } from '../../src/config/files/load.ts';
import { configSignature, watchConfig } from '../../src/config/files/watch.ts';
import { say } from '../../src/reasons/render.ts';
import { until } from '../support/until.ts';

const sockets = createServer();
let root = '';
let folder = '';
let told: string[] = [];
/** Whole files read so far: each reading asks once for the region of the only source. */
let loads = 0;
const checks: Checks = {
  ...noChecks,
  regionProblem: () => {
    loads++;
    return null;
  },
};
let close: () => Promise<void> = async () => {};

const named = (id: string): string => `sources:\n  - {id: ${id}, url: "http://x.cn/", region: 合肥市}\n`;
const path = (name: string): string => join(folder, name);
/** What an editor takes between two steps of one save: part of the change itself, never a wait for its effect. */
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function start(before?: Parameters<typeof watchConfig>[3]): Promise<void> {
  const mine = told;
  const watcher = await watchConfig(
    folder,
    () => loadConfig(folder, {}, checks, Date.now()),
    {
      onConfig: ({ sources, settings }) => mine.push(`${sources.map(({ id }) => id).join()} ${settings.server.port}`),
      onFaults: (faults) => mine.push(faults.map(({ file, line, why }) => `${file}:${line} ${say(why, 'en')}`).join()),
    },
    before,
  );
  close = watcher.close;
}

async function untilTold(count: number): Promise<readonly string[]> {
  await until(() => told.length >= count, `${count} announcements; there are: ${told.join(' | ')}`);
  return told;
}

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'deltawire-watch-'));
  folder = join(root, 'config');
  told = [];
  await mkdir(folder);
  await writeFile(path('sources.yaml'), named('a'));
});
afterEach(async () => {
  await close();
  close = async () => {};
  await rm(root, { recursive: true, force: true });
});

/** Once a change that must stay silent has been read: one that must not. What comes first shows whether it was. */
async function thenB(loadsBefore: number): Promise<readonly string[]> {
  await until(() => loads > loadsBefore, 'the change to be read');
  await writeFile(path('sources.yaml'), named('b'));
  return untilTold(1);
}

describe('a change is announced', () => {
  const changes: readonly (readonly [string, () => Promise<void>, string])[] = [
    ['written in place', () => writeFile(path('sources.yaml'), named('b')), 'b 8480'],
    [
      'written beside and renamed over',
      async () => {
        await writeFile(path('.sources.yaml.swp'), named('b'));
        await rename(path('.sources.yaml.swp'), path('sources.yaml'));
      },
      'b 8480',
    ],
    [
      'moved away as a backup and written anew',
      async () => {
        await rename(path('sources.yaml'), path('sources.yaml~'));
        await pause(50);
        await writeFile(path('sources.yaml'), named('b'));
      },
      'b 8480',
    ],
    [
      'truncated, then written',
      async () => {
        await writeFile(path('sources.yaml'), '');
        await pause(200);
        await writeFile(path('sources.yaml'), named('b'));
      },
      'b 8480',
    ],
    ['an optional file made', () => writeFile(path('settings.yaml'), 'server: {port: 1}\n'), 'a 1'],
    [
      'the whole folder replaced',
      async () => {
        await mkdir(join(root, 'next'));
        await writeFile(join(root, 'next/sources.yaml'), named('b'));
        await rename(folder, join(root, 'old'));
        await rename(join(root, 'next'), folder);
      },
      'b 8480',
    ],
    [
      'several files at once',
      async () => {
        await writeFile(path('sources.yaml'), named('b'));
        await writeFile(path('settings.yaml'), 'server: {port: 1}\n');
      },
      'b 1',
    ],
  ];
  test.each(changes)('%s', async (_name, change, expected) => {
    await start();
    await change();
    expect(await untilTold(1)).toEqual([expected]);
  });

  test('a swap of the link behind the files, as a mounted ConfigMap makes it', async () => {
    for (const [version, id] of [
      ['v1', 'a'],
      ['v2', 'b'],
    ] as const) {
      await mkdir(path(version));
      await writeFile(path(`${version}/sources.yaml`), named(id));
    }
    await unlink(path('sources.yaml'));
    await symlink('v1', path('..data'));
    await symlink('..data/sources.yaml', path('sources.yaml'));
    await start();
    await symlink('v2', path('..data_tmp'));
    await rename(path('..data_tmp'), path('..data'));
    expect(await untilTold(1)).toEqual(['b 8480']);
  });

  test('made between loading and watching', async () => {
    const signature = await configSignature(folder);
    await writeFile(path('sources.yaml'), named('b'));
    await start({ version: '000000000000', signature });
    expect(await untilTold(1)).toEqual(['b 8480']);
  });

  test('and what was loaded before the watch is not loaded again', async () => {
    const before = loads;
    await start({ version: '000000000000', signature: await configSignature(folder) });
    expect(loads).toBe(before);
    await writeFile(path('sources.yaml'), named('b'));
    expect(await untilTold(1)).toEqual(['b 8480']);
  });

  test('one after the other', async () => {
    await start();
    for (const [index, id] of ['b', 'c', 'd'].entries()) {
      await writeFile(path('sources.yaml'), named(id));
      await untilTold(index + 1);
    }
    expect(told).toEqual(['b 8480', 'c 8480', 'd 8480']);
  });
});

describe('nothing is announced', () => {
  const silent: readonly (readonly [string, () => Promise<void>])[] = [
    ['for the same bytes written again', () => writeFile(path('sources.yaml'), named('a'))],
    ['for other files of the folder', () => writeFile(path('notes.yaml'), 'x: 1\n')],
    [
      'for a change taken back at once',
      async () => {
        await writeFile(path('sources.yaml'), named('z'));
        await writeFile(path('sources.yaml'), named('a'));
      },
    ],
  ];
  test.each(silent)('%s', async (_name, change) => {
    await start();
    const before = loads;
    await change();
    expect(await thenB(before)).toEqual(['b 8480']);
  });

  test('after closing', async () => {
    await start();
    await close();
    const closed = told;
    told = [];
    await start();
    // A second watcher tells of it: the first would have by then.
    await writeFile(path('sources.yaml'), named('b'));
    await untilTold(1);
    expect(closed).toEqual([]);
  });
});

describe('faults', () => {
  test('are told once, and clear when the last good content is back', async () => {
    await start();
    await writeFile(path('sources.yaml'), named('a').replace('url', 'ulr'));
    await untilTold(1);
    await writeFile(path('sources.yaml'), `# x\n${named('a').replace('url', 'ulr')}`);
    await untilTold(2);
    await writeFile(path('sources.yaml'), named('a'));
    expect(await untilTold(3)).toEqual([
      'sources.yaml:2 unknown key `ulr` – did you mean `url`?',
      'sources.yaml:3 unknown key `ulr` – did you mean `url`?',
      'a 8480',
    ]);
  });

  test('a removed file, then made again', async () => {
    await start();
    await unlink(path('sources.yaml'));
    const [fault] = await untilTold(1);
    expect(fault).toContain('the file is not in');
    await writeFile(path('sources.yaml'), named('b'));
    expect((await untilTold(2))[1]).toBe('b 8480');
  });

  test('a removed folder, then made again', async () => {
    await start();
    await rm(folder, { recursive: true });
    expect((await untilTold(1))[0]).toContain('is not there or cannot be read');
    await mkdir(folder);
    await writeFile(path('sources.yaml'), named('a'));
    expect((await untilTold(2))[1]).toBe('a 8480');
  });

  test('there from the start', async () => {
    await writeFile(path('sources.yaml'), 'sources: 3\n');
    await start();
    expect(told).toEqual([expect.stringContaining('`sources` is the number `3`')]);
  });
});

test.each<[name: string, put: (at: string) => Promise<unknown>]>([
  ['a pipe', async (at) => execFileSync('mkfifo', [at])],
  ['a folder', (at) => mkdir(at)],
  ['a socket', (at) => new Promise<void>((done) => void sockets.listen(at, done))],
  ['a device', (at) => symlink('/dev/zero', at)],
])('%s in the place of a file is a fault, and does not stop the watching', async (_name, put) => {
  await start();
  await put(path('settings.yaml'));
  await untilTold(1);
  expect(told[0]).toMatch(/^settings\.yaml:1 /);
  await new Promise<void>((done) => void sockets.close(() => done()));
  await rm(path('settings.yaml'), { recursive: true, force: true });
  await writeFile(path('settings.yaml'), 'server: {port: 8099}\n');
  await untilTold(2);
  expect(told[1]).toBe('a 8099');
});
