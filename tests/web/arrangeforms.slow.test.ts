/** Splits and joins stories in a real browser, which asks first; with scripts and without, in both languages. */
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { ASSEMBLER } from '../../src/pipeline/assemble.ts';
import { joinStories, splitEntries } from '../../src/store/stories/arrange.ts';
import { readStory } from '../../src/store/stories/stories.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { launchBrowser } from './browser.ts';
import { NOW, type RunningWeb, seedEntries, startWeb } from './seed.ts';

const HOUR_MS = 3_600_000;
let redis: TestRedis;
let web: RunningWeb;
let browser: Browser;
let page: Page;
/** Clicks, and texts typed: each counts one. */
let acts = 0;

beforeAll(async () => {
  redis = await startRedis();
  const store = redis.store();
  const options = { now: NOW, configVersion: 'c', ledgerCount: 1_000, assembler: ASSEMBLER };
  web = await startWeb(redis, {
    store,
    desk: {
      splitEntries: (entries) => splitEntries(store, entries, options),
      joinStories: (into, story) => joinStories(store, into, story, options),
    },
  });
  await seedEntries(web.store, [
    { id: 'lead', title: '南京灯会开幕', at: NOW - 3 * HOUR_MS },
    { id: 'copy', title: '南京灯会今晚开幕', at: NOW - 2 * HOUR_MS, joins: 'lead', source: 'jsxw' },
    { id: 'other', title: '肥西县新建三座水库', at: NOW - HOUR_MS },
  ]);
  browser = await launchBrowser();
});
afterEach(() => page.context().close());
afterAll(async () => {
  await browser.close();
  await web.close();
  await redis.stop();
});

async function click(target: Locator): Promise<void> {
  acts++;
  await target.click();
}

const copiesOf = async (id: string) => (await readStory(web.store, id))?.copies.map(({ entry }) => entry);

test.each([
  ['zh-CN', true, '拆分', '撤销拆分', '并入', '撤销并入'],
  ['en-GB', false, 'Detach', 'Undo: merge it back', 'Merge', 'Undo: detach them again'],
])('in %s, scripts: %s', { timeout: 60_000 }, async (locale, javaScriptEnabled, split, rejoin, join, part) => {
  page = await (await browser.newContext({ locale, javaScriptEnabled })).newPage();
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  await page.goto(`${web.url}/stories/lead`);
  await page.locator('select[name=entry]').selectOption('copy');
  acts = 0;
  await click(button(split));
  await page.locator('.message', { hasText: '南京灯会今晚开幕' }).waitFor();
  expect(await copiesOf('lead')).toEqual(['lead', 'copy']);
  await click(button(split));
  await page.waitForURL(/\/stories\/copy$/);
  await click(button(rejoin));
  await page.waitForURL(/\/stories\/lead$/);
  expect([await copiesOf('lead'), acts]).toEqual([['lead', 'copy'], 3]);

  await page.locator('.arrange input[name=story]').first().fill(`${web.url}/stories/other`);
  acts = 1;
  await click(button(join));
  await page.locator('.message', { hasText: '肥西县新建三座水库' }).waitFor();
  expect(await copiesOf('other')).toEqual(['other']);
  await click(button(join));
  await page.waitForURL(/\/stories\/lead$/);
  expect(await copiesOf('lead')).toEqual(['lead', 'copy', 'other']);
  // The copy was split off and joined again before, which can be undone as well.
  await click(page.locator('.notice', { hasText: 'other' }).getByRole('button', { name: part }));
  await page.waitForURL(/\/stories\/other$/);
  expect([await copiesOf('lead'), acts]).toEqual([['lead', 'copy'], 4]);
});
