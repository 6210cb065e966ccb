/** Takes one source through every stage now, as a poll would, and tells what each stage made of it; stores nothing. */
import { reason } from '../reasons/catalogue.ts';
import { createEditor, type Editor } from '../pipeline/editorial.ts';
import { discoverFeeds } from '../feed/page/discover.ts';
import { createFetcher } from '../fetch/fetcher.ts';
import { readDocument } from '../feed/readdocument.ts';
import { requestOf, resolveAddress } from '../sources/configured.ts';
import { maskAddresses, publicAddress } from '../text/secrets.ts';
import type { Config } from '../model/config.ts';
import type { Source } from '../model/source.ts';
import type { Trial, TrialEntry } from '../web/deps.ts';

const MAX_ENTRIES = 40;

/** Fetches without validators, so that the document comes whole. Never throws for what network or server do. */
export async function trySource(config: Config, source: Source, now: number): Promise<Trial> {
  const address = resolveAddress(source.url, config.settings.rsshub);
  const blank: Trial = { fetched: null, read: null, entries: [], failure: null };
  if (address === null) return { ...blank, failure: { stage: 'address', reason: reason('fetch.address.no-rsshub') } };
  const fetcher = createFetcher(config.settings.fetch);
  try {
    const result = await fetcher.fetchDocument(requestOf(source, address));
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
    const reading = await readDocument(source, { bytes, headers, url }, now);
    if (!reading.ok) {
      const why = reading.reason;
      const feeds = discoverFeeds(new TextDecoder().decode(bytes), url).map((feed) => feed.url);
      const said = feeds.length === 0 ? why : reason('feed.linked', { why, feeds: feeds.slice(0, 3) });
      return { ...blank, fetched, failure: { stage: reading.stage, reason: said } };
    }
    const { document } = reading;
    const editor = createEditor(config);
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
      entries: document.items
        .slice(0, MAX_ENTRIES)
        .map((item) => tryItem(editor, source, item, document.title, document.link ?? document.url)),
    };
  } finally {
    await fetcher.close();
  }
}

type Item = Parameters<Editor['edit']>[0];

function tryItem(editor: Editor, source: Source, item: Item, title: string | null, baseUrl: string): TrialEntry {
  const { cleaned, classification, judgement } = editor.edit(item, source, { title, baseUrl });
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
