/** Takes the README's pictures from the running demo: `npx tsx scripts/screenshots.ts`; writes docs/*.png. */
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { launchBrowser } from '../tests/web/browser.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PORT = process.env['DELTAWIRE_PORT'] ?? '18480';
const BASE = `http://127.0.0.1:${PORT}`;
/** The demo's sources have been polled several times by then, and two of them have failed. */
const SETTLE_MS = 25_000;
const SCREEN = { width: 1100, height: 820 };

const demo = spawn(process.execPath, [`${ROOT}bin/deltawire.js`, 'demo'], {
  env: { PATH: process.env['PATH'] ?? '', DELTAWIRE_PORT: PORT },
  stdio: 'ignore',
});
const browser = await launchBrowser();
try {
  mkdirSync(`${ROOT}docs`, { recursive: true });
  const context = await browser.newContext({ locale: 'zh-CN', viewport: SCREEN });
  const page = await context.newPage();
  // Its feed comes with what a site puts around an article: there is something to remove.
  const newest = async (): Promise<string | undefined> => {
    const query = 'source=changjiang&decision=kept&limit=1';
    const found = await context.request.get(`${BASE}/api/ledger?${query}`).catch(() => null);
    if (found?.ok() !== true) return undefined;
    return ((await found.json()) as { rows: readonly { readonly entry: string }[] }).rows[0]?.entry;
  };
  while ((await newest()) === undefined) await wait(1_000);
  await wait(SETTLE_MS);
  for (const [name, path] of [
    ['home', '/'],
    ['status', '/status'],
    ['entry', `/ledger/entry?id=${(await newest()) ?? ''}`],
  ]) {
    await page.goto(`${BASE}${path}`);
    const cleaned = await page
      .locator('[aria-labelledby=cleaned]')
      .boundingBox({ timeout: 500 })
      .catch(() => null);
    const height = cleaned === null ? SCREEN.height : Math.ceil(cleaned.y + cleaned.height) + 16;
    await page.screenshot({
      path: `${ROOT}docs/${name}.png`,
      fullPage: true,
      clip: { x: 0, y: 0, width: SCREEN.width, height },
    });
  }
} finally {
  await browser.close();
  demo.kill('SIGTERM');
}
