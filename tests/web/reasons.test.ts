/** Holds that reasons are Chinese on Chinese pages, and that the ledger and the metrics tell them apart by code. */
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import type { SourceState } from '../../src/model/source.ts';
import { DECISION_FAMILIES } from '../../src/reasons/catalogue.ts';
import { codes, inChinese, readPage, sampleOf } from '../support/reasons.ts';
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
  const sources = ids.map((id) => makeSource(id, { name: '样报' }));
  const paused = makeSource('paused', { name: '样报', enabled: false });
  web = await startWeb(redis, { config: makeConfig({ sources: [...sources, paused] }) });
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

const HTML = { accept: 'text/html', 'accept-language': 'zh-CN' };

describe('a page in Chinese has no English sentence', () => {
  test.each([
    '/ledger',
    '/status',
    '/sources',
    '/ledger?code=story.',
    '/ledger/entry?id=e3',
    ...ids.slice(0, 40).map((id) => `/status/source?id=${id}`),
  ])('%s', async (path) => {
    expect(await readPage(await web.get(path, HTML))).toEqual(inChinese(200));
  });

  test.each([
    '?region=乌有乡',
    '?region=长三角',
    '?decision=lost',
    '?since=x&until=y',
    '?before=x',
    '?limit=0',
    '?region=x&decision=x&since=x&until=x&before=x&limit=x',
  ])('the ledger with a bad filter: %s', async (query) => {
    expect(await readPage(await web.get(`/ledger${query}`, HTML))).toEqual(inChinese(400));
  });

  test.each([
    '?region=乌有乡',
    `?region=${Array(21).fill('合肥').join(',')}`,
    '?source=nowhere',
    '?script=latin',
    '?q=a&q=b',
    `?q=${'字'.repeat(101)}`,
    '?page=0',
    '?page=2&after=x',
    '?after=1-a',
    '?day=2023-02-29',
    '?day=2023-02-01&page=1',
  ])('the home page with a bad filter: %s', async (query) => {
    expect(await readPage(await web.get(`/${query}`, HTML))).toEqual(inChinese(400));
  });

  test.each([
    ['a poll of a source that is not there', '/api/poll', 'source=nobody', 404],
    ['a trial of one', '/api/try', 'source=nobody', 404],
    ['a pause of one', '/api/pause', 'source=nobody', 404],
    ['a poll of one that is paused', '/api/poll', 'source=paused', 409],
    ['a copy split from no story', '/api/story/split', 'entry=nobody', 404],
    ['a story joined to none', '/api/story/join', 'into=a&story=b', 404],
    ['a form that is too long', '/api/poll', `source=${'x'.repeat(2_000_000)}`, 413],
  ])('%s', async (_, path, body, status) => {
    const headers = { ...HTML, 'content-type': 'application/x-www-form-urlencoded' };
    expect(await readPage(await web.get(path, headers, { method: 'POST', body }))).toEqual(inChinese(status));
  });

  test.each([
    ['no JSON', 'application/json', '{', 400],
    ['an image', 'image/png', 'x', 415],
  ])('%s in place of a form', async (_, type, body, status) => {
    const answer = await web.get('/api/poll', { ...HTML, 'content-type': type }, { method: 'POST', body });
    expect(await readPage(answer)).toEqual(inChinese(status));
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

it('answers a feed’s reader in the language that is asked for, in English without one', async () => {
  const said = async (headers: Record<string, string>) =>
    (await web.get('/feeds/delta.rss?region=乌有乡', headers)).text();
  expect(await said({})).toBe('region: no province, city, county or group is called "乌有乡"\n');
  expect(await said({ 'accept-language': 'zh-CN' })).toBe('地区：没有叫“乌有乡”的省、市、县或分组\n');
});

it('answers programs in English, or as they ask, with the code beside it', async () => {
  const answer = async (query: string) => (await web.get(`/api/ledger?region=乌有乡${query}`)).json();
  const errorCodes = ['request.region.unknown'];
  const error = 'region: no province, city, county or group is called "乌有乡"';
  expect(await answer('')).toEqual({ error, errorCodes });
  expect(await answer('&lang=zh')).toEqual({ error: '地区：没有叫“乌有乡”的省、市、县或分组', errorCodes });
  const source = async (query: string) => (await web.get(`/api/status?source=nobody${query}`)).json();
  expect(await source('')).toEqual({ error: 'there is no source "nobody"', errorCode: 'request.no-source' });
  expect(await source('&lang=zh')).toMatchObject({ error: '没有来源“nobody”' });
});
