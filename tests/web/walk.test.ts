import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../daemon/rig.ts';
import { launchBrowser, logIn } from './browser.ts';

const PROGRAM = fileURLToPath(new URL('../../bin/deltawire.js', import.meta.url));
const LONG_MS = 90_000;

let demo: ChildProcess;
let base: string;
let browser: Browser;
let context: BrowserContext;
let page: Page;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

interface Row {
  readonly title: string;
  readonly decision: string;
  readonly rule: string;
  readonly configVersion: string;
  readonly regions: readonly { readonly code: string; readonly score: number }[];
}

async function ledger(query: string): Promise<readonly Row[]> {
  const response = await context.request.get(`${base}/api/ledger?${query}`);
  // A machine that is busy may have the store answer too late once.
  return response.ok() ? ((await response.json()) as { rows: Row[] }).rows : [];
}

beforeAll(async () => {
  const port = await freePort();
  base = `http://127.0.0.1:${port}`;
  demo = spawn(process.execPath, [PROGRAM, 'demo'], {
    env: { PATH: process.env['PATH'] ?? '', DELTAWIRE_PORT: String(port), DELTAWIRE_ADMIN: 'ops:secret' },
    stdio: 'ignore',
  });
  browser = await launchBrowser();
  context = await browser.newContext({
    locale: 'zh-CN',
  });
  page = await context.newPage();
  const ready = () =>
    fetch(`${base}/readyz`).then(
      ({ status }) => status === 200,
      () => false,
    );
  await until(ready, 'the demo to start', LONG_MS);
  await logIn(context, base, 'ops', 'secret');
  await until(async () => (await ledger('decision=dropped&rule=region')).length > 0, 'a dropped entry', LONG_MS);
}, 2 * LONG_MS);
afterAll(async () => {
  await browser.close();
  const ended = new Promise((done) => demo.once('exit', done));
  demo.kill('SIGTERM');
  await ended;
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
    .toContain('500 Internal Server Error');
  await page.locator('#attention li', { hasText: '500 Internal' }).locator('a.name').click();
  await expect.poll(() => page.locator('table.rows').innerText()).toContain('500');
  expect(await page.locator('pre.numbered').innerText()).toContain('- id: ');

  await page.getByRole('button', { name: '立即轮询' }).click();
  await page.waitForURL(/\/status\/source/);
  await page.getByRole('button', { name: '试跑一遍' }).click();
  await expect.poll(() => page.locator('#trial').innerText()).toContain('500 Internal Server Error');

  await page.getByRole('button', { name: '暂停' }).click();
  await expect.poll(() => page.locator('h1').innerText(), { timeout: 10_000 }).toContain('停用');
  expect(await page.locator('pre.numbered').innerText()).toContain('enabled: false');
  await page.getByRole('button', { name: '恢复' }).click();
  await expect.poll(() => page.locator('h1').innerText(), { timeout: 10_000 }).not.toContain('停用');
});

test('a dropped entry is found by its title, and its page tells why', { timeout: LONG_MS }, async () => {
  const dropped = (await ledger('decision=dropped&rule=region&limit=1'))[0];
  await page.goto(`${base}/ledger`);
  await page.locator('input[name=text]').fill(dropped?.title ?? '?');
  await page.getByRole('button', { name: '查找' }).click();
  await page.locator('td.title a').first().click();
  await page.waitForURL(/\/ledger\/entry/);
  const text = await page.locator('main').innerText();
  for (const part of ['舍弃', 'region', '不收', '门槛', '一、来源给出的', '二、清洗']) expect(text).toContain(part);
});

