import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { reason } from '../../src/reasons/catalogue.ts';
import { endBeat, writeBeat } from '../../src/store/beats.ts';
import { noteReaching } from '../../src/store/sources/network.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { englishIn } from '../support/reasons.ts';
import { makeConfig, makeHit, makeSource, NOW, type RunningWeb, seedEntries, seedSource, startWeb } from './seed.ts';

const HOUR_MS = 3_600_000;
const IDS = ['a', 'b', 'c', 'd', 'e', 'f'];
let redis: TestRedis;
let web: RunningWeb;

beforeAll(async () => {
  redis = await startRedis();
  const sources = [...IDS.map((id) => makeSource(id)), makeSource('paused', { enabled: false }), makeSource('broken')];
  web = await startWeb(redis, { config: makeConfig({ sources }) });
  await seedEntries(web.store, [
    { id: 'today', at: NOW - 23 * HOUR_MS, regions: [makeHit('340104')] },
    { id: 'yesterday', at: NOW - 25 * HOUR_MS, regions: [makeHit('340100')] },
    { id: 'lately', at: NOW - 6 * 24 * HOUR_MS, regions: [makeHit('320100')] },
    { id: 'before', at: NOW - 8 * 24 * HOUR_MS, regions: [makeHit('340200')] },
  ]);
  for (const id of IDS) {
    const lastError = reason('fetch.dns.silent', { host: `${id}.example` });
    await seedSource(web.store, id, { failures: 2, lastError });
  }
  await seedSource(web.store, 'paused');
  await seedSource(web.store, 'broken', {
    failures: 1,
    lastError: reason('fetch.status.other', { host: 'x', status: 500 }),
  });
});
afterAll(async () => {
  await web.close();
  await redis.stop();
});

const page = async (path = '/status', language = 'en') =>
  (await web.get(path, { accept: 'text/html', 'accept-language': language })).text();
const section = (html: string, id: string) =>
  html.split(new RegExp(`id="${id}"[^>]*>`))[1]?.split('</section>')[0] ?? '';
const textOf = (html: string) => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');

const BEAT = {
  host: 'news-01',
  pid: 7,
  version: '0.1.0',
  since: NOW - 2 * HOUR_MS,
  beatAt: NOW - 4_000,
  busy: 3,
  clockSetMs: 0,
};

describe('processes', () => {
  afterEach(() => endBeat(web.store, BEAT));

  test('that nobody works is said in red', async () => {
    await writeBeat(web.store, { ...BEAT, roles: ['scheduler'] });
    const processes = section(await page(), 'processes');
    expect(processes).toMatch(/class="pill none bad">no worker runs</);
    expect(processes).not.toContain('no scheduler runs');
  });

  test('each is told with host, roles, start, beat, load and version', async () => {
    await writeBeat(web.store, { ...BEAT, roles: ['worker', 'web'] });
    const processes = textOf(section(await page(), 'processes'));
    expect(processes).toMatch(/news-01 7 worker, web 2 h ago 4 s ago 3 0\.1\.0/);
    expect(processes).toContain('no scheduler runs');
  });

  test('they come before all else but what keeps the daemon from working', async () => {
    const html = await page();
    const at = ['id="stops"', 'id="processes"', 'id="flow"', 'id="attention"'].map((id) => html.indexOf(id));
    expect(at).toEqual(at.toSorted((a, b) => a - b));
    expect(Math.min(...at)).toBeGreaterThan(0);
  });
});

test('a paused source has no next poll, in the list, on its page and in the JSON', async () => {
  const row = (await page('/sources?q=paused')).split('<tr>').find((one) => one.includes('id=paused')) ?? '';
  expect(row).toMatch(/data-label="Next poll"><span class="faint">–<\/span><\/td>/);
  expect(await (await web.get('/api/status?source=paused')).json()).toMatchObject({ nextPollAt: null, nextWhy: null });
  expect(await (await web.get('/api/status?source=a')).json()).not.toMatchObject({ nextPollAt: null });
});

test('a machine that is offline is said once, and sources that fail for another reason stay', async () => {
  const before = section(await page(), 'attention');
  expect(before.split('<li').length - 1).toBe(7);
  for (const id of IDS) await noteReaching(web.store, { host: id, source: id, now: NOW, reached: false });
  const during = section(await page(), 'attention');
  expect(textOf(during)).toContain('6 sources cannot be reached');
  expect(during.split('<li').length - 1).toBe(1);
  expect(during).toContain('id=broken');
  await noteReaching(web.store, { host: 'a', source: 'a', now: NOW, reached: true });
  expect(section(await page(), 'attention').split('<li').length - 1).toBe(7);
});

describe('cities', () => {
  const map = async (path: string) => section(await page(path), 'coverage');

  test.each([
    ['/status', '合肥 1', ['合肥', '南京']],
    ['/status?span=week', '合肥 2, 南京 1', ['合肥', '南京', '芜湖']],
  ])('%s tells what came, and of which city nothing did', async (path, told) => {
    const html = await map(path);
    const count = path === '/status' ? 40 : 39;
    expect(html).toMatch(new RegExp(`aria-label="Stories by city, [^"]*: ${told}; cities with none: ${count}"`));
    expect(html.match(/class="nothing"/g)).toHaveLength(count);
    const silent = html.split('class="silent"')[1]?.split('</div>')[0] ?? '';
    expect(silent).toContain('芜湖');
    expect(silent).not.toContain('合肥');
  });

  test('the map has a tile for each city of the four provinces, none on another', async () => {
    const tiles = [...(await map('/status')).matchAll(/translate\(([^)]+)\)/g)].map(([, at]) => at);
    expect(tiles).toHaveLength(41);
    expect(new Set(tiles).size).toBe(41);
  });

  test('no English stands on the Chinese page, and no Chinese but names on the English one', async () => {
    const zh = section(await page('/status', 'zh-CN'), 'coverage').replaceAll(/<[^>]+>/g, '\n');
    expect(englishIn(zh)).toEqual([]);
    expect(textOf(section(await page(), 'processes'))).not.toMatch(/\p{Script=Han}/u);
  });

  test('the metrics tell them by code', async () => {
    const metrics = await (await web.get('/metrics')).text();
    expect(metrics).toContain('deltawire_city_stories{code="340100",city="合肥",span="week"} 2');
    expect(metrics).toContain('deltawire_city_stories{code="340200",city="芜湖",span="day"} 0');
  });
});
