/** Bounds how long a request waits for the store, and names the failure when it does not answer. */
import { performance } from 'node:perf_hooks';
import { messageOf } from '../../text/messageof.ts';

/** The store did not answer, or not in time. */
export class StoreAwayError extends Error {
  override readonly name = 'StoreAwayError';
}

/** No page waits longer for Redis; routes promise an answer within two seconds. */
const READ_MS = 1_700;

/** The result of `read`; throws StoreAwayError where it fails or takes longer than `ms`. */
export async function fromStore<T>(read: () => Promise<T>, ms: number = READ_MS): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new StoreAwayError(`Redis did not answer within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([read(), late]);
  } catch (error) {
    if (error instanceof StoreAwayError) throw error;
    throw new StoreAwayError(`Redis: ${messageOf(error)}`, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

/** A value that is loaded once for all requests at the same time, and kept for a while. */
export interface Shared<T> {
  readonly read: () => Promise<T>;
  /** What is kept; undefined where it is too old or was never loaded. */
  readonly peek: () => T | undefined;
}

/**
 * Keeps the result of `load` for `ms`; failures are not kept. For `lateMs` more the kept result is still given while a new
 * one is loaded.
 */
export function shared<T>(load: () => Promise<T>, ms: number, lateMs = 0): Shared<T> {
  let running: Promise<T> | undefined;
  let kept: { readonly value: T; readonly at: number } | undefined;
  const younger = (limitMs: number) =>
    kept !== undefined && performance.now() - kept.at < limitMs ? kept.value : undefined;
  const renew = () => {
    running ??= load()
      .then((value) => {
        kept = { value, at: performance.now() };
        return value;
      })
      .finally(() => {
        running = undefined;
      });
    return running;
  };
  const read = () => {
    const value = younger(ms);
    if (value !== undefined) return Promise.resolve(value);
    const renewed = renew();
    const late = younger(ms + lateMs);
    if (late === undefined) return renewed;
    renewed.catch(() => undefined);
    return Promise.resolve(late);
  };
  return { read, peek: () => younger(ms) };
}
