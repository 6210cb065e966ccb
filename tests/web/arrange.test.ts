import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { joinStories, splitEntries } from '../../src/store/stories/arrange.ts';
import type { ByHandOptions } from '../../src/store/stories/byhand.ts';
import { publishAgain, withdrawStory } from '../../src/store/stories/withdraw.ts';
import { readStory, resolveStory } from '../../src/store/stories/stories.ts';
import { ASSEMBLER } from '../../src/pipeline/assemble.ts';
import { until } from '../support/until.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { makeConfig, NOW, type RunningWeb, seedEntries, startWeb } from './seed.ts';

let redis: TestRedis;
let web: RunningWeb;

const byHand: ByHandOptions = { now: NOW, configVersion: 'c1', ledgerCount: 1000, assembler: ASSEMBLER };
const open = makeConfig();
const locked = {
  ...open,
  settings: {
    ...open.settings,
    server: { ...open.settings.server, admin: { user: 'ops', password: 'secret' } },
  },
};

beforeAll(async () => {
  redis = await startRedis();
  web = await startWeb(redis, {
    desk: {
      splitEntries: (entries) => splitEntries(web.store, entries, byHand),
      joinStories: (into, story) => joinStories(web.store, into, story, byHand),
      withdrawStory: (story, said) => withdrawStory(web.store, story, said, byHand),
      publishAgain: (story) => publishAgain(web.store, story, byHand),
    },
  });
  await seedEntries(web.store, [
    { id: 'lead', title: '巢湖大堤加固完工', at: NOW - 3000 },
    { id: 'copy', title: '巢湖大堤加固工程收尾', source: 'jsxw', joins: 'lead', at: NOW - 2000 },
    { id: 'other', title: '巢湖春季放鱼', at: NOW - 1000 },
  ]);
});
afterAll(async () => {
  await web.close();
  await redis.stop();
});

const HTML = { accept: 'text/html', 'accept-language': 'en' };
const post = (path: string, fields: Record<string, string>, headers: Record<string, string> = HTML) =>
  web.get(path, headers, { method: 'POST', body: new URLSearchParams(fields) });
const SURE = { sure: '1' };
const page = async (id: string, headers: Record<string, string> = HTML) =>
  (await web.get(`/stories/${id}`, headers)).text();

