/** Gets the document at an address once, whole, as a poll of a source would ask for it. */
import { plainSource, type SourceSettings } from '../config/plainsource.ts';
import type { ReceivedDocument } from '../feed/readdocument.ts';
import type { Fetcher } from '../fetch/fetcher.ts';
import type { Config } from '../model/config.ts';
import type { FetchResult } from '../model/fetch.ts';
import type { StoredReason } from '../model/reason.ts';
import { reason } from '../reasons/catalogue.ts';
import { requestOf, resolveAddress } from '../sources/configured.ts';
import { askDated } from '../sources/datedaddress.ts';

/** A document's bytes with what is known of them, or why there are none. `result`: null where nothing was asked. */
export type LoadedAddress =
  | ({ readonly ok: true; readonly settings: SourceSettings; readonly status: number } & ReceivedDocument)
  | {
      readonly ok: false;
      readonly url: string;
      readonly stage: string;
      readonly reason: StoredReason;
      readonly result: FetchResult | null;
    };

/** How an address is asked: as by the source that has it, if one does. */
export function settingsAt(address: string, { sources }: Config): SourceSettings {
  return sources.find(({ url }) => url === address) ?? plainSource(address, address);
}

/** Never throws for what network or server do. */
export async function loadAddress(
  address: string,
  settings: SourceSettings,
  config: Config,
  fetcher: Fetcher,
): Promise<LoadedAddress> {
  const url = resolveAddress(address, config.settings.rsshub);
  if (url === null)
    return { ok: false, url: address, stage: 'address', reason: reason('fetch.address.no-rsshub'), result: null };
  const ask = (one: string) => fetcher.fetchDocument(requestOf(settings, one, url));
  const { fetched: result } = await askDated(url, { timezone: settings.timezone, now: Date.now() }, ask);
  if (result.outcome === 'modified') {
    const { url: final, body: bytes, headers, status } = result;
    return { ok: true, url: final, bytes, headers, settings, status };
  }
  if (result.outcome === 'failed') return { ok: false, url, stage: result.stage, reason: result.reason, result };
  const { outcome, status } = result;
  return { ok: false, url, stage: 'status', reason: reason('fetch.status.outcome', { outcome, status }), result };
}
