import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reason } from '../../src/reasons/catalogue.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { launchBrowser } from './browser.ts';
import { makeHit, NOW, type RunningWeb, seedEntries, seedSource, startWeb } from './seed.ts';

let redis: TestRedis;
let web: RunningWeb;
let browser: Browser;

beforeAll(async () => {
  redis = await startRedis();
  web = await startWeb(redis);
  const hour = 3_600_000;
  await seedEntries(
    web.store,
    Array.from({ length: 45 }, (_, i) => ({
      id: `e${i}`,
      title: `合肥第 ${i} 条公交线路开通`,
      at: NOW - i * hour,
      source: i % 2 === 0 ? 'hfrb' : 'jsxw',
      regions: [makeHit(i % 2 === 0 ? '340104' : '320100')],
    })),
  );
  await seedEntries(web.store, [
    { id: 'copy', joins: 'e0', title: '合肥公交新線開通', script: 'hant', source: 'jsxw' },
  ]);
  await seedSource(web.store, 'hfrb');
  await seedSource(web.store, 'jsxw', { failures: 2, lastError: 'connect: ECONNREFUSED' });
  await web.deps.queues.poll.add('hfrb', { source: 'hfrb', why: 'asked' }, { delay: 3_600_000 });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await web.close();
  await redis.stop();
});

/** Opens a page and collects what the browser complains of: errors, policy violations, requests to elsewhere. */
async function open(
  path: string,
  options: {
    readonly width?: number;
    readonly dark?: boolean;
    readonly locale?: string;
    readonly script?: boolean;
  } = {},
): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1200, height: 900 },
    colorScheme: options.dark === true ? 'dark' : 'light',
    locale: options.locale ?? 'zh-CN',
    javaScriptEnabled: options.script ?? true,
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(web.url) && !request.url().startsWith('data:'))
      complaints.push(`asks ${request.url()}`);
  });
  await page.goto(web.url + path, { waitUntil: path.startsWith('/admin') ? 'networkidle' : 'load' });
  return { page, complaints };
}

describe.each([
  ['/', '合肥第 0 条公交线路开通'],
  ['/?region=340000', '蜀山区'],
  ['/stories/e0', '合肥公交新線開通'],
  ['/status', 'connect: ECONNREFUSED'],
  ['/status/source?id=jsxw', 'gb18030'],
  ['/sources', 'connect: ECONNREFUSED'],
  ['/ledger', '标题提到合肥'],
  ['/nowhere', '没有这个页面'],
])('%s', (path, content) => {
  test.each([
    ['on a desk', 1200, false],
    ['on a phone, in the dark', 375, true],
  ])('%s: shows its content, names its fields, without complaint, within the width', async (_name, width, dark) => {
    const { page, complaints } = await open(path, { width, dark });
    expect(await page.locator('main').innerText()).toContain(content);
    const wide = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
    expect(await page.evaluate(wide)).toBe(0);
    expect(complaints.filter((text) => path !== '/nowhere' || !text.includes('404'))).toEqual([]);
    const fields = page.locator(':is(input:not([type=hidden]), select, button, svg[role=img]):not(dialog *)');
    for (const field of await fields.all()) expect(await field.ariaSnapshot()).toMatch(/"[^"]+"/);
    expect(await page.locator('h1').count()).toBe(1);
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-Hans');
    await page.context().close();
  });
});

test('feeds are discovered from the home page and shown to people as a page', async () => {
  const { page, complaints } = await open('/');
  const links = await page
    .locator('link[rel=alternate]')
    .evaluateAll((all) => all.map((link) => link.getAttribute('href')));
  expect(links).toEqual(['rss', 'atom', 'json'].map((format) => `${web.url}/feeds/delta.${format}`));
  await page.goto(`${web.url}/feeds/delta.rss`, { waitUntil: 'networkidle' });
  const display = `getComputedStyle(document.querySelector('item > title')).display`;
  expect(await page.evaluate(display)).toBe('block');
  expect(await page.evaluate(`getComputedStyle(document.querySelector('item > guid')).display`)).toBe('none');
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('without scripts: the pages lead on, narrow, and poll', async () => {
  const { page } = await open('/', { script: false });
  await page.click('a[rel=next]');
  expect(await page.locator('.stories > li').count()).toBe(15);
  await page.fill('input[name=region]', '南京');
  await page.click('.narrow button');
  expect(await page.locator('.addresses input').first().inputValue()).toMatch(/delta\.rss\?region=/);
  expect(await page.locator('.stories').first().innerText()).not.toContain('蜀山区');
  await page.click('.masthead nav a[href="/status"]');
  web.polled.length = 0;
  await page.click('.attention button');
  expect(web.polled).toEqual([['jsxw']]);
  expect(page.url()).toBe(`${web.url}/status/source?id=jsxw`);
  await page.click('.language');
  expect(await page.locator('h1').innerText()).toContain('failing');
  await page.context().close();
});

test('status pages keep themselves up to date, each of them, until the server closes', async () => {
  const other = await startWeb(redis);
  const context = await browser.newContext({ locale: 'zh-CN' });
  const complaints: string[] = [];
  const open = async (path: string) => {
    const page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(error.message));
    const streaming = page.waitForResponse(/\/status\/live$/);
    await page.goto(other.url + path);
    expect((await streaming).headers()['content-type']).toBe('text/event-stream');
    await page.evaluate('globalThis.loaded = true');
    return page;
  };
  const status = await open('/status');
  const source = await open('/status/source?id=jsxw');
  expect(await status.locator('#faults').innerText()).toBe('');
  other.set({
    faults: [{ file: 'editions.yaml', line: 7, column: 3, why: reason('config.region.unknown', { region: '乌有乡' }) }],
  });
  await status.locator('#faults', { hasText: 'editions.yaml:7:3' }).waitFor();
  await seedSource(other.store, 'jsxw', { failures: 7, lastError: 'no route to the host', lastPollAt: NOW });
  await source.locator('#hint', { hasText: 'no route to the host' }).waitFor();
  expect(await status.evaluate('globalThis.loaded')).toBe(true);
  expect(await source.evaluate('globalThis.loaded')).toBe(true);
  await other.close();
  expect(complaints).toEqual([]);
  await context.close();
});

test('the job dashboard shows the queues and can pause one', async () => {
  const { page, complaints } = await open('/admin/queues');
  await page.locator('text=ingest').first().waitFor();
  await page.goto(`${web.url}/admin/queues/queue/poll?status=delayed`, { waitUntil: 'networkidle' });
  await page.locator('text=hfrb').first().waitFor();
  const paused = await page.evaluate(
    `fetch('/admin/queues/api/queues/poll/pause', { method: 'PUT' }).then((r) => r.status)`,
  );
  expect(paused).toBe(200);
  expect(await web.deps.queues.poll.isPaused()).toBe(true);
  expect(complaints).toEqual([]);
  await page.context().close();
});