describe('the forms of a story', () => {
  test('ask a person first, in both languages, and change nothing until that is answered', async () => {
    const copies = async (id: string) => (await readStory(web.store, id))?.copies.map(({ entry }) => entry);
    const split = await post('/api/story/split', { entry: 'copy' });
    const asked = await split.text();
    expect([split.status, asked]).toEqual([200, expect.stringContaining('From “巢湖大堤加固完工”:')]);
    for (const said of ['巢湖大堤加固工程收尾', 'name="entry" value="copy"', 'name="sure" value="1"', '/stories/lead'])
      expect(asked).toContain(said);
    const zh = { ...HTML, 'accept-language': 'zh' };
    const join = await post('/api/story/join', { into: 'lead', story: `${web.url}/stories/other` }, zh);
    const joining = await join.text();
    expect([join.status, joining]).toEqual([200, expect.stringContaining('并入报道“巢湖大堤加固完工”：')]);
    for (const said of ['巢湖春季放鱼', '共 1 个版本', 'name="into" value="lead"', 'name="story" value="other"'])
      expect(joining).toContain(said);
    expect([await copies('lead'), await copies('other')]).toEqual([['lead', 'copy'], ['other']]);
  });

  test('split a copy off, and lead to its own page, which says why', async () => {
    const html = await page('lead');
    expect(html).toContain('action="/api/story/split"');
    expect(html).toContain('<option value="copy"');
    const answer = await post('/api/story/split', { entry: 'copy', ...SURE });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/stories/copy']);
    expect(await page('copy')).toContain('split by hand from story lead');
    expect(await page('copy', { ...HTML, 'accept-language': 'zh' })).toContain('人工从报道 lead 拆出');
    expect(await page('lead')).not.toContain('<option value="copy"');
  });

  test('join another story by the address of its page, which then leads here', async () => {
    const answer = await post('/api/story/join', { into: 'lead', story: `${web.url}/stories/other?lang=en`, ...SURE });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/stories/lead']);
    const old = await web.get('/stories/other', HTML);
    expect([old.status, old.headers.get('location')]).toEqual([301, '/stories/lead']);
    expect((await readStory(web.store, 'lead'))?.copies.map(({ entry }) => entry)).toEqual(['lead', 'other']);
  });

  test('say what was done by hand, and undo it', async () => {
    const undo = async (id: string) => {
      const [, form = ''] = /<section class="notice">(.*?)<\/section>/s.exec(await page(id)) ?? [];
      const fields = [...form.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [
        name,
        value,
      ]);
      const action = /action="([^"]+)"/.exec(form)?.[1] ?? '';
      return (await post(action, Object.fromEntries(fields) as Record<string, string>)).headers.get('location');
    };
    expect(await page('lead')).toContain('Merged in by hand: copies of story other (1)');
    expect(await undo('lead')).toBe('/stories/other');
    expect((await readStory(web.store, 'other'))?.copies.map(({ entry }) => entry)).toEqual(['other']);
    expect(await page('other')).toContain('Detached by hand from story <a href="/stories/lead">lead</a>');
    expect(await undo('other')).toBe('/stories/lead');
    expect((await readStory(web.store, 'lead'))?.copies.map(({ entry }) => entry)).toEqual(['lead', 'other']);
    web.set({ config: locked });
    expect(await page('lead')).not.toContain('Merged in by hand');
    web.set({ config: open });
  });

  test.each([
    ['/api/story/split', { entry: 'nobody' }, 404],
    ['/api/story/split', { entry: 'copy' }, 409],
    ['/api/story/join', { into: 'lead', story: 'other' }, 409],
    ['/api/story/join', { into: 'lead', story: 'nothing' }, 404],
    ['/api/story/join', {}, 404],
  ])('say what cannot be: %s %j', async (path, fields, status) => {
    const said = await post(path, fields, { accept: 'application/json' });
    expect(said.status).toBe(status);
    expect(await said.json()).toEqual({ error: expect.stringMatching(/./) as string });
    expect((await post(path, fields as Record<string, string>)).status).toBe(status);
  });

  test('withdraw a story for everyone but the desk, which says why and takes it back', async () => {
    const published = async () => (await (await web.get('/feeds/delta.json')).text()).includes('巢湖大堤加固完工');
    expect(await published()).toBe(true);
    const without = await post('/api/story/withdraw', { story: 'lead', reason: ' ' });
    expect([without.status, await without.text()]).toEqual([400, expect.stringContaining('Say why.')]);
    const answer = await post('/api/story/withdraw', { story: 'lead', reason: 'the outlet took it back' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/stories/lead']);
    // What a feed is answered with is looked at anew within a second.
    await until(async () => !(await published()), 'the feed without it');
    const atom = await (await web.get('/feeds/delta.atom')).text();
    expect(atom).toMatch(/<at:deleted-entry ref="urn:deltawire:story:lead" when="2026-[-T:.\d]+Z"\/>/);
    expect(atom).toContain('xmlns:at="http://purl.org/atompub/tombstones/1.0"');
    expect(await page('lead')).toContain('the outlet took it back');
    expect(await page('lead', { ...HTML, 'accept-language': 'zh' })).toContain('人工撤稿：the outlet took it back');
    expect((await post('/api/story/withdraw', { story: 'lead', reason: 'again' })).status).toBe(409);

    web.set({ config: locked });
    for (const path of ['/stories/lead', '/stories/lead.json']) {
      const gone = await web.get(path, HTML);
      expect([gone.status, await gone.text()]).toEqual([410, expect.not.stringContaining('巢湖大堤加固完工')]);
    }
    web.set({ config: open });
    expect((await post('/api/story/publish', { story: 'lead' })).status).toBe(303);
    await until(published, 'the feed with it');
    const tombstone = async () => (await (await web.get('/feeds/delta.atom')).text()).includes('deleted-entry');
    await until(async () => !(await tombstone()), 'the feed without its tombstone');
    expect((await post('/api/story/publish', { story: 'lead' })).status).toBe(409);
  });

  test('are not for other sites, nor for readers where there is a password', async () => {
    const foreign = { ...HTML, 'sec-fetch-site': 'cross-site' };
    expect((await post('/api/story/split', { entry: 'other' }, foreign)).status).toBe(403);
    web.set({ config: locked });
    const operator = { ...HTML, authorization: `Basic ${Buffer.from('ops:secret').toString('base64')}` };
    expect(await page('lead')).not.toContain('/api/story/');
    expect(await page('lead', operator)).toContain('/api/story/');
    expect((await post('/api/story/split', { entry: 'other' }, { accept: '*/*' })).status).toBe(401);
    expect((await post('/api/story/split', { entry: 'other' })).headers.get('location')).toContain('/login');
    expect(await resolveStory(web.store, 'other')).toBe('lead');
    expect((await post('/api/story/split', { entry: 'other', ...SURE }, operator)).status).toBe(303);
    web.set({ config: open });
  });
});
