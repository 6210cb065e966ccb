/** Takes one source through every stage now, as a poll would, and tells what each stage made of it; stores nothing. */
import { reason } from '../reasons/catalogue.ts';
import { readInThread } from '../jobs/reading.ts';
import type { Edited } from '../pipeline/editorial.ts';
import { discoverFeeds } from '../feed/page/discover.ts';
import { createFetcher } from '../fetch/fetcher.ts';
import { requestOf, resolveAddress } from '../sources/configured.ts';
import { askDated } from '../sources/datedaddress.ts';
import { maskAddresses, publicAddress } from '../text/secrets.ts';
import type { Config } from '../model/config.ts';
import type { Source } from '../model/source.ts';
import { editItems } from '../threads/edititems.ts';
import type { Threads } from '../threads/pool.ts';
import type { Trial, TrialEntry } from '../web/deps.ts';

const MAX_ENTRIES = 40;

export interface TrialDeps {
  readonly threads: Threads;
  readonly config: () => Config;
  readonly now: () => number;
}

/** Fetches without validators, so that the document comes whole. Never throws for what network or server do. */
export async function trySource({ threads, config: inForce, now }: TrialDeps, source: Source): Promise<Trial> {
  const config = inForce();
  const address = resolveAddress(source.url, config.settings.rsshub);
  const blank: Trial = { fetched: null, read: null, entries: [], failure: null };
  if (address === null) return { ...blank, failure: { stage: 'address', reason: reason('fetch.address.no-rsshub') } };
  const fetcher = createFetcher(config.settings.fetch);
  try {
    const ask = (url: string) => fetcher.fetchDocument(requestOf(source, url, address));
    const { fetched: result } = await askDated(address, { timezone: source.timezone, now: now() }, ask);
    if (result.outcome !== 'modified') {
      const failed = result.outcome === 'failed';
      return {
        ...blank,
        failure: failed
          ? { stage: result.stage, reason: result.reason }
          : {
              stage: 'status',
              reason: reason('fetch.status.outcome', { outcome: result.outcome, status: result.status }),
            },
      };
    }
    const url = publicAddress(result.url);
    const fetched = {
      url,
      status: result.status,
      bytes: result.body.length,
      elapsedMs: result.elapsedMs,
      redirects: result.redirects.map(({ status, to }) => `${status} → ${maskAddresses(to)}`),
      contentType: result.headers['content-type'] ?? null,
    };
    const { body: bytes, headers } = result;
    const reading = await readInThread(threads, source, { bytes, headers, url }, now());
    if (!reading.ok) {
      const why = reading.reason;
      const linked = reading.stage === 'limit' ? [] : discoverFeeds(new TextDecoder().decode(bytes), url);
      const feeds = linked.map((feed) => feed.url);
      const said = feeds.length === 0 ? why : reason('feed.linked', { why, feeds: feeds.slice(0, 3) });
      return { ...blank, fetched, failure: { stage: reading.stage, reason: said } };
    }
    const { document } = reading;
    const items = document.items.slice(0, MAX_ENTRIES);
    const around = { title: document.title, baseUrl: document.link ?? document.url };
    const { edited } = await editItems(threads, inForce, () => {
      return { items, source, document: around, recurrences: null, dates: new Map(), now: now() };
    });
    return {
      fetched,
      failure: null,
      read: {
        format: document.format,
        title: document.title,
        charset: document.charset.used,
        repairs: document.repairs,
        items: document.items.length,
      },
      entries: edited.map(toEntry),
    };
  } finally {
    await fetcher.close();
  }
}

function toEntry({ cleaned, classification, judgement }: Edited): TrialEntry {
  const { entry, removed } = cleaned;
  return {
    title: entry.title,
    link: entry.link,
    published: entry.published,
    outlet: entry.outlet,
    length: entry.text.length,
    removed: removed.length,
    repairs: entry.repairs,
    regions: classification.regions.slice(0, 4).map(({ code, name }) => ({ code, name })),
    editions: judgement.editions,
    rule: judgement.rule,
    reason: judgement.reason,
  };
}
