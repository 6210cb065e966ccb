import { type ChildProcess, spawn } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BIN, freePort } from '../daemon/rig.ts';
import { until } from '../support/until.ts';
import { launchBrowser, logIn } from './browser.ts';

const LONG_MS = 90_000;
const SOON = { timeout: 30_000, interval: 100 };

let demo: ChildProcess;
/** A source beside the demo's own, for news that comes when the walk wants it; newest first. */
let outlet: Server;
let news: readonly string[] = [];
let base: string;
let browser: Browser;
let context: BrowserContext;
let page: Page;

function feedOf(titles: readonly string[]): string {
  const items = titles.map(
    (title, i) =>
      `<item><title>${title}</title><link>https://walk.example/${titles.length - i}</link>
<description>${title}。</description></item>`,
  );
  return `<rss version="2.0"><channel><title>巡路样报</title><link>https://walk.example/</link>${items.join('')}</channel></rss>`;
}

interface Row {
  readonly title: string;
  readonly decision: string;
  readonly rule: string;
  readonly configVersion: string;
}

async function ledger(query: string): Promise<readonly Row[]> {
  const response = await context.request.get(`${base}/api/ledger?${query}`);
  // A machine that is busy may have the store answer too late once.
  return response.ok() ? ((await response.json()) as { rows: Row[] }).rows : [];
}

/** The newest decision on the entry of this title. */
async function decided(title: string, decision: string): Promise<Row> {
  let row: Row | undefined;
  await until(
    async () => {
      row = (await ledger(`text=${encodeURIComponent(title)}&limit=1`))[0];
      return row?.decision === decision;
    },
    `${title} to be ${decision}`,
    LONG_MS,
  );
  return row as Row;
}

beforeAll(async () => {
  outlet = createServer((_request, response) =>
    response.setHeader('content-type', 'application/rss+xml').end(feedOf(news)),
  );
  await new Promise<void>((done) => outlet.listen(0, '127.0.0.1', done));
  const port = await freePort();
  base = `http://127.0.0.1:${port}`;
  demo = spawn(process.execPath, [BIN, 'demo'], {
    env: { PATH: process.env['PATH'] ?? '', DELTAWIRE_PORT: String(port), DELTAWIRE_ADMIN: 'ops:secret' },
    stdio: 'ignore',
  });
  browser = await launchBrowser();
  context = await browser.newContext({ locale: 'zh-CN' });
  page = await context.newPage();
  const ready = () =>
    fetch(`${base}/readyz`).then(
      ({ status }) => status === 200,
      () => false,
    );
  await until(ready, 'the demo to start', LONG_MS);
  await logIn(context, base, 'ops', 'secret');
  await context.request.post(`${base}/api/poll`, { headers: { origin: base } });
  await until(async () => (await ledger('decision=dropped&rule=region')).length > 0, 'a dropped entry', LONG_MS);
}, 2 * LONG_MS);
afterAll(async () => {
  await browser.close();
  const ended = new Promise((done) => demo.once('exit', done));
  demo.kill('SIGTERM');
  await ended;
  outlet.closeAllConnections();
  await new Promise((done) => outlet.close(done));
}, 30_000);

test('a source that fails is found, polled, tried, paused and resumed', { timeout: LONG_MS }, async () => {
  await expect
    .poll(
      async () => {
        await page.goto(`${base}/status`);
        return page.locator('#attention').innerText();
      },
      { timeout: LONG_MS, interval: 1_000 },
    )
    .toContain('服务器内部错误');
  await page.locator('#attention li', { hasText: '服务器内部错误' }).locator('a.name').click();
  await expect.poll(() => page.locator('table.rows').innerText(), SOON).toContain('500');
  expect(await page.locator('pre.numbered').innerText()).toContain('- id: ');

  await page.getByRole('button', { name: '立即抓取' }).click();
  await page.waitForURL(/\/status\/source/);
  await page.getByRole('button', { name: '试抓取' }).click();
  await expect.poll(() => page.locator('#trial').innerText(), SOON).toContain('服务器内部错误');

  await page.getByRole('button', { name: '暂停' }).click();
  await expect.poll(() => page.locator('h1').innerText(), SOON).toContain('已暂停');
  expect(await page.locator('pre.numbered').innerText()).toContain('enabled: false');
  await page.getByRole('button', { name: '恢复' }).click();
  await expect.poll(() => page.locator('h1').innerText(), SOON).not.toContain('已暂停');
});

