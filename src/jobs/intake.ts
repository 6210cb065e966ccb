/** Holds what is more than a source's quotas: takes the rest, notes what is held, and writes down what was lost by it. */
import type { Store } from '../store/redis/keys.ts';
import { reason } from '../reasons/catalogue.ts';
import { noteUntaken } from '../store/ledger/untaken.ts';
import { type Marks, noteTaken, readTaken, swapHeld } from '../store/sources/taken.ts';
import type { Config } from '../model/config.ts';
import type { FeedDocument, RawItem } from '../model/feed.ts';
import type { Source, SourceState } from '../model/source.ts';
import type { Reading } from '../sources/afterpoll.ts';
import type { OldNews } from '../sources/oldnews.ts';
import { admit, type Offered, type OfferedKind, quotasOf, usualOn } from '../sources/quotas.ts';

export interface IntakeDeps {
  readonly store: Store;
  readonly config: () => Config;
  readonly now: () => number;
}

/** An item that was never committed as it is now. */
export interface FreshItem {
  readonly item: RawItem;
  readonly hash: string;
  readonly kind: 'new' | 'changed';
}

/** What a document is taken in with. */
export interface Offer {
  readonly source: Source;
  readonly document: FeedDocument;
  /** The document has all that the source has now; what a hub sends may be the news alone. */
  readonly whole: boolean;
  /** Where it is not whole: the last whole reading when it came. */
  readonly sinceWhole?: number;
  /** Where it brings to light what is no news: its first, or that after a redesign. */
  readonly old?: OldNews | undefined;
  /** The same document with all its items read; absent where they are. */
  readonly readWhole?: (() => Promise<FeedDocument>) | undefined;
  readonly before: Pick<SourceState, 'rhythm' | 'usual' | 'held' | 'renamed' | 'datesOfMaking'>;
}

/** Those of `fresh` that are taken now, in their order; `ids`: of all items of the document. What is held stays unseen, so that a later poll brings it again. */
export async function takeIn(
  deps: IntakeDeps,
  { source, ids, whole, before }: Offer & { readonly ids: readonly string[] },
  fresh: readonly FreshItem[],
): Promise<{ readonly taken: readonly FreshItem[]; readonly held: Reading['held'] }> {
  const { store, config, now } = deps;
  if (fresh.length === 0 && before.held === 0) return { taken: fresh, held: null };
  const at = now();
  const { settings, version } = config();
  const offered = fresh.map(offerOf);
  const marks = marksOf(offered);
  const today = await readTaken(store, source.id, marks, at);
  const quotas = quotasOf(source, settings.quotas);
  const own = source.quotas?.newPerDay !== undefined;
  const { taken, held } = admit(offered, today, { quotas, usual: usualOn(before, at).perDay, own });
  const isTaken = (i: number) => taken.has(offered[i]?.mark ?? '');
  await noteTaken(store, source.id, marksOf(offered.filter(({ mark }) => taken.has(mark))), at);
  if (held !== null || before.held > 0) {
    const waiting = fresh.filter((one, i) => one.kind === 'new' && !isTaken(i)).map(({ item }) => item);
    const items = waiting.map(({ id, title }) => ({ id, title: title ?? '' }));
    const untaken = await swapHeld(store, source.id, items, new Set(ids), whole);
    const { ledgerCount } = settings.retention;
    const why = reason('quota.left', { items: untaken.length });
    await noteUntaken(store, source.id, untaken, why, { now: at, configVersion: version, ledgerCount });
  }
  return { taken: fresh.filter((_, i) => isTaken(i)), held };
}

/** Writes down items whose entries were forgotten and that have changed since: they do not come back. */
export async function noteForgotten(deps: IntakeDeps, source: string, items: readonly RawItem[]): Promise<void> {
  const { settings, version } = deps.config();
  const why = reason('quota.forgotten', { items: items.length });
  const { ledgerCount } = settings.retention;
  await noteUntaken(deps.store, source, items, why, { now: deps.now(), configVersion: version, ledgerCount });
}

/** A changed item counts again with each change. */
function offerOf({ item: { id }, hash, kind }: FreshItem): Offered {
  return { mark: kind === 'new' ? id : `${id} ${hash}`, kind };
}

function marksOf(offered: readonly Offered[]): Marks {
  const of = (kind: OfferedKind) => offered.filter((one) => one.kind === kind).map(({ mark }) => mark);
  return { new: of('new'), changed: of('changed') };
}
