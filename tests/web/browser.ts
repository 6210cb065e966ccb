/** Starts the machine's Chromium, and logs it in. */
import { type Browser, type BrowserContext, chromium } from 'playwright-core';
import { findProgram } from '../support/programs.ts';

const findChromium = () => process.env['CHROMIUM'] ?? findProgram(['chromium', 'google-chrome']);

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium(),
    args: ['--no-sandbox', '--disable-gpu'],
  });
}

/** Gives the pages of this browser a session. */
export async function logIn(context: BrowserContext, base: string, user: string, password: string): Promise<void> {
  const answer = await context.request.post(`${base}/login`, { form: { user, password } });
  if (!answer.url().endsWith('/status')) throw new Error(`no login: ${answer.status()}`);
}