test('a dropped entry is found by its title, and its page tells why', { timeout: LONG_MS }, async () => {
  const dropped = (await ledger('decision=dropped&rule=region&limit=1'))[0];
  await page.goto(`${base}/ledger`);
  await page.locator('input[name=text]').fill(dropped?.title ?? '?');
  await page.getByRole('button', { name: '查找' }).click();
  await page.locator('td.title a').first().click();
  await page.waitForURL(/\/ledger\/entry/);
  const text = await page.locator('main').innerText();
  for (const part of ['未收录', '地区', '门槛', '一、原始内容', '二、清洗']) expect(text).toContain(part);
});

test(
  'a region rule is changed: checked, previewed, saved, and the next entries follow',
  { timeout: 3 * LONG_MS },
  async () => {
    const [stored, next, elsewhere] = ['成都新开三条公交线路', '成都一座图书馆开门迎客', '拉萨的桃花节本周开幕'];
    const edit = async (file: string) => {
      await page.goto(`${base}/config?file=${file}`);
      return page.locator('textarea').inputValue();
    };
    const save = async () => {
      await page.getByRole('button', { name: '保存' }).click();
      await page.waitForURL(/saved=backups/);
    };
    news = [stored];
    const { port } = outlet.address() as AddressInfo;
    await page
      .locator('textarea')
      .fill(
        `${await edit('sources.yaml')}\n  - id: xunlu\n    name: 巡路样报\n    url: http://127.0.0.1:${port}/\n    schedule: "*/2 * * * * *"\n`,
      );
    await save();
    const before = await decided(stored, 'dropped');

    const regions = await edit('regions.yaml');
    const widen = (place: string) => page.locator('textarea').fill(regions.replace('长三角: [', `长三角: [${place}, `));
    await widen('上海滩');
    await expect
      .poll(() => page.locator('#config-faults').innerText(), SOON)
      .toMatch(/regions\.yaml:\d+:\d+.*没有地区“上海滩”/s);
    await widen('四川省');
    await page.getByRole('button', { name: '预览' }).click();
    await expect.poll(() => page.locator('#preview').innerText(), SOON).toMatch(/长三角：增加 [1-9]/);
    await save();
    const feed = async () => (await context.request.get(`${base}/feeds/delta.json?limit=500`)).text();
    await expect.poll(feed, { timeout: LONG_MS, interval: 500 }).toContain(stored);

    news = [elsewhere, next, stored];
    const follows = await decided(next, 'kept');
    expect(follows.configVersion).not.toBe(before.configVersion);
    expect(await decided(elsewhere, 'dropped')).toMatchObject({ rule: 'region', configVersion: follows.configVersion });
    // What narrows a feed is read anew once a second.
    await expect.poll(feed, SOON).toContain(next);
    expect(await feed()).not.toContain(elsewhere);
    await page.goto(`${base}/`);
    // What stands on top is chosen by weight: the newest stands among the others.
    expect((await page.locator('.stories').allInnerTexts()).join('\n')).toContain(next);
  },
);

test('without JavaScript one walks and acts all the same', { timeout: LONG_MS }, async () => {
  const bare = await browser.newContext({ locale: 'zh-CN', javaScriptEnabled: false });
  await logIn(bare, base, 'ops', 'secret');
  const plain = await bare.newPage();
  await plain.goto(`${base}/status`);
  await plain.locator('.states a', { hasText: '抓取失败' }).click();
  await plain.locator('table.sources th[scope=row] a').first().click();
  const lastPoll = () => plain.locator('table.rows tbody tr').count();
  const polls = await lastPoll();
  await plain.getByRole('button', { name: '立即抓取' }).click();
  await expect.poll(() => plain.reload().then(lastPoll), SOON).toBeGreaterThan(polls);
  await plain.getByRole('button', { name: '暂停' }).click();
  await plain.locator('h1', { hasText: '已暂停' }).waitFor();
  await plain.getByRole('button', { name: '恢复' }).click();
  await plain.locator('h1', { hasNotText: '已暂停' }).waitFor();

  const title = (await ledger('decision=dropped&limit=1'))[0]?.title ?? '?';
  await plain.getByRole('link', { name: '收录记录', exact: true }).click();
  await plain.locator('input[name=text]').fill(title);
  await plain.locator('select[name=decision]').selectOption('dropped');
  await plain.getByRole('button', { name: '查找' }).click();
  await plain.locator('td.title a', { hasText: title }).first().click();
  await plain.locator('.decision.dropped').first().waitFor();

  await plain.goto(`${base}/config?file=editions.yaml`);
  const before = await plain.locator('textarea').inputValue();
  await plain.locator('textarea').fill(`${before}  - nonsense: 1\n`);
  await plain.getByRole('button', { name: '检查' }).click();
  await plain
    .locator('#config-faults li', { hasText: /editions\.yaml:.*没有 nonsense 这个键/s })
    .first()
    .waitFor();
  await plain.locator('textarea').fill(`${before}# 一句注释\n`);
  await plain.getByRole('button', { name: '预览' }).click();
  await plain.locator('#preview').waitFor();
  await plain.getByRole('button', { name: '保存' }).click();
  await plain.waitForURL(/saved=backups/);
  expect(await plain.locator('textarea').inputValue()).toContain('# 一句注释');
  await bare.close();
});

