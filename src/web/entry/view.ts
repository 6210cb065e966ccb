/** Puts together what an entry's page shows: what the store keeps of it, and what the stages make of it today. */
import type { Config } from '../../model/config.ts';
import { isSetAside, type LedgerRow } from '../../model/decision.ts';
import type { Cleaned, Entry, StoredRaw } from '../../model/entry.ts';
import type { StoredReason } from '../../model/reason.ts';
import type { OutletPlace, RegionHit, Relevance } from '../../model/region.ts';
import { hasCode } from '../../reasons/catalogue.ts';
import { readStoredEntries } from '../../store/entries/storedentries.ts';
import { readRecurrences } from '../../store/sources/habits.ts';
import { readEntry, readStory, resolveStory } from '../../store/stories/stories.ts';
import type { Store } from '../../store/redis/keys.ts';
import type { WebDeps } from '../deps.ts';
import type { Standing } from '../../model/standing.ts';
import { fromStore } from '../http/storetimeout.ts';

export interface EntryView {
  readonly config: Config;
  readonly entry: Entry;
  /** Null once past retention. */
  readonly raw: StoredRaw | null;
  readonly cleaned: Cleaned | null;
  readonly relevance: readonly Relevance[];
  readonly standing: Standing | null;
  readonly regions: readonly RegionHit[];
  readonly outletPlace: OutletPlace | null;
  readonly story: {
    readonly id: string;
    readonly title: string;
    readonly copies: number;
    readonly why: StoredReason;
    /** The entry that came nearest, where it was no copy; null where there is none, or it is past retention. */
    readonly nearest: { readonly id: string; readonly title: string } | null;
  } | null;
  readonly firstSeen: number;
  readonly ledger: readonly LedgerRow[];
}

/**
 * Null where no such entry is stored (any more). Throws StoreAwayError where the store does not answer in time; looking at
 * the entry again has a time of its own, for a thread may have to start first.
 */
export async function readEntryView({ store, desk, config }: WebDeps, id: string): Promise<EntryView | null> {
  const stored = id === '' ? null : await fromStore(() => readStored(store, id));
  if (stored === null) return null;
  const { story, recurrences } = stored;
  const { entry, raw, regions, outletPlace = null, firstSeen, ledger } = stored.found;
  // What was set aside would hold this process as well.
  const isAside = isSetAside(ledger.at(-1)?.rule ?? '');
  const again = raw === null || isAside ? null : await desk.review(raw, entry, recurrences);
  const standing = await fromStore(() => desk.standingOf(id));
  const own = story?.copies.find((copy) => copy.entry === id);
  const lead = story?.copies.find((copy) => copy.entry === story.lead);
  const named = await fromStore(() => nameNearest(store, own?.why ?? ''));
  return {
    config: config(),
    entry,
    raw,
    cleaned: again?.cleaned ?? null,
    relevance: again?.relevance ?? [],
    standing,
    regions,
    outletPlace,
    story:
      story === null
        ? null
        : {
            id: story.id,
            title: lead?.title ?? '',
            copies: story.copies.length,
            why: named.why,
            nearest: named.nearest,
          },
    firstSeen,
    ledger,
  };
}

/** Why an entry is a story of its own, with the nearest entry's own headline in place of the folded one that was compared. */
async function nameNearest(store: Store, why: StoredReason) {
  if (typeof why === 'string' || !hasCode(why, 'story.nearest')) return { why, nearest: null };
  const id = why.params?.['entry'];
  const entry = typeof id !== 'string' ? undefined : (await readStoredEntries(store, [id])).get(id);
  if (typeof id !== 'string' || entry === undefined) return { why, nearest: null };
  return { why: { ...why, params: { ...why.params, title: entry.title } }, nearest: { id, title: entry.title } };
}

async function readStored(store: Store, id: string) {
  const found = await readEntry(store, id);
  if (found === null) return null;
  const [story, recurrences] = await Promise.all([
    resolveStory(store, found.story).then((current) => readStory(store, current)),
    readRecurrences(store, found.entry.source),
  ]);
  return { found, story, recurrences };
}
