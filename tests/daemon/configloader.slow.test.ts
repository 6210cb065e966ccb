import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/files/load.ts';
import { configLoader } from '../../src/daemon/configloader.ts';
import { CONFIG_CHECKS } from '../../src/pipeline/checks.ts';

const ENV = { DELTAWIRE_PORT: '8099' };
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deltawire-many-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const sources = (count: number) =>
  `sources:\n${Array.from({ length: count }, (_, i) => `  - {id: s${i}, name: 来源${i}, url: "https://h${i}.example/rss", schedule: auto, drop: [广告${i}]}`).join('\n')}\n`;

/** Runs `work`, and counts how often the event loop came round meanwhile. */
async function turnsDuring<T>(work: () => Promise<T>): Promise<{ readonly turns: number; readonly result: T }> {
  let turns = 0;
  let running = true;
  const turn = () => {
    turns++;
    if (running) setTimeout(turn, 1);
  };
  turn();
  const result = await work();
  running = false;
  return { turns, result };
}

it('loads many sources while everything else goes on, as it would here', { timeout: 300_000 }, async () => {
  await writeFile(join(folder, 'sources.yaml'), sources(5_000));
  const told: string[] = [];
  const load = configLoader(folder, ENV, (message) => told.push(message));
  const { turns, result } = await turnsDuring(load);
  const here = await turnsDuring(() => loadConfig(folder, ENV, CONFIG_CHECKS, Date.now()));
  expect(told).toEqual([]);
  if (!result.ok || !here.result.ok) throw new Error('the config is faulty');
  const { loadedAt: _, ...apart } = result.config;
  const { loadedAt: _here, ...same } = here.result.config;
  expect(apart).toEqual(same);
  expect(Object.isFrozen(result.config.sources[0])).toBe(true);
  // Here it came round while files were read, and not once in the seconds after.
  expect(turns).toBeGreaterThan(10 * here.turns);
});

it('tells the faults of many sources, too', { timeout: 300_000 }, async () => {
  await writeFile(join(folder, 'sources.yaml'), `${sources(1_000)}  - {id: s1, url: "ftp://x/"}\n`);
  const result = await configLoader(folder, ENV, () => undefined)();
  expect(result.ok).toBe(false);
  expect(result).toEqual(await loadConfig(folder, ENV, CONFIG_CHECKS, Date.now()));
});
