/** Edits some items of one source as values in, values out, and makes of one that could not be read the entry that says so. */
import { createRecurrences } from '../clean/article/recurring.ts';
import type { Reason } from '../model/reason.ts';
import type { Entry } from '../model/entry.ts';
import type { RawItem } from '../model/feed.ts';
import type { SourceFacts } from '../model/source.ts';
import { fingerprint } from '../story/keys/fingerprint.ts';
import { isWeb, parseUrl } from '../text/url.ts';
import { type Edited, type Editor, editTogether } from './editorial.ts';

export interface Batch {
  readonly items: readonly RawItem[];
  readonly source: SourceFacts;
  readonly document: { readonly title: string | null; readonly baseUrl: string | null };
  /** What the source is known to repeat, as `Recurrences.write` gives it; null: nothing yet. */
  readonly recurrences: string | null;
  /** Item id → the date that its stored entry has (null: undated), for those that are stored. */
  readonly dates: ReadonlyMap<string, number | null>;
  readonly now: number;
}

export interface EditedBatch {
  /** One an item, in order. */
  readonly edited: readonly Edited[];
  readonly recurrences: string;
}

/** `begin` is told of each item, by its place, before work on it begins. */
export function editBatch(editor: Editor, batch: Batch, begin: (at: number) => void): EditedBatch {
  const { items, source, document, dates, now } = batch;
  const recurrences = createRecurrences(batch.recurrences);
  const all = items.map((item) => ({ item, source, document }));
  const edited = editTogether(editor, all, () => recurrences, now, begin);
  return { edited: edited.map((one) => keepDate(one, dates)), recurrences: recurrences.write() };
}

/** A changed entry keeps the date that it first had; one that was undated stays so. */
function dateOf(id: string, published: number | null, dates: Batch['dates']): number | null {
  const first = dates.get(id);
  return first === undefined ? published : first;
}

function keepDate(edited: Edited, dates: Batch['dates']): Edited {
  const { cleaned, fingerprint: print } = edited;
  const published = dateOf(cleaned.entry.id, cleaned.entry.published, dates);
  if (published === cleaned.entry.published) return edited;
  const entry = { ...cleaned.entry, published };
  const { evidence } = fingerprint(entry);
  return { ...edited, cleaned: { ...cleaned, entry }, fingerprint: { ...print, evidence } };
}

/** As much of what a publisher gave as is shown of an item that nothing else is known of. */
const MOST_TITLE = 200;
const MOST_ADDRESS = 2_000;

/**
 * What an item is stored as that could not be read: its title and link as they came, cut short, in no edition. None of
 * it goes through the stages, which it would hold again.
 */
export function setAside(item: RawItem, { source, dates }: Pick<Batch, 'source' | 'dates'>, why: Reason): Edited {
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
