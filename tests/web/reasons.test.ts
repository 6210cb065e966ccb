/** Holds that reasons are Chinese on Chinese pages, and that the ledger and the metrics tell them apart by code. */
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import type { SourceState } from '../../src/model/source.ts';
import { DECISION_FAMILIES } from '../../src/reasons/catalogue.ts';
import { codes, ENGLISH, PROPER, sampleOf } from '../support/reasons.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { makeConfig, makeSource, type RunningWeb, seedEntries, seedSource, startWeb } from './seed.ts';

const decisions = codes.filter((code) => DECISION_FAMILIES.some((family) => code.startsWith(family)));
const repairs = codes.filter((code) => code.startsWith('repair.')).map(sampleOf);
const errors = codes.filter((code) => /^(?:fetch|feed)\./.test(code));
const nexts = codes.filter((code) => code.startsWith('poll.'));
const ids = errors.map((_, i) => `s${i}`);
let redis: TestRedis;
let web: RunningWeb;

beforeAll(async () => {
  redis = await startRedis();
  web = await startWeb(redis, { config: makeConfig({ sources: ids.map((id) => makeSource(id, { name: '样报' })) }) });
  await seedEntries(
    web.store,
    decisions.map((code, i) => ({
      id: `e${i}`,
      source: 's0',
      title: `消息之${i}`,
      dropped: { rule: 'region', reason: sampleOf(code) },
    })),
  );
  for (const [i, code] of errors.entries()) {
    const error = sampleOf(code);
    const state: Partial<SourceState> = { failures: 3, lastError: error, changed: i % 2 === 0 };
    const nextWhy = sampleOf(nexts[i % nexts.length] ?? 'poll.skip-times');
    await seedSource(web.store, `s${i}`, { ...state, nextWhy }, { outcome: 'failed', error, repairs });
  }
});
afterAll(async () => {
  await web.close();
  await redis.stop();
});

/** What a reader of the page sees, and what stands in its hints. */
async function textOf(path: string): Promise<string> {
  const html = await (await web.get(path, { accept: 'text/html', 'accept-language': 'zh-CN' })).text();
  return html.replaceAll(/<(script|style)[\s\S]*?<\/\1>|<[^>]+>/g, '\n').replaceAll(PROPER, '');
}

describe('a page in Chinese has no English sentence', () => {
  test.each([
    '/ledger',
    '/status',
    '/ledger?code=story.',
    '/ledger/entry?id=e3',
    ...ids.slice(0, 40).map((id) => `/status/source?id=${id}`),
  ])('%s', async (path) => {
    const text = await textOf(path);
    expect(text).toMatch(/[\u4e00-\u9fff]{4}/);
    expect(text.split('\n').filter((line) => ENGLISH.test(line))).toEqual([]);
  });
});

it('selects decisions by code and by family, and gives the code beside the sentence', async () => {
  const rowsOf = async (code: string) => {
    const answer = (await (await web.get(`/api/ledger?code=${code}&limit=500`)).json()) as {
      rows: { reason: string; reasonCode: string }[];
    };
    return answer.rows;
  };
  const stories = decisions.filter((code) => code.startsWith('story.'));
  expect((await rowsOf('story.')).map((row) => row.reasonCode).sort()).toEqual([...stories].sort());
  expect(await rowsOf('story.new')).toMatchObject([{ reason: 'no copy of it is known', reasonCode: 'story.new' }]);
  expect(await rowsOf('story.ne')).toEqual([]);
});

it('counts decisions by code', async () => {
  const figures = await (await web.get('/metrics')).text();
  for (const code of decisions) expect(figures).toContain(`deltawire_decisions_by_reason_total{code="${code}"} 1`);
});

it('gives texts and codes of a source', async () => {
  const answer = (await (await web.get('/api/status?source=s0')).json()) as Record<string, unknown>;
  expect(answer).toMatchObject({ lastErrorCode: errors[0], nextWhyCode: nexts[0], lastError: expect.any(String) });
  expect(answer['polls']).toMatchObject([{ errorCode: errors[0], repairCodes: repairs.map(({ code }) => code) }]);
});
