/** Makes of an item that could not be read the entry that says so; apart from the stages, which only threads load. */
import type { Entry } from '../model/entry.ts';
import type { RawItem } from '../model/feed.ts';
import type { Reason } from '../model/reason.ts';
import type { SourceFacts } from '../model/source.ts';
import { isWeb, parseUrl } from '../text/url.ts';
import type { Edited } from './editorial.ts';

/** Item id → the date that its stored entry has (null: undated), for those that are stored. */
export type StoredDates = ReadonlyMap<string, number | null>;

/** A changed entry keeps the date that it first had; one that was undated stays so. */
export function dateOf(id: string, published: number | null, dates: StoredDates): number | null {
  const first = dates.get(id);
  return first === undefined ? published : first;
}

/** As much of what a publisher gave as is shown of an item that nothing else is known of. */
const MOST_TITLE = 200;
const MOST_ADDRESS = 2_000;

/**
 * What an item is stored as that could not be read: its title and link as they came, cut short, in no edition. None of
 * it goes through the stages, which it would hold again.
 */
export function setAside(
  item: RawItem,
  { source, dates }: { readonly source: Pick<SourceFacts, 'id'>; readonly dates: StoredDates },
  why: Reason,
): Edited {
  const entry: Entry = {
    id: item.id,
    source: source.id,
    guid: item.guid === null ? null : item.guid.slice(0, MOST_ADDRESS),
    title: item.title
      .slice(0, MOST_TITLE)
      .replaceAll(/[\s\p{Cc}]+/gu, ' ')
      .trim(),
    link: shortLink(item.link),
    originalLink: null,
    published: dateOf(item.id, item.published, dates),
    updated: item.updated,
    authors: [],
    outlet: null,
    editor: null,
    dateline: null,
    opening: null,
    summary: '',
    content: '',
    text: '',
    categories: [],
    enclosures: [],
    image: null,
    language: null,
    script: null,
    repairs: [],
  };
  return {
    cleaned: { entry, removed: [], edges: [], spam: false, nonEntry: null },
    classification: { regions: [], themes: [] },
    relevance: [],
    fingerprint: { keys: [], topics: [], evidence: '' },
    judgement: { editions: [], rule: why.code, reason: why, barred: true, matched: [] },
  };
}

function shortLink(link: string | null): string | null {
  if (link === null || link.length > MOST_ADDRESS) return null;
  const url = parseUrl(link);
  return url !== null && isWeb(url) ? link : null;
}
