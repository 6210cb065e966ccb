/** Starts the machine's Chromium, and logs it in. */
import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium } from 'playwright-core';

const CHROMIUM = [process.env['CHROMIUM'] ?? '', '/usr/bin/chromium', '/usr/bin/google-chrome'].find(existsSync);

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    ...(CHROMIUM !== undefined && { executablePath: CHROMIUM }),
    args: ['--no-sandbox', '--disable-gpu'],
  });
}

/** Gives the pages of this browser a session. */
export async function logIn(context: BrowserContext, base: string, user: string, password: string): Promise<void> {
  const answer = await context.request.post(`${base}/login`, { form: { user, password } });
  if (!answer.url().endsWith('/status')) throw new Error(`no login: ${answer.status()}`);
}
