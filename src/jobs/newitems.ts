/** Turns the items of a polled document into jobs: those that are new or changed, and nothing else. */
import { createHash } from 'node:crypto';
import type { FeedDocument, RawItem } from '../model/feed.ts';
import { withoutItems } from '../feed/items/knownitem.ts';
import { noteReading } from '../store/sources/readings.ts';
import { StoreError } from '../store/redis/storeerror.ts';
import { compactSeen, noteCarried, noteSeen } from '../store/sources/seen.ts';
import { lengthOf } from '../threads/tasks.ts';
import type { Reading } from '../sources/afterpoll.ts';
import { type FreshItem, type IntakeDeps, noteForgotten, type Offer, takeIn } from './intake.ts';
import { isOld } from '../sources/oldnews.ts';
import { FULL_TEXT_OPTIONS, type Queues } from './queues.ts';
import { recognise, type Recognised } from './recognition.ts';

/** What a job carries at most, unless it is one item; a large feed becomes several jobs that Redis and the worker can hold. */
const MAX_ITEMS_PER_JOB = 200;
const MAX_CHARACTERS_PER_JOB = 500_000;
/** Five hundred jobs that are done are kept for people to look at; of jobs this long none is. */
const KEPT_CHARACTERS = 50_000;

/**
 * Queues the items that are new or changed, as far as the source's quotas let them in. Once this returns they are safe in
 * Redis.
 */
export async function passOn(
  deps: IntakeDeps & { readonly queues: Pick<Queues, 'ingest' | 'fulltext'> },
  offer: Offer,
): Promise<Pick<Reading, 'fresh' | 'arrivals' | 'gmtStamps' | 'held' | 'overtaken' | 'renamed' | 'datesOfMaking'>> {
  const { source, document, whole, old } = offer;
  const seenOf = (item: RawItem) => (old !== undefined && isOld(item, old) ? old.since : undefined);
  const { known, read, fresh, held, overtaken, reading } = await settleFresh(deps, offer);
  const { renamed, datesOfMaking } = known;
  const of = { source: source.id, feedTitle: document.title, baseUrl: document.link ?? document.url, reading };
  const wantsPage = ({ item }: (typeof fresh)[number]) => source.fullText !== false && item.link !== null;
  await deps.queues.fulltext.addBulk(
    fresh.filter(wantsPage).map(({ item, hash }, rank) => ({
      name: source.id,
      data: { ...of, item, hash, firstSeen: seenOf(item) },
      // The first pages of every source come before the hundredth of any.
      opts: { ...FULL_TEXT_OPTIONS, priority: rank + 1, deduplication: { id: `${item.id}.${hash}` } },
    })),
  );
  const ready = fresh.filter((one) => !wantsPage(one));
  for (const { batch, characters } of batchesOf(ready)) {
    const items = batch.map(({ item, hash }) => ({ item, hash, firstSeen: seenOf(item) }));
    // A poll that is repeated after a crash finds its items still unseen: the same batch is not queued twice.
    const id = createHash('sha256')
      .update(items.map(({ hash }) => hash).join())
      .digest('base64url')
      .slice(0, 16);
    const deduplication = { id: `${source.id}.${id}` };
    const isKept = characters <= KEPT_CHARACTERS;
    await deps.queues.ingest.add(
      source.id,
      { ...of, items },
      isKept ? { deduplication } : { deduplication, removeOnComplete: true },
    );
  }
  await noteSeen(deps.store, source.id, known.names);
  if (whole) await noteCarried(deps.store, source.id, known.ids, knownOf(read, known, fresh));
  if (whole && fresh.length > 0) await compactSeen(deps.store, source.id, known.allIds);
  const isNews = ({ item, kind }: (typeof fresh)[number]) =>
    kind === 'new' && (old?.isFirst === true || seenOf(item) === undefined);
  const arrived = fresh.filter(isNews).map(({ item }) => item.published);
  const stamps = arrived.filter((at) => at !== null);
  return {
    renamed,
    datesOfMaking,
    held,
    overtaken,
    fresh: fresh.length,
    gmtStamps: gmtStampsOf(document, fresh),
    arrivals: { stamps, unstamped: arrived.length - stamps.length },
  };
}

/** What spares reading the items again, but those that are to be looked at again: not taken, or under names that may yet change. */
function knownOf({ known }: FeedDocument, recognised: Recognised, taken: readonly FreshItem[]): string | undefined {
  if (known === undefined) return undefined;
  const passed = new Set(taken.map(({ item }) => item.id));
  const held = recognised.fresh.flatMap(({ item: { id } }) => (passed.has(id) ? [] : [id]));
  return withoutItems(known, new Set([...recognised.unsettled, ...held]));
}

interface ItemBatch {
  readonly batch: readonly FreshItem[];
  readonly characters: number;
}

/** What becomes one job each, in the order of the items. */
export function batchesOf(items: readonly FreshItem[]): readonly ItemBatch[] {
  const batches: { batch: FreshItem[]; characters: number }[] = [];
  for (const one of items) {
    const characters = one.item.title.length + lengthOf(one.item);
    const last = batches.at(-1);
    const fits = last !== undefined && last.characters + characters <= MAX_CHARACTERS_PER_JOB;
    if (last === undefined || !fits || last.batch.length === MAX_ITEMS_PER_JOB)
      batches.push({ batch: [one], characters });
    else {
      last.batch.push(one);
      last.characters += characters;
    }
  }
  return batches;
}

/** Dates labelled GMT of new items, as given. */
function gmtStampsOf({ labelledGmt }: FeedDocument, fresh: readonly FreshItem[]): readonly number[] {
  if (labelledGmt === undefined) return [];
  const labelled = new Set(labelledGmt.ids);
  return fresh.flatMap(({ kind, item: { id, published, updated } }) => {
    const at = kind === 'new' && labelled.has(id) ? (published ?? updated) : null;
    return at === null ? [] : at + labelledGmt.shiftMs;
  });
}

/** Rounds of recognising, each of which an ingest overtook, before the poll is given up; the next one begins anew. */
const MAX_ROUNDS = 20;

interface Settled {
  readonly known: Recognised;
  /** The document, with all its items read where what was known of them did not hold. */
  readonly read: FeedDocument;
  readonly fresh: readonly FreshItem[];
  readonly held: Reading['held'];
  readonly overtaken: boolean;
  /** Number of this reading. */
  readonly reading: number;
}

/** Which items are to be queued, under the number of a reading that makes outdated what was read before. */
async function settleFresh(deps: IntakeDeps, offer: Offer): Promise<Settled> {
  const { source, whole, before, readWhole } = offer;
  let { document } = offer;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const known = await recognise(deps.store, document, before, { whole, now: deps.now(), of: source });
    if (known === null) {
      if (readWhole === undefined) throw new Error(`${source.id} has items that were not read`);
      document = await readWhole();
      continue;
    }
    await noteForgotten(deps, source.id, known.forgotten);
    const { taken, held } = await takeIn(deps, { ...offer, ids: known.ids }, known.fresh);
    const noted = await noteReading(deps.store, source.id, {
      fresh: new Map(taken.map(({ item, hash }) => [item.id, hash])),
      standing: known.standing,
      sinceWhole: whole ? null : (offer.sinceWhole ?? 0),
    });
    if (noted === null) continue;
    const fresh = taken.filter(({ item }) => noted.ids.has(item.id));
    return { known, read: document, fresh, held, overtaken: fresh.length < taken.length, reading: noted.reading };
  }
  throw new StoreError('outrun', `${source.id} was overtaken by its own entries ${MAX_ROUNDS} times`);
}
