/** Makes sources of a list of subscriptions, but for those that there are already. */
import type { NewSource } from '../config/files/edit.ts';
import { addressKey, nameFrom, nameSource } from '../config/files/newsource.ts';
import type { Config } from '../model/config.ts';
import type { Reason } from '../model/reason.ts';
import { readSubscriptions } from './opmllist.ts';

export interface ListedSources {
  readonly fresh: readonly NewSource[];
  /** Addresses that a source has already, with its id. */
  readonly known: readonly { readonly url: string; readonly source: string }[];
  /** Outlines that name an address which stands there already. */
  readonly repeated: number;
  readonly refused: readonly Reason[];
}

/** Null where the bytes are no list of subscriptions. */
export function sourcesOfList({ sources }: Pick<Config, 'sources'>, bytes: Uint8Array): ListedSources | null {
  const list = readSubscriptions(bytes);
  if (list === null) return null;
  const { subscriptions, repeated, refused } = list;
  const byAddress = new Map(sources.map(({ url, id }) => [addressKey(url), id]));
  const taken = new Set(sources.map(({ id }) => id));
  const fresh: NewSource[] = [];
  const known: { url: string; source: string }[] = [];
  for (const { url, title, group } of subscriptions) {
    const source = byAddress.get(addressKey(url));
    if (source !== undefined) {
      known.push({ url, source });
      continue;
    }
    const id = nameSource(url, taken);
    taken.add(id);
    const [name, heading] = [nameFrom(title ?? ''), nameFrom(group ?? '')];
    fresh.push({ id, url, ...(name !== null && { name }), ...(heading !== null && { group: heading }) });
  }
  return { fresh, known, repeated, refused };
}
