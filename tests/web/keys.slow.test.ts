/** Holds how few clicks and keys everyday acts take in a real browser, and that keys alone lead everywhere. */
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ASSEMBLER } from '../../src/pipeline/assemble.ts';
import { reason } from '../../src/reasons/catalogue.ts';
import { publishAgain, withdrawStory } from '../../src/store/stories/withdraw.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { launchBrowser } from './browser.ts';
import { makeHit, NOW, type RunningWeb, seedEntries, startWeb } from './seed.ts';

const HOUR_MS = 3_600_000;
let redis: TestRedis;
let web: RunningWeb;
let browser: Browser;
let page: Page;
let complaints: string[] = [];
/** Clicks, keys, and texts typed: each counts one. */
let acts = 0;

beforeAll(async () => {
  redis = await startRedis();
  const store = redis.store();
  const options = { now: NOW, configVersion: 'c', ledgerCount: 1_000, assembler: ASSEMBLER };
  web = await startWeb(redis, {
    store,
    desk: {
      withdrawStory: (story, said) => withdrawStory(store, story, said, options),
      publishAgain: (story) => publishAgain(store, story, options),
    },
  });
  await seedEntries(web.store, [
    { id: 'first', title: '肥西县新建三座水库', at: NOW - HOUR_MS, regions: [makeHit('340123')] },
    { id: 'second', title: '合肥地铁五号线开通', at: NOW - 2 * HOUR_MS },
    { id: 'third', title: '南京灯会开幕', at: NOW - 3 * HOUR_MS, regions: [makeHit('320100')] },
    {
      id: 'lost',
      title: '成都新开公交线路',
      regions: [],
      dropped: { rule: 'source.drop', reason: reason('source.drop', { rule: '"成都"' }) },
    },
  ]);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await web.close();
  await redis.stop();
});
beforeEach(async () => {
  const context = await browser.newContext({ locale: 'zh-CN' });
  page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(web.url);
  acts = 0;
  complaints = [];
});
afterEach(async () => {
  await page.context().close();
  if (complaints.length > 0) throw new Error(complaints.join('\n'));
});

async function click(target: Locator): Promise<void> {
  acts++;
  await target.click();
}
async function press(key: string): Promise<void> {
  acts++;
  await page.keyboard.press(key);
}
async function type(text: string): Promise<void> {
  acts++;
  await page.keyboard.insertText(text);
}

describe('everyday acts take no more than so many clicks and keys', () => {
  test('to subscribe to 安徽: 2', async () => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: web.url });
    await click(page.locator('.tabs a', { hasText: '安徽' }));
    await click(page.locator('.addresses .copy').first());
    await page.locator('.addresses .copy', { hasText: '已复制' }).waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(`${web.url}/feeds/anhui.rss`);
    expect(acts).toBeLessThanOrEqual(2);
  });

  test('to get the feed of a county: 3', async () => {
    await click(page.locator('.places a', { hasText: /^安徽$/ }));
    await click(page.locator('.places a', { hasText: /^合肥$/ }));
    const feed = page.locator('.places li', { hasText: '肥西' }).locator('a.feed');
    const address = await feed.getAttribute('href');
    await click(feed);
    expect(acts).toBeLessThanOrEqual(3);
    expect(await (await web.get(address ?? '')).text()).toContain('肥西县新建三座水库');
  });

  test('to search: 3', async () => {
    await click(page.locator('.search input'));
    await type('水库');
    await press('Enter');
    await page.locator('#found-stories').waitFor();
    expect(await page.locator('.found mark').allInnerTexts()).toContain('水库');
    expect(acts).toBeLessThanOrEqual(3);
  });

  test('to learn why an entry is in no feed: 3', async () => {
    await click(page.locator('.search input'));
    await type('成都新开公交');
    await press('Enter');
    await page.locator('#found-ledger').waitFor();
    expect(await page.locator('.found', { has: page.locator('#found-ledger') }).innerText()).toMatch(/未收录.*成都/s);
    expect(acts).toBeLessThanOrEqual(3);
  });

  test('to withdraw a story and take that back: 4', async () => {
    await page.goto(`${web.url}/stories/second`);
    await click(page.locator('input[name=reason]'));
    await type('消息有误');
    await click(page.getByRole('button', { name: '撤稿' }));
    await page.locator('.notice', { hasText: '消息有误' }).waitFor();
    await click(page.locator('.notice button'));
    await page.locator('.notice').waitFor({ state: 'detached' });
    expect(acts).toBeLessThanOrEqual(4);
    expect(await (await web.get('/feeds/anhui.rss')).text()).toContain('五号线');
  });
});

describe('keys', () => {
  const focused = () => page.evaluate(`document.activeElement.textContent`);

  test('j and k go through the headlines, o opens one', async () => {
    await press('j');
    expect(await focused()).toBe('肥西县新建三座水库');
    await press('j');
    await press('j');
    await press('j');
    expect(await focused()).toBe('南京灯会开幕');
    await press('k');
    expect(await focused()).toBe('合肥地铁五号线开通');
    await press('o');
    await page.waitForURL(/\/stories\/second$/);
  });

  test('/ goes to the search, where letters are letters', async () => {
    await press('/');
    await page.keyboard.type('jk?');
    expect(await page.locator('.search input').inputValue()).toBe('jk?');
  });

  test('? tells the keys, and turns the single ones off until it is asked again', async () => {
    await press('?');
    expect(await page.locator('#keys').innerText()).toContain('Ctrl-K');
    await page.locator('#keys input').uncheck();
    await page.keyboard.press('Escape');
    await page.reload();
    await press('j');
    expect(await page.evaluate(`document.activeElement === document.body`)).toBe(true);
    await press('Control+k');
    expect(await page.locator('#finder').isVisible()).toBe(true);
  });

  test('Ctrl-K finds a place, a source, a story, and Enter goes there', async () => {
    await press('Control+k');
    await page.keyboard.type('合肥');
    await page.locator('#finder a', { hasText: '合肥日报' }).waitFor();
    const kinds = await page.locator('#finder li.group').allInnerTexts();
    expect(kinds).toEqual(['地区', '来源', '报道']);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    expect(await focused()).toBe('合肥市');
    await page.keyboard.press('Enter');
    await page.waitForURL(/region=340100/);
  });

  test('Enter before anything is found leads to the page of what is', async () => {
    await press('Control+k');
    await page.keyboard.insertText('没有这样的词');
    await page.locator('#finder li', { hasText: '没有找到' }).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/find\?q=/);
    expect(await page.locator('.empty').innerText()).toBe('没有找到。');
  });
});
