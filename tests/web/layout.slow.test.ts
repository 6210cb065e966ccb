/** Holds that no page clips or wraps what it should not, in both languages, on phone and screen, with few sources and many. */
import { mkdirSync } from 'node:fs';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { launchBrowser } from './browser.ts';
import type { RunningWeb } from './seed.ts';
import { beatOnce, startWorld } from './world.ts';

const FEW = 3;
const MANY = 2_000;
const PHONE = 390;
const SCREEN = 1_440;
/** A folder that gets a picture of each page, in light and in dark; without it none is taken. */
const PICTURES = process.env['LAYOUT_PICTURES'];

let redis: TestRedis;
let browser: Browser;
let webs: ReadonlyMap<number, RunningWeb>;

beforeAll(async () => {
  redis = await startRedis();
  webs = new Map([
    [FEW, await startWorld(redis, FEW)],
    [MANY, await startWorld(redis, MANY)],
  ]);
  browser = await launchBrowser();
}, 120_000);
afterAll(async () => {
  await browser.close();
  for (const web of webs.values()) await web.close();
  await redis.stop();
});

/** What is wrong with how the page lies, as one line each. */
const FAULTS = `(() => {
  const faults = [];
  const name = (element) => element.tagName.toLowerCase() + '.' + element.getAttribute('class') + ' "' + element.textContent.trim().slice(0, 40) + '"';
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth + 1) {
    const wide = [...document.querySelectorAll('body *')].find((one) => one.getBoundingClientRect().right > root.clientWidth + 1 && !one.closest('.scroll, .tabs, .hidden'));
    faults.push('the page is wider than the window: ' + (wide ? name(wide) : '?'));
  }
  for (const element of document.querySelectorAll('body *')) {
    const style = getComputedStyle(element);
    if (element.closest('svg, .hidden, .skip, thead') || element.clientWidth < 2) continue;
    if (style.overflowX === 'hidden' && element.scrollWidth > element.clientWidth + 1) faults.push('clipped: ' + name(element));
  }
  const oneLine = '.count, .figure, .pill:not(.none), .chip:not(.none), .state, .decision, table.small td, .when time, button, .masthead nav a';
  for (const element of document.querySelectorAll(oneLine)) {
    if (element.clientWidth < 2 && element.getClientRects().length === 0) continue;
    const range = document.createRange();
    range.selectNodeContents(element);
    const tops = [...range.getClientRects()].filter((box) => box.width > 0).map((box) => box.bottom);
    const size = parseFloat(getComputedStyle(element).fontSize);
    if (tops.length > 0 && Math.max(...tops) - Math.min(...tops) > size) faults.push('wrapped: ' + name(element));
  }
  for (const element of document.querySelectorAll(':is(.card, .panel) > *')) {
    const card = element.parentElement.getBoundingClientRect();
    const box = element.getBoundingClientRect();
    if (box.width > 1 && box.right > card.right + 1) faults.push('sticks out: ' + name(element));
  }
  for (const text of document.querySelectorAll('.citymap text')) {
    const tile = text.parentElement.querySelector('rect').getBoundingClientRect();
    const box = text.getBoundingClientRect();
    if (box.left < tile.left || box.right > tile.right) faults.push('wider than its tile: ' + text.textContent);
  }
  return faults;
})()`;

const PAGES: readonly (readonly [name: string, path: string])[] = [
  ['home', '/'],
  ['place', '/?region=340000'],
  ['search', '/?q=%E6%B2%B3%E5%A0%A4'],
  ['found', '/find?q=%E5%90%88%E8%82%A5'],
  ['story', '/stories/e1'],
  ['status', '/status'],
  ['status of the week', '/status?span=week'],
  ['sources', '/sources'],
  ['more sources', '/sources?page=2&groups=no'],
  ['adding', '/sources/add'],
  ['editing', '/sources/edit?source=s1'],
  ['source', '/status/source?id=s1'],
  ['ledger', '/ledger'],
  ['entry', '/ledger/entry?id=e3'],
  ['missing', '/nowhere'],
  ['login', '/login'],
];

const SIZES = [FEW, MANY].flatMap((count) =>
  [PHONE, SCREEN].flatMap((width) => ['zh-CN', 'en-GB'].map((locale) => [count, width, locale] as const)),
);

describe.each(SIZES)('%i sources, %i px, %s', (count, width, locale) => {
  let context: BrowserContext;
  beforeAll(async () => {
    context = await browser.newContext({ locale, viewport: { width, height: 900 } });
  });
  afterAll(() => context.close());

  // Many sources lengthen the pages of the status and of the sources alone.
  const pages = count === FEW ? PAGES : PAGES.filter(([, path]) => /^\/(?:status|sources)/.test(path));
  test.each(pages)('%s', { timeout: 60_000 }, async (name, path) => {
    const web = webs.get(count) as RunningWeb;
    await beatOnce(web);
    const page = await context.newPage();
    await page.goto(web.url + path);
    const faults = await page.evaluate<readonly string[]>(FAULTS);
    if (PICTURES !== undefined) {
      mkdirSync(PICTURES, { recursive: true });
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await page.screenshot({
          path: `${PICTURES}/${name}-${count}-${width}-${locale}-${colorScheme}.png`,
          fullPage: true,
        });
      }
    }
    await page.close();
    expect(faults).toEqual([]);
  });
});

test('what is clipped, wrapped or too wide would be found', async () => {
  const page = await browser.newPage({ viewport: { width: PHONE, height: 900 } });
  await page.goto(`${webs.get(FEW)?.url}/status`);
  await page.evaluate(`document.querySelector('main').insertAdjacentHTML('afterbegin',
    '<p class="count" id="narrow">12,345 67,890</p><p id="clip">a long line of words that does not fit</p><p id="wide">x</p><div class="card"><p id="out">y</p></div>')`);
  await page.evaluate(
    `Object.assign(document.getElementById('narrow').style, { width: '2rem', whiteSpace: 'normal' })`,
  );
  await page.evaluate(
    `Object.assign(document.getElementById('clip').style, { width: '5rem', overflow: 'hidden', whiteSpace: 'nowrap' })`,
  );
  await page.evaluate(`for (const id of ['wide', 'out']) document.getElementById(id).style.width = '900px'`);
  const faults = (await page.evaluate<readonly string[]>(FAULTS)).join('\n');
  for (const kind of ['clipped: p.null', 'wrapped: p.count', 'wider than the window', 'sticks out: p.null'])
    expect(faults).toContain(kind);
  await page.close();
});