test(
  'a region rule is changed: checked, previewed, saved, and the stories follow',
  { timeout: 3 * LONG_MS },
  async () => {
    // The demo's news differs from run to run: one from the provinces below must have come, and been left out.
    let title = '';
    const elsewhere = async () => {
      const row = (await ledger('decision=dropped&rule=region&limit=100')).find(({ regions: [first] }) =>
        /^(?:11|51|35|41|42|37|53|21|44|52|63|14|22|46)/.test(
          first !== undefined && first.score >= 2.5 ? first.code : '',
        ),
      );
      title = row?.title ?? '';
      return row !== undefined;
    };
    await until(elsewhere, 'news from elsewhere', LONG_MS);
    await page.goto(`${base}/config?file=regions.yaml`);
    const before = await page.locator('textarea').inputValue();
    const rest =
      '北京市, 四川省, 福建省, 河南省, 湖北省, 山东省, 云南省, 辽宁省, 广东省, 贵州省, 青海省, 山西省, 吉林省, 海南省';
    await page.locator('textarea').fill(before.replace('长三角: [', '长三角: [上海滩, '));
    await expect.poll(() => page.locator('#config-faults').innerText()).toMatch(/regions\.yaml:\d+:\d+.*上海滩/s);
    await page.locator('textarea').fill(before.replace('长三角: [', `长三角: [${rest}, `));
    await page.getByRole('button', { name: '预览' }).click();
    await expect.poll(() => page.locator('#preview').innerText(), { timeout: 20_000 }).toMatch(/长三角：增加 [1-9]/);
    await page.getByRole('button', { name: '保存' }).click();
    await page.waitForURL(/saved=backups/);
    const feed = async () => (await context.request.get(`${base}/feeds/delta.json?limit=500`)).text();
    await expect.poll(feed, { timeout: LONG_MS, interval: 500 }).toContain(JSON.stringify(title).slice(1, -1));
  },
);

test('without JavaScript one walks and acts all the same', { timeout: LONG_MS }, async () => {
  const bare = await browser.newContext({
    locale: 'zh-CN',
    javaScriptEnabled: false,
  });
  await logIn(bare, base, 'ops', 'secret');
  const plain = await bare.newPage();
  await plain.goto(`${base}/status`);
  await plain.locator('select[name=state]').selectOption('failing');
  await plain.getByRole('button', { name: '筛选' }).click();
  await plain.locator('table.sources th a').first().click();
  const lastPoll = () => plain.locator('table.rows tbody tr').count();
  const polls = await lastPoll();
  await plain.getByRole('button', { name: '立即轮询' }).click();
  await expect.poll(() => plain.reload().then(lastPoll), { timeout: 20_000 }).toBeGreaterThan(polls);
  await plain.getByRole('button', { name: '暂停' }).click();
  await plain.locator('h1', { hasText: '停用' }).waitFor();
  await plain.getByRole('button', { name: '恢复' }).click();
  await plain.locator('h1', { hasNotText: '停用' }).waitFor();

  const title = (await ledger('decision=dropped&limit=1'))[0]?.title ?? '?';
  await plain.getByRole('link', { name: '台账', exact: true }).click();
  await plain.locator('input[name=text]').fill(title);
  await plain.locator('select[name=decision]').selectOption('dropped');
  await plain.getByRole('button', { name: '查找' }).click();
  await plain.locator('td.title a', { hasText: title }).first().click();
  await plain.locator('.decision.dropped').first().waitFor();

  await plain.goto(`${base}/config?file=editions.yaml`);
  const before = await plain.locator('textarea').inputValue();
  await plain.locator('textarea').fill(`${before}  - nonsense: 1\n`);
  await plain.getByRole('button', { name: '检查' }).click();
  await plain.locator('#config-faults li', { hasText: 'editions.yaml:' }).first().waitFor();
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
  await expect
    .poll(async () => (await failed()).find(({ id }) => id === job?.id)?.attempts, { timeout: 20_000 })
    .toBe(2);
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
  expect(await door.getByRole('alert').innerText()).toBe('用户或密码不对。');
  expect(await door.locator('input[name=user]').inputValue()).toBe('ops');
  await give('secret');
  expect(door.url()).toBe(`${base}/ledger?decision=dropped`);
  expect(await door.locator('main').innerText()).toContain('舍弃');
  await door.getByRole('link', { name: '状态', exact: true }).click();
  await door.getByRole('button', { name: '全部轮询' }).click();
  await door.waitForURL(`${base}/status`);
  await door.getByRole('button', { name: '退出' }).click();
  await door.waitForURL(`${base}/`);
  await door.goto(`${base}/status`);
  expect(new URL(door.url()).pathname).toBe('/login');
  for (let i = 0; i < 20; i++) await give(`guess ${i}`);
  expect(await door.getByRole('alert').innerText()).toContain('密码错得太多');
  await give('secret');
  expect(await door.getByRole('alert').innerText()).toContain('密码错得太多');
  // Who is in stays in, and readers notice nothing.
  expect((await stranger.request.get(`${base}/`)).status()).toBe(200);
  await stranger.close();
});
