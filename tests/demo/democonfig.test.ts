import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/files/load.ts';
import { showFault } from '../../src/config/yaml/fault.ts';
import { writeDemoConfig } from '../../src/demo/democonfig.ts';
import { regionProblem } from '../../src/divisions/naming.ts';
import { ruleProblem } from '../../src/region/decide/rules.ts';
import type { Config } from '../../src/model/config.ts';
import { closeAll, start, START } from './servers.ts';

const SHIPPED = fileURLToPath(new URL('../../config', import.meta.url));
const checks = { regionProblem, ruleProblem };

const folders: string[] = [];

afterEach(async () => {
  await closeAll();
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true })));
});

async function written(
  digestAt: number | null = null,
): Promise<{ folder: string; sources: Awaited<ReturnType<typeof start>>['sources'] }> {
  const server = await start();
  const parent = await mkdtemp(join(tmpdir(), 'demo-config-'));
  folders.push(parent);
  const folder = join(parent, 'config');
  await writeDemoConfig(folder, SHIPPED, server, 18_480, digestAt);
  return { folder, sources: server.sources };
}

async function loaded(folder: string): Promise<Config> {
  const result = await loadConfig(folder, {}, checks, START);
  if (!result.ok) throw new Error(JSON.stringify(result.faults, null, 1));
  return result.config;
}

it('writes a config folder that loads without a fault and says what the server said', async () => {
  const { folder, sources } = await written();
  const config = await loaded(folder);
  expect(config.sources.map(({ id }) => id).sort()).toEqual(sources.map(({ id }) => id).sort());
  for (const source of sources) expect(config.sources.find(({ id }) => id === source.id)).toMatchObject(source);
  expect(config.settings.server.port).toBe(18_480);
  expect(config.settings.fetch).toMatchObject({
    allowAddresses: ['127.0.0.0/8', '::1/128'],
    perHostIntervalMs: 0,
    perHostConcurrency: 4,
  });
});

it('brings the shipped editions, regions and schemas along', async () => {
  const { folder } = await written();
  const shipped = (await readdir(SHIPPED)).filter((name) => name.endsWith('.schema.json'));
  expect(shipped.length).toBeGreaterThanOrEqual(4);
  for (const name of ['editions.yaml', 'regions.yaml', ...shipped]) {
    expect(await readFile(join(folder, name), 'utf8')).toBe(await readFile(join(SHIPPED, name), 'utf8'));
  }
});

it('has an edition of digests where that is asked for, and drops advertisements', async () => {
  const { folder } = await written(Date.UTC(2026, 0, 1, 23, 59));
  const config = await loaded(folder);
  expect(config.editions.at(-1)).toMatchObject({ id: 'anhui-zaobao', digest: { atMinute: 7 * 60 + 59, stories: 20 } });
  expect(config.sources.find(({ id }) => id === 'changjiang')?.drop).toEqual(['/^广告/']);
});

it('takes the edits that its comments invite', async () => {
  const { folder } = await written();
  const file = join(folder, 'sources.yaml');
  const text = await readFile(file, 'utf8');
  await writeFile(
    file,
    text.replace('enabled: false', 'enabled: true').replace('trust: 80', 'trust: 20\n    drop: [菜价]'),
  );
  const config = await loaded(folder);
  expect(config.sources.find(({ id }) => id === 'zhoumo')?.enabled).toBe(true);
  expect(config.sources.find(({ id }) => id === 'jianghuai')).toMatchObject({ trust: 20, drop: ['菜价'] });
  await writeFile(file, text.replace('    schedule:', '    schedul:'));
  const faulty = await loadConfig(folder, {}, checks, START);
  expect(faulty.ok ? [] : faulty.faults.map((fault) => showFault(fault, 'en')).join()).toContain('`schedule`');
});
