/** Everyday tasks in a real browser over real files, with the clicks that each takes counted. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/files/load.ts';
import { watchConfig } from '../../src/config/files/watch.ts';
import { createDesk } from '../../src/daemon/operations.ts';
import type { Config } from '../../src/model/config.ts';
import { CONFIG_CHECKS } from '../../src/pipeline/checks.ts';
import { endServer, listenOnLoopback } from '../support/loopback.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { threadless } from '../support/threadless.ts';
import { launchBrowser, logIn } from './browser.ts';
import { NOW, type RunningWeb, seedEntries, seedSource, startWeb } from './seed.ts';

const ENV = { DELTAWIRE_ADMIN: 'ops:pass' };
const FEED = `<rss version="2.0"><channel><title>青禾日报</title><link>https://qing.example/</link>
<item><title>合肥市新开一条公交线路</title><link>https://qing.example/a</link></item></channel></rss>`;
const SOURCES = Array.from(
  { length: 12 },
  (_, i) => `  - id: ribao-${i}\n    name: 第${i}日报\n    url: https://r${i}.example/rss\n    group: 安徽日报\n`,
);
const OTHER = '  - id: other\n    name: 江苏新闻\n    url: https://other.example/rss\n    group: 江苏\n';
const EDITIONS = 'editions:\n  - id: delta\n    title: 长三角\n    regions: [安徽]\n    drop: [彩票]\n';
const LONG_MS = 60_000;

let redis: TestRedis;
let web: RunningWeb;
let folder: string;
let outlet: Server;
let site: string;
let config: Config;
let stopWatching: () => Promise<void>;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let clicks = 0;

async function click(what: Locator): Promise<void> {
  clicks++;
  await what.click();
}
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
const main = (name: string) => page.locator('.masthead nav').getByRole('link', { name, exact: true });
const onDisk = (file = 'sources.yaml') => readFile(join(folder, file), 'utf8');
const notice = () => page.locator('.notice').innerText();

beforeAll(async () => {
  outlet = createServer((_request, response) => response.setHeader('content-type', 'application/rss+xml').end(FEED));
  site = await listenOnLoopback(outlet);
  folder = await mkdtemp(join(tmpdir(), 'deltawire-tasks-'));
  await writeFile(join(folder, 'sources.yaml'), `# 我的来源\nsources:\n${SOURCES.join('')}${OTHER}`);
  await writeFile(join(folder, 'editions.yaml'), EDITIONS);
  await writeFile(join(folder, 'settings.yaml'), 'fetch:\n  allowAddresses: [127.0.0.0/8]\n');
  const loaded = await loadConfig(folder, ENV, CONFIG_CHECKS, NOW);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.faults));
  config = loaded.config;
  redis = await startRedis();
  const store = redis.store();
  const desk = createDesk({
    folder,
    env: ENV,
    store,
    config: () => config,
    threads: threadless(config),
    now: () => NOW,
  });
  web = await startWeb(redis, { config, store, desk });
  const handlers = {
    onConfig: (changed: Config) => web.set({ config: (config = changed) }),
    onFaults: () => undefined,
  };
  const watcher = await watchConfig(folder, () => loadConfig(folder, ENV, CONFIG_CHECKS, Date.now()), handlers);
  stopWatching = () => watcher.close();
  await seedEntries(web.store, [
    { id: 'lead', title: '合肥地铁新线开通', source: 'other', editions: ['delta'] },
    { id: 'copy', title: '合肥地铁今日开通', source: 'ribao-0', joins: 'lead', editions: ['delta'] },
  ]);
  await seedSource(web.store, 'other', { failures: 3, lastError: 'connect: ECONNREFUSED' });
  browser = await launchBrowser();
  context = await browser.newContext({ locale: 'zh-CN' });
  await logIn(context, web.url, 'ops', 'pass');
  page = await context.newPage();
}, LONG_MS);
beforeEach(async () => {
  await page.goto(`${web.url}/status`);
  clicks = 0;
  web.polled.length = 0;
});
afterAll(async () => {
  await browser.close();
  await stopWatching();
  await web.close();
  await redis.stop();
  await endServer(outlet);
  await rm(folder, { recursive: true });
});

test('a failing source is polled: one click', { timeout: LONG_MS }, async () => {
  await click(page.locator('#attention li', { hasText: '江苏新闻' }).getByRole('button', { name: '立即抓取' }));
  await expect.poll(() => web.polled).toEqual([['other']]);
  expect(clicks).toBeLessThanOrEqual(2);
});

test('a source is added by its address: three clicks', { timeout: LONG_MS }, async () => {
  await click(main('来源'));
  await page.locator('input[name=address]').fill(site);
  await click(button('查看并试抓取'));
  await page.locator('#trial', { hasText: '合肥市新开一条公交线路' }).waitFor();
  await click(button('保存'));
  await page.locator('h1', { hasText: '青禾日报' }).waitFor();
  expect(await notice()).toContain('已添加');
  expect(await onDisk()).toContain(`name: 青禾日报\n    url: ${site}`);
  expect(clicks).toBeLessThanOrEqual(3);
});

test('ten sources are paused: four clicks', { timeout: LONG_MS }, async () => {
  await click(main('来源'));
  await click(page.getByRole('checkbox', { name: '选择 第0日报' }));
  clicks++;
  await page.getByRole('checkbox', { name: '选择 第9日报' }).click({ modifiers: ['Shift'] });
  expect(await page.locator('.bulk output').innerText()).toBe('已选 10 个');
  await click(button('暂停'));
  await page.waitForURL(/done=pause/);
  expect(await notice()).toBe('已暂停：10 个来源。');
  expect((await onDisk()).match(/enabled: false/g)?.length).toBe(10);
  expect(clicks).toBeLessThanOrEqual(4);
});

test('a source is removed with its stories: three clicks', { timeout: LONG_MS }, async () => {
  await click(main('来源'));
  await click(button('移除 江苏新闻'));
  await click(button('移除，并撤下它的条目'));
  await page.waitForURL(/done=remove/);
  expect(await onDisk()).not.toContain('id: other');
  await page.goto(`${web.url}/stories/lead`);
  expect(await page.locator('main').innerText()).not.toContain('合肥地铁新线开通');
  expect(await page.locator('h1').innerText()).toBe('合肥地铁今日开通');
  expect(clicks).toBeLessThanOrEqual(3);
});

test('a drop rule is written, previewed and saved: five clicks', { timeout: LONG_MS }, async () => {
  await click(main('配置'));
  await click(page.getByRole('link', { name: 'editions.yaml', exact: true }));
  await page.locator('textarea').fill((await onDisk('editions.yaml')).replace('[彩票]', '[彩票, 地铁]'));
  await click(button('预览'));
  await page.locator('#preview', { hasText: '长三角：增加 0，减少 1' }).waitFor();
  await click(button('保存'));
  await page.waitForURL(/saved=backups/);
  expect(await onDisk('editions.yaml')).toContain('[彩票, 地铁]');
  expect(clicks).toBeLessThanOrEqual(5);
});

test('the same list is worked by the keyboard alone', { timeout: LONG_MS }, async () => {
  await page.goto(`${web.url}/sources?q=${encodeURIComponent('第1日报')}`);
  const focus = async (name: RegExp) => {
    for (let i = 0; i < 40; i++) {
      await page.keyboard.press('Tab');
      const label = await page.evaluate<string>(
        `document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent`,
      );
      if (name.test(label)) return;
    }
    throw new Error(`no ${name} among what the Tab key reaches`);
  };
  await focus(/^选择 第1日报$/);
  await page.keyboard.press('Space');
  await focus(/^恢复 第1日报$/);
  await page.keyboard.press('Enter');
  await page.waitForURL(/done=resume/);
  expect(await onDisk()).toMatch(/id: ribao-1\n {4}enabled: true/);
});

test('settings are changed in a form, and the file opens at the block', { timeout: LONG_MS }, async () => {
  await page.goto(`${web.url}/sources/edit?source=ribao-3`);
  await page.locator('input[name=region]').fill('乌有乡');
  await button('保存').click();
  expect(await notice()).toMatch(/sources\.yaml:\d+:\d+ 没有地区“乌有乡”/);
  await page.locator('input[name=region]').fill('合肥市');
  await page.locator('input[name=trust]').fill('80');
  await page.locator('input[name=group]').fill('');
  await button('保存').click();
  await page.waitForURL(/done=edited/);
  expect(await page.locator('pre.numbered').innerText()).toMatch(
    /region: 合肥市[\s\S]*trust: 80|trust: 80[\s\S]*region: 合肥市/,
  );
  expect(await page.locator('pre.numbered').innerText()).not.toContain('group:');
  const first = Number(await page.locator('pre.numbered .line').first().getAttribute('data-line'));
  await page.getByRole('link', { name: '编辑 sources.yaml' }).click();
  const chosen = await page.evaluate<string>(
    `(({ value, selectionStart, selectionEnd }) => value.slice(selectionStart, selectionEnd))(document.activeElement)`,
  );
  expect(chosen).toBe('  - id: ribao-3');
  const lines = (await page.locator('#config-lines').innerText()).split('\n');
  expect(lines[first - 1]).toBe(String(first));
  expect(lines.length).toBe((await onDisk()).split('\n').length);
  await page.keyboard.press('End');
  await page.keyboard.type('\n    nonsense: 1');
  await page.locator('#config-faults', { hasText: /nonsense/ }).waitFor();
});

test('without scripts the list’s form works as well', { timeout: LONG_MS }, async () => {
  const bare = await browser.newContext({ locale: 'zh-CN', javaScriptEnabled: false });
  await logIn(bare, web.url, 'ops', 'pass');
  const plain = await bare.newPage();
  await plain.goto(`${web.url}/sources`);
  await plain.getByRole('checkbox', { name: '选择整个分组“安徽日报”' }).check();
  await plain.locator('.bulk').getByRole('button', { name: '恢复' }).click();
  await plain.waitForURL(/done=resume/);
  expect((await onDisk()).match(/enabled: true/g)?.length).toBeGreaterThanOrEqual(10);
  await bare.close();
});
