/** Fetches pictures for readers under the limits and the address guard of every other fetch. */
import { createFetcher, type Fetcher } from '../fetch/fetch.ts';
import type { Config } from '../types.ts';
import type { ImageFetch } from '../web/deps.ts';

const ACCEPT = 'image/avif,image/webp,image/png,image/jpeg,image/gif;q=0.9,image/*;q=0.5';
/** Readers wait for pictures; feeds may come late. */
const TIMEOUT_MS = 15_000;
const AT_ONCE = 8;

export interface ImageFetcher {
  readonly fetchImage: ImageFetch;
  readonly close: () => Promise<void>;
}

/** A fetcher follows the settings in force: one of settings that changed ends once nobody waits for it. */
export function createImageFetcher(config: () => Config): ImageFetcher {
  let made: { readonly of: Config['settings']['fetch']; readonly fetcher: Fetcher } | null = null;
  const current = (): Fetcher => {
    const { fetch } = config().settings;
    if (made?.of === fetch) return made.fetcher;
    void made?.fetcher.close();
    const fetcher = createFetcher({
      ...fetch,
      timeoutMs: Math.min(fetch.timeoutMs, TIMEOUT_MS),
      concurrency: Math.min(fetch.concurrency, AT_ONCE),
    });
    made = { of: fetch, fetcher };
    return fetcher;
  };
  return {
    async fetchImage(url, referer) {
      const headers = { accept: ACCEPT, ...(referer === null ? {} : { referer }) };
      const result = await current().fetchDocument({ url, headers });
      if (result.outcome === 'modified')
        return { ok: true, body: result.body, type: result.headers['content-type'] ?? '' };
      return {
        ok: false,
        message: result.outcome === 'failed' ? `${result.stage}: ${result.message}` : result.outcome,
      };
    },
    close: async () => made?.fetcher.close(),
  };
}
