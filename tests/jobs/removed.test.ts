/** A rule's count of stories is of those that an edition would have without it: one for all copies, at ingest and at placing. */
import type { Job } from 'bullmq';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runIngest } from '../../src/jobs/ingest.ts';
import type { IngestJob, PlaceJob } from '../../src/jobs/queues.ts';
import { runPlacing } from '../../src/jobs/replace.ts';
import type { Config } from '../../src/model/config.ts';
import type { ConfiguredRule } from '../../src/model/rule.ts';
import { createEditor } from '../../src/pipeline/editorial.ts';
import { readRuleCounts } from '../../src/store/ledger/rulecounts.ts';
import type { Store } from '../../src/store/redis/keys.ts';
import { makeConfig, makeEdition, makeSource } from '../support/configs.ts';
import { makeItem } from '../support/entries.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { threadless } from '../support/threadless.ts';

const NOW = Date.parse('2026-06-01T12:00:00+08:00');
const AT = { file: 'x.yaml', line: 1 };
const OF_EDITION: ConfiguredRule = { of: 'edition', id: 'anhui', list: 'drop', rule: '招聘', at: AT };
const OF_SOURCE: ConfiguredRule = { of: 'source', id: 'one', list: 'drop', rule: '彩票', at: AT };
const LATER: ConfiguredRule = { of: 'edition', id: 'anhui', list: 'drop', rule: '茶园', at: AT };
const RULES = [OF_EDITION, OF_SOURCE, LATER];

const configOf = (drop: readonly string[]): Config =>
  makeConfig({
    version: drop.join(' '),
    sources: [
      makeSource({ id: 'one', url: 'https://one.example/', drop: ['彩票'] }),
      makeSource({ id: 'two', url: 'https://two.example/' }),
    ],
    editions: [makeEdition({ id: 'anhui', regions: ['安徽省'], drop })],
    rules: RULES,
  });

let redis: TestRedis;
let store: Store;
beforeAll(async () => {
  redis = await startRedis();
  store = redis.store();
});
afterAll(() => redis.stop());

const removed = async () => (await readRuleCounts(store, RULES)).map((count) => [count.matches, count.removed]);
const jobOf = <T>(data: T) => ({ data, updateProgress: async () => undefined }) as unknown as Job<T>;

async function ingest(source: string, titles: Readonly<Record<string, string>>): Promise<void> {
  const config = configOf(['招聘']);
  const items = Object.entries(titles).map(([id, title]) => ({
    item: makeItem({
      id,
      title,
      content: `<p>${title}，${title}。${'主办方说明天继续。'.repeat(6)}</p>`,
      published: NOW,
    }),
    hash: title,
  }));
  const deps = {
    store,
    config: () => config,
    threads: threadless(config),
    log: pino({ level: 'silent' }),
    now: () => NOW,
    passed: { note: () => undefined },
    isAlone: () => true,
  };
  await runIngest(deps, jobOf<IngestJob>({ source, feedTitle: null, baseUrl: 'https://one.example/', items }));
}

test('counts stories that the edition would have, and each once', async () => {
  await ingest('one', {
    hefei: '合肥市秋季招聘会周末在体育馆举行',
    beijing: '北京市秋季招聘会周末在体育馆举行',
    lottery: '芜湖市福利彩票开出大奖',
    far: '成都市福利彩票开出大奖',
    tea: '黄山市茶园开采第一天',
  });
  expect(await removed()).toEqual([
    [2, 1],
    [2, 1],
    [0, 0],
  ]);
  await ingest('two', { copy: '合肥市秋季招聘会周末在体育馆举行' });
  await ingest('one', { hefei: '合肥市秋季招聘会周末在体育馆举行，现场报名' });
  expect((await removed())[0]).toEqual([4, 1]);
  // Another copy, which the rule does not match, keeps the story in the edition.
  await ingest('one', { road: '安庆市滨江大道今天全线建成通车' });
  await ingest('two', { road2: '安庆市滨江大道今天全线建成通车（附招聘启事）' });
  expect((await removed())[0]).toEqual([5, 1]);
});

test('counts what a new rule removes of what is stored', async () => {
  const config = configOf(['招聘', '茶园']);
  const editor = createEditor(config);
  const deps = { store, config: () => config, editor: async () => editor, now: () => NOW };
  expect(await runPlacing(deps, jobOf<PlaceJob>({ editions: [] }), undefined)).toEqual({ changed: 1 });
  expect((await removed())[2]).toEqual([0, 1]);
});
