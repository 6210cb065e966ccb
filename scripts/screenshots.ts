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

const demo = spawn(process.execPath, [`${ROOT}bin/deltawire.js`, 'demo'], {
  env: { PATH: process.env['PATH'] ?? '', DELTAWIRE_PORT: PORT },
  stdio: 'ignore',
});
const browser = await launchBrowser();
try {
  await wait(SETTLE_MS);
  mkdirSync(`${ROOT}docs`, { recursive: true });
  const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1100, height: 820 } });
  const page = await context.newPage();
  const found = await context.request.get(`${BASE}/api/ledger?decision=kept&limit=1`);
  const { rows } = (await found.json()) as { rows: readonly { readonly entry: string }[] };
  for (const [name, path] of [
    ['home', '/'],
    ['status', '/status'],
    ['entry', `/ledger/entry?id=${rows[0]?.entry ?? ''}`],
  ]) {
    await page.goto(`${BASE}${path}`);
    await page.screenshot({ path: `${ROOT}docs/${name}.png` });
  }
} finally {
  await browser.close();
  demo.kill('SIGTERM');
}
