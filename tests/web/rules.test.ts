import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildConfig } from '../../src/config/build.ts';
import { noChecks } from '../../src/config/schema/crosschecks.ts';
import { createDesk } from '../../src/daemon/operations.ts';
import { audienceOf, countRules, registerRules } from '../../src/store/ledger/rulecounts.ts';
import { ruleKey } from '../../src/text/ruletext.ts';
import type { Config } from '../../src/model/config.ts';
import { threadless } from '../support/threadless.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { NOW, type RunningWeb, startWeb } from './seed.ts';

const FILES = {
  'sources.yaml': `sources:
  - id: hfrb
    url: https://hfrb.example/rss.xml
    drop:
      - 招聘
      - title: 从不出现
`,
  'regions.yaml': 'exclusions:\n  - 合肥小馆\n',
};
let redis: TestRedis;
let web: RunningWeb;
let folder: string;
let config: Config;

beforeAll(async () => {
  redis = await startRedis();
  folder = await mkdtemp(join(tmpdir(), 'deltawire-rules-'));
  for (const [name, text] of Object.entries(FILES)) await writeFile(join(folder, name), text);
  const files = new Map(Object.entries(FILES).map(([name, text]) => [name as keyof typeof FILES, Buffer.from(text)]));
  const built = buildConfig(files, folder, {}, noChecks, NOW);
  if (!built.ok) throw new Error(JSON.stringify(built.faults));
  config = built.config;
  const store = { redis: redis.connect('web'), prefix: 't0:' };
  const desk = createDesk({
    folder,
    env: {},
    store,
    config: () => config,
    threads: threadless(config),
    now: () => NOW,
  });
  web = await startWeb(redis, { config, desk });
  await registerRules(web.store, config.rules, NOW - 1_000);
  const [first] = config.rules;
  const passed = [audienceOf('hfrb'), audienceOf(null)].map((audience) => [audience, 250] as const);
  await countRules(
    web.store,
    {
      matches: new Map([[first ? ruleKey(first) : '', 7]]),
      passed: new Map(passed),
      removed: new Map([[first ? ruleKey(first) : '', ['a', 'b', 'c']]]),
    },
    NOW - 500,
  );
});
afterAll(async () => {
  await web.close();
  await redis.stop();
  await rm(folder, { recursive: true, force: true });
});

const page = async (path: string) => (await web.get(path, { 'accept-language': 'en', accept: 'text/html' })).text();

test('/api/status gives each rule with its line, its matches and whether it never matched', async () => {
  const { rules } = (await (await web.get('/api/status')).json()) as { rules: object[] };
  expect(rules).toEqual([
    expect.objectContaining({
      id: 'hfrb',
      list: 'drop',
      rule: '招聘',
      matches: 7,
      removed: 3,
      passed: 250,
      idle: false,
    }),
    expect.objectContaining({ rule: { title: '从不出现' }, matches: 0, lastMatchAt: null, idle: true }),
    expect.objectContaining({ of: 'regions', rule: '合肥小馆', at: { file: 'regions.yaml', line: 2 }, idle: true }),
  ]);
  expect(rules[0]).toMatchObject({ at: { file: 'sources.yaml', line: 5 } });
});

test('the desk points out rules that never matched, and only those', async () => {
  const text = await page('/status');
  const idle = text.slice(text.indexOf('id="idle-rules"'));
  expect(idle).toContain('sources.yaml:6');
  expect(idle).toContain('regions.yaml:2');
  expect(idle).toContain('matched none of 250 entries');
  expect(text).not.toContain('sources.yaml:5');
});

test('the config page shows the rules of the file beside their lines', async () => {
  const text = await page('/config?file=sources.yaml');
  const table = text.slice(text.indexOf('id="rules"'));
  expect(table).toMatch(/sources\.yaml:5[\s\S]*?招聘[\s\S]*?>7</);
  expect(table).toMatch(/sources\.yaml:6[\s\S]*?从不出现[\s\S]*?never/);
  expect(table).not.toContain('regions.yaml:2');
});

test('/metrics counts them', async () => {
  expect(await (await web.get('/metrics')).text()).toContain('deltawire_rules{state="idle"} 2');
});
