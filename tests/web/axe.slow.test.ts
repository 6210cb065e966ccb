import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDesk } from '../../src/daemon/operations.ts';
import type { Config } from '../../src/model/config.ts';
import { threadless } from '../support/threadless.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { launchBrowser, logIn } from './browser.ts';
import { makeConfig, makeHit, makeSource, NOW, type RunningWeb, seedEntries, seedSource, startWeb } from './seed.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const HOUR_MS = 3_600_000;
const ADMIN = { user: 'ops', password: 'pass' };
const FEED = `<rss version="2.0"><channel><title>合肥样报</title><link>https://hf.example/</link>
<item><title>合肥新开一条公交线路</title><link>https://hf.example/1</link><description>合肥市今日新开一条公交线路。</description></item>
</channel></rss>`;

let redis: TestRedis;
let web: RunningWeb;
let config: Config;
let outlet: Server;
let folder: string;
let browser: Browser;
/** In Chinese on a phone; in English on a desk. */
let pages: Readonly<Record<'zh' | 'en', Page>>;

beforeAll(async () => {
  outlet = createServer((_request, response) => response.setHeader('content-type', 'application/rss+xml').end(FEED));
  await new Promise<void>((done) => outlet.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(outlet.address() as AddressInfo).port}/rss.xml`;
  folder = await mkdtemp(join(tmpdir(), 'deltawire-axe-'));
  await writeFile(join(folder, 'sources.yaml'), `sources:\n  - id: hfrb\n    name: 合肥日报\n    url: ${url}\n`);
  await writeFile(
    join(folder, 'editions.yaml'),
    'editions:\n  - id: delta\n    title: 长三角\n    regions: [长三角]\n',
  );
  const plain = makeConfig({}, { admin: ADMIN });
  const sources = plain.sources.map((source) => (source.id === 'hfrb' ? makeSource('hfrb', { url }) : source));
  const fetch = { ...plain.settings.fetch, allowAddresses: ['127.0.0.0/8'] };
  config = { ...plain, sources, settings: { ...plain.settings, fetch } };
  redis = await startRedis();
  const store = redis.store();
  const desk = createDesk({ folder, env: {}, store, config: () => config, threads: threadless(config), now: Date.now });
  web = await startWeb(redis, { config, desk });
  await seedEntries(
    web.store,
    Array.from({ length: 35 }, (_, i) => ({
      id: `e${i}`,
      title: `合肥第 ${i} 条公交线路开通`,
      at: NOW - i * HOUR_MS,
      content: '<p>分享到微信</p><p>合肥市新开公交线路。</p>',
      regions: [makeHit(i % 2 === 0 ? '340104' : '320100')],
    })),
  );
  await seedEntries(web.store, [
    { id: 'copy', joins: 'e0', title: '合肥公交新線開通', script: 'hant', source: 'jsxw', outlet: '样报' },
    { id: 'colophon', title: '本版责编', regions: [], dropped: { rule: 'clean.colophon', reason: 'an advertisement' } },
  ]);
  await seedSource(web.store, 'hfrb', { movedTo: 'https://hf.example/new.xml', movedCount: 3 });
  const refused = { failures: 3, lastError: 'connect: ECONNREFUSED' };
  await seedSource(web.store, 'jsxw', refused, {
    outcome: 'failed',
    status: null,
    repairs: ['the document ends early'],
  });
  await web.deps.queues.poll.add('hfrb', { source: 'hfrb', why: 'asked' }, { delay: HOUR_MS });
  browser = await launchBrowser();
  const open = async (locale: string, width: number) => {
    const context = await browser.newContext({ locale, viewport: { width, height: 900 } });
    await logIn(context, web.url, ADMIN.user, ADMIN.password);
    await context.addInitScript({ content: AXE });
    return context.newPage();
  };
  pages = { zh: await open('zh-CN', 375), en: await open('en-GB', 1200) };
}, 60_000);
afterAll(async () => {
  await browser.close();
  await web.close();
  await redis.stop();
  await new Promise((done) => outlet.close(done));
  await rm(folder, { recursive: true, force: true });
});

interface Found {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/**
 * What axe-core calls serious or critical, with the element and what is wrong with it: in light every rule, in dark
 * those on colours, for nothing else changes. A page's script hears of the scheme with the next frame; what fades then is brought to its end.
 */
async function faultsOf(page: Page): Promise<string[]> {
  const faults: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const only =
      colorScheme === 'dark' ? `runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] }, ` : '';
    const violations = await page.evaluate<readonly Found[]>(`(async () => {
      for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
      for (const fading of document.getAnimations())
        if (fading.effect.getComputedTiming().endTime < Infinity) fading.finish();
      return (await axe.run(document, { ${only}resultTypes: ['violations'] })).violations;
    })()`);
    const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    for (const { id, nodes } of grave)
      faults.push(...nodes.map(({ html, failureSummary }) => `${colorScheme}: ${id}: ${html}\n${failureSummary}`));
  }
  return faults;
}

const press = (name: RegExp, result: string) => async (page: Page) => {
  await page.getByRole('button', { name }).click();
  await page.locator(result).waitFor();
};

async function logOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^(退出|Log out)$/ }).click();
  await page.getByRole('link', { name: /^(登录|Log in)$/ }).click();
  await page.locator('input[name=password]').waitFor();
}

/** Looks at the outlet's address, and waits for the trial. */
const find = async (page: Page) => {
  await page.locator('input[name=address]').fill(outletUrl());
  await press(/^(查看并试抓取|Find and try)$/, '#trial')(page);
};
const outletUrl = () => `http://127.0.0.1:${(outlet.address() as AddressInfo).port}/rss.xml`;

