/** Looks for what to poll at an address that a person typed, over the network and within a time. */
import type { ReadResult } from '../model/feed.ts';
import type { Config } from '../model/config.ts';
import { plainSource, type SourceSettings } from '../config/plainsource.ts';
import type { ReceivedDocument } from '../feed/readdocument.ts';
import { createFetcher } from '../fetch/fetcher.ts';
import { reason } from '../reasons/catalogue.ts';
import { findSource, type SourceFinding } from './findsource.ts';
import { loadAddress, settingsAt } from './loadaddress.ts';

/** Some fifteen addresses may be asked, each for as long as a slow server takes; a person waits for this long. */
const MOST_MS = 60_000;

/** `read`: reads a document as a source of these settings. */
export async function seekSource(
  typed: string,
  config: Config,
  read: (settings: SourceSettings, document: ReceivedDocument) => Promise<ReadResult>,
): Promise<SourceFinding> {
  const fetcher = createFetcher(config.settings.fetch);
  const ends = performance.now() + MOST_MS;
  try {
    return await findSource(
      {
        load: async (url) =>
          performance.now() > ends
            ? { ok: false, reason: reason('source.find.too-long', { ms: MOST_MS }) }
            : loadAddress(url, settingsAt(url, config), config, fetcher),
        read: (document, kind) => read({ ...plainSource(document.url, document.url), kind }, document),
      },
      typed,
    );
  } finally {
    await fetcher.close();
  }
}
