/** Waits for a condition: tests that wait for a fixed time are slow on an idle machine and fail on a busy one. */
import { setTimeout as sleep } from 'node:timers/promises';

const EVERY_MS = 20;

/** Waits until `holds`; throws, naming `what` was waited for (a function: as it is at the end), once `limitMs` are over. */
export async function until(
  holds: () => boolean | Promise<boolean>,
  what: string | (() => string),
  limitMs = 40_000,
): Promise<void> {
  const deadline = Date.now() + limitMs;
  while (Date.now() < deadline) {
    if (await holds()) return;
    await sleep(EVERY_MS);
  }
  throw new Error(`waited ${limitMs} ms for ${typeof what === 'string' ? what : what()}`);
}