const stay = () => Promise.resolve();
const shown = (what: string) => (page: Page) => page.locator(what).first().waitFor();

const keys = (key: string, opens: string) => async (page: Page) => {
  await page.keyboard.press(key);
  await page.locator(opens).waitFor();
};

/** Goes there with headers that a browser's own pages never send; it would ask for a password rather than show a 401. */
const knock = (path: string, headers: Record<string, string>, status: number) => async (page: Page) => {
  const url = web.url + path;
  await page.route(url, async (route) => {
    const response = await route.fetch({ headers: { ...route.request().headers(), ...headers } });
    await route.fulfill({ response });
  });
  expect((await page.goto(url))?.status()).toBe(status);
  await page.unroute(url);
};

const PAGES: readonly (readonly [name: string, path: string, act: (page: Page) => Promise<unknown>])[] = [
  ['the home page', '/', stay],
  ['a place', '/?region=340000', stay],
  ['what is found', '/find?q=%E5%90%88%E8%82%A5', stay],
  ['the keys', '/', keys('?', '#keys')],
  [
    'the search by Ctrl-K',
    '/',
    async (page) => {
      await keys('Control+k', '#finder')(page);
      await page.keyboard.insertText('合肥');
      await page.locator('#finder a').first().waitFor();
    },
  ],
  ['a story', '/stories/e0', stay],
  ['a copy to be split off', '/stories/e0', press(/^(拆分|Detach)$/, '.message form')],
  ['a feed in the browser', '/feeds/delta.rss', stay],
  ['the status', '/status', stay],
  ['a source that fails', '/status/source?id=jsxw', stay],
  ['a trial', '/status/source?id=hfrb', press(/^(试抓取|Try it)$/, '#trial')],
  ['the list of sources', '/sources', stay],
  ['a source found', '/sources/add', find],
  ['a source’s settings', '/sources/edit?source=hfrb', stay],
  ['a source to be removed', '/sources', press(/^(移除|Remove) hfrb 源$/, 'button.danger')],
  ['the ledger', '/ledger', stay],
  ['the ledger, asked wrongly', '/ledger?region=Atlantis', stay],
  ['an entry', '/ledger/entry?id=e0', stay],
  ['an entry that was dropped', '/ledger/entry?id=colophon', stay],
  ['the config', '/config', stay],
  ['a preview', '/config?file=editions.yaml', press(/^(预览|Preview)$/, '#preview')],
  [
    'a faulty config',
    '/config?file=editions.yaml',
    async (page) => {
      await page.locator('textarea').fill('editions: 7\n');
      await page.locator('#config-faults li').waitFor();
    },
  ],
  ['a page that is not there', '/nowhere', stay],
  ['the settings, which are not edited here', '/config?file=settings.yaml', stay],
  ['the job dashboard', '/admin/queues', shown('text=poll')],
  ['jobs', '/admin/queues/queue/poll?status=delayed', shown('text=hfrb')],
  // From here on nobody is logged in.
  ['the login', '/', (page) => logOut(page)],
  [
    'a login that failed',
    '/login',
    async (page) => {
      await page.locator('input[name=user]').fill('ops');
      await page.locator('input[name=password]').fill('wrong');
      await press(/^(登录|Log in)$/, '#fault')(page);
    },
  ],
  ['who is let in by no header', '/', knock('/status', { authorization: `Basic ${btoa('ops:wrong')}` }, 401)],
  // From here on there is no password.
  [
    'a desk that is closed',
    '/',
    (page) => {
      web.set({
        config: { ...config, settings: { ...config.settings, server: { ...config.settings.server, admin: null } } },
      });
      return knock('/status', { 'x-forwarded-for': '192.0.2.7' }, 403)(page);
    },
  ],
  ['the config, which nobody may change', '/config?file=editions.yaml', stay],
];

describe('axe-core finds no serious or critical fault', () => {
  test.each(PAGES)('%s', { timeout: 30_000 }, async (_name, path, act) => {
    for (const page of Object.values(pages)) {
      await page.goto(web.url + path);
      await act(page);
      expect(await faultsOf(page)).toEqual([]);
    }
  });
});

test('axe-core would find a fault', async () => {
  const page = pages.zh;
  await page.goto(`${web.url}/nowhere`);
  await page.evaluate(`document.querySelector('main').append(document.createElement('select'))`);
  expect((await faultsOf(page)).join()).toContain('select-name');
});