test('a failed job is retried in the job dashboard, and runs again', { timeout: LONG_MS }, async () => {
  interface Job {
    readonly id: string;
    readonly name: string;
    readonly attempts: number;
    readonly failedReason: string;
  }
  const failed = async () => {
    const response = await context.request.get(
      `${base}/admin/queues/api/queues?activeQueue=poll&status=failed&page=1&jobsPerPage=50`,
    );
    const { queues } = (await response.json()) as { queues: { name: string; jobs: Job[] }[] };
    return queues.find(({ name }) => name === 'poll')?.jobs ?? [];
  };
  const job = (await failed()).find(({ name, attempts }) => name.startsWith('断线样台') && attempts === 1);
  expect(job?.failedReason).toContain('500 Internal Server Error');
  await page.goto(`${base}/admin/queues/queue/poll/${job?.id}`);
  await page.getByText('断线样台 (duanxian)').first().waitFor();
  await page.getByRole('button', { name: '重试', exact: true }).first().click();
  await page.getByRole('button', { name: '确认' }).click();
  // It fails again, for its source does; but it ran.
  await expect.poll(async () => (await failed()).find(({ id }) => id === job?.id)?.attempts, SOON).toBe(2);
});

test('a stranger logs in, is refused, and is made to wait after many guesses', { timeout: LONG_MS }, async () => {
  const stranger = await browser.newContext({ locale: 'zh-CN', javaScriptEnabled: false });
  const door = await stranger.newPage();
  const give = async (password: string) => {
    await door.locator('input[name=user]').fill('ops');
    await door.locator('input[name=password]').fill(password);
    await door.getByRole('button', { name: '登录' }).click();
    await door.waitForLoadState();
  };
  await door.goto(`${base}/ledger?decision=dropped`);
  expect(new URL(door.url()).pathname).toBe('/login');
  await give('wrong');
  expect(await door.getByRole('alert').innerText()).toBe('用户名或密码不对。');
  expect(await door.locator('input[name=user]').inputValue()).toBe('ops');
  await give('secret');
  expect(door.url()).toBe(`${base}/ledger?decision=dropped`);
  expect(await door.locator('main').innerText()).toContain('未收录');
  await door.getByRole('link', { name: '状态', exact: true }).click();
  await door.getByRole('button', { name: '全部抓取' }).click();
  await door.waitForURL(`${base}/status`);
  await door.getByRole('button', { name: '退出' }).click();
  await door.waitForURL(`${base}/`);
  await door.goto(`${base}/status`);
  expect(new URL(door.url()).pathname).toBe('/login');
  const guess = (password: string) =>
    stranger.request.post(`${base}/login`, { form: { user: 'ops', password }, headers: { origin: base } });
  // The minute within which guesses are counted may end among them.
  const guessAndKnock = async () => {
    await Promise.all(Array.from({ length: 20 }, (_, i) => guess(`guess ${i}`)));
    await give('wrong');
    return door.getByRole('alert').innerText();
  };
  await expect.poll(guessAndKnock, { timeout: LONG_MS }).toContain('密码错得太多');
  await give('secret');
  expect(await door.getByRole('alert').innerText()).toContain('密码错得太多');
  // Who is in stays in, and readers notice nothing.
  expect((await stranger.request.get(`${base}/`)).status()).toBe(200);
  await stranger.close();
});
