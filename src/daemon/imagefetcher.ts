/** Fetches pictures for readers under the limits and the address guard of every other fetch. */
import { createFetcher, type Fetcher } from '../fetch/fetcher.ts';
import { say } from '../reasons/render.ts';
import { createGate, type Gate } from '../fetch/gate.ts';
import type { Config } from '../model/config.ts';
import type { ImageFetch } from '../web/deps.ts';

const ACCEPT = 'image/avif,image/webp,image/png,image/jpeg,image/gif;q=0.9,image/*;q=0.5';
/** Readers wait for pictures; feeds may come late. */
const TIMEOUT_MS = 15_000;
const AT_ONCE = 8;
/** Pictures of news are a tenth of this; those that are fetched at once are in memory together. */
const MOST_BYTES = 10 * 1024 * 1024;
/** Of one host; browsers take six. Spaced like polls, the pictures of one page would take a minute. */
const AT_ONCE_OF_HOST = 4;

export interface ImageFetcher {
  readonly fetchImage: ImageFetch;
  readonly close: () => Promise<void>;
}

/** A fetcher follows the settings in force: one of older settings ends once its requests are done. */
export function createImageFetcher(config: () => Config): ImageFetcher {
  let made: { readonly of: Config['settings']['fetch']; readonly fetcher: Fetcher } | null = null;
  const current = (): Fetcher => {
    const { fetch } = config().settings;
    if (made?.of === fetch) return made.fetcher;
    void made?.fetcher.close();
    const fetcher = createFetcher({
      ...fetch,
      timeoutMs: Math.min(fetch.timeoutMs, TIMEOUT_MS),
      maxBytes: Math.min(fetch.maxBytes, MOST_BYTES),
      concurrency: Math.min(fetch.concurrency, AT_ONCE),
    });
    made = { of: fetch, fetcher };
    return fetcher;
  };
  /** Hosts that are asked now: those who wait for a slow one take no place that pictures of another could have. */
  const hosts = new Map<string, { readonly gate: Gate; callers: number }>();
  const inTurn = async <T>(host: string, run: () => Promise<T>): Promise<T> => {
    const entry = hosts.get(host) ?? { gate: createGate(AT_ONCE_OF_HOST), callers: 0 };
    hosts.set(host, entry);
    entry.callers++;
    await entry.gate.enter();
    try {
      return await run();
    } finally {
      entry.gate.leave();
      entry.callers--;
      if (entry.callers === 0) hosts.delete(host);
    }
  };
  return {
    async fetchImage(url, referer) {
      const host = URL.canParse(url) ? new URL(url).host : url;
      const result = await inTurn(host, () =>
        current().fetchDocument({ url, headers: { accept: ACCEPT }, referer: referer ?? undefined }),
      );
      if (result.outcome === 'modified')
        return { ok: true, body: result.body, type: result.headers['content-type'] ?? '' };
      return {
        ok: false,
        message: result.outcome === 'failed' ? say(result.reason, 'en') : result.outcome,
      };
    },
    close: async () => made?.fetcher.close(),
  };
}
