/** Reads stories and entries back: one by id, an edition's page, what a fingerprint key leads to. */
import type { LedgerRow } from '../../model/decision.ts';
import type { StoredEntry, StoredRaw } from '../../model/entry.ts';
import type { EditionRow, Story } from '../../model/story.ts';
import { z } from 'zod';
import { createPieces } from '../../text/giveway.ts';
import { keys, type Store } from '../redis/keys.ts';
import { outline } from '../redis/storedjson.ts';
import { readLedgerRows } from '../ledger/ledger.ts';
import { readPacked, readRaw } from '../entries/packedentry.ts';
import { findEntries } from '../entries/postings.ts';
import { readStoredEntries } from '../entries/storedentries.ts';
import { checkEach, readable } from '../redis/unreadable.ts';

/** Merges of merges that a reader follows; each merge re-points to the survivor, so one hop is the rule. */
const MAX_ALIAS_HOPS = 10;

const STORY = outline<Omit<Story, 'version'>>({
  id: z.string(),
  lead: z.string(),
  copies: z.array(z.looseObject({ entry: z.string(), source: z.string() })).min(1),
  editions: z.array(z.string()),
  regions: z.array(z.unknown()),
  orderAt: z.number(),
});
/** `nowhere`: it is no news, and no edition can have it. */
type StoredClassification = Pick<StoredEntry, 'regions' | 'themes' | 'outletPlace' | 'editions'> & {
  readonly nowhere: boolean;
};

const CLASSIFIED = outline<StoredClassification>({
  regions: z.array(z.unknown()),
  themes: z.array(z.unknown()).default([]),
  outletPlace: z.looseObject({ code: z.string(), name: z.string() }).optional(),
  editions: z.array(z.string()).default([]),
  nowhere: z.boolean().default(false),
});

/** What an entry was classified as, from the field `x` of its hash. */
export function readClassified(json: Buffer, key: string): StoredClassification {
  return CLASSIFIED.read(json.toString(), key);
}

/** How the names of keys begin that only a script knows whole; part of its control (see includes/editions.lua and narrowing.lua). */
export function namePrefixes(store: Store) {
  return {
    storyPrefix: keys.story(store, ''),
    aliasPrefix: keys.alias(store, ''),
    editionPrefix: keys.edition(store, ''),
    entryPrefix: keys.entry(store, ''),
    facetPrefix: keys.facet(store, ''),
    wordDays: keys.wordDays(store),
    wordsWaiting: keys.wordsWaiting(store),
  };
}

/** The id that a story lives under now, after merges. */
export async function resolveStory(store: Store, id: string): Promise<string> {
  let current = id;
  for (let hop = 0; hop < MAX_ALIAS_HOPS; hop++) {
    const next = await store.redis.get(keys.alias(store, current));
    if (next === null) return current;
    current = next;
  }
  return current;
}

/** The story under exactly this id; null where there is none that can be read (ask `resolveStory` for merged ones). */
export async function readStory(store: Store, id: string): Promise<Story | null> {
  return (await readStories(store, [id])).get(id) ?? null;
}

/** The stories under exactly these ids; one that is not there, or cannot be read, is missing. */
export async function readStories(store: Store, ids: readonly string[]): Promise<Map<string, Story>> {
  const stories = new Map<string, Story>();
  if (ids.length === 0) return stories;
  const pipeline = store.redis.pipeline();
  for (const id of ids) pipeline.hmget(keys.story(store, id), 'v', 'j');
  const keyOf = (place: number) => keys.story(store, ids[place] as string);
  const rows = await checkEach(store, pipeline.exec(), keyOf);
  const pieces = createPieces();
  for (const [i, row] of rows.entries()) {
    await pieces();
    const id = ids[i] as string;
    const story = row === null ? null : readable(store, keyOf(i), () => toStory(row as (string | null)[], keyOf(i)));
    if (story !== null) stories.set(id, story);
  }
  return stories;
}

function toStory([version, json]: readonly (string | null)[], key: string): Story | null {
  return json ? { ...STORY.read(json, key), version: Number(version) } : null;
}

/** Ids of the newest stories, `most` at most, and how many are stored. */
export async function newestStories(
  store: Store,
  most: number,
): Promise<{ readonly ids: readonly string[]; readonly stored: number }> {
  const stored = await store.redis.zcard(keys.stories(store));
  const ids = most > 0 ? await store.redis.zrevrange(keys.stories(store), 0, most - 1) : [];
  return { ids, stored };
}

const ENTRY_FIELDS = ['e', 's', 'x', 'at', 'd', 'r', 'l'] as const;

type StoredWithPast = StoredEntry & { readonly raw: StoredRaw | null; readonly ledger: readonly LedgerRow[] };

/** An entry with its decisions, oldest first; null where it is not stored (any more), or cannot be read. */
export async function readEntry(store: Store, id: string): Promise<StoredWithPast | null> {
  const key = keys.entry(store, id);
  const reading = store.redis.pipeline().hmgetBuffer(key, ...ENTRY_FIELDS);
  const [found] = await checkEach(store, reading.exec(), () => key);
  const [packed, story, classified, at, decision, raw, ledger] = (found ?? []) as (Buffer | null)[];
  if (!packed || !story || !classified) return null;
  const stored = readable(store, key, () => {
    const { entry, json } = readPacked(packed, key);
    const { nowhere: _, ...classification } = readClassified(classified, key);
    return { entry, json, classification };
  });
  if (stored === null) return null;
  const { entry, json, classification } = stored;
  return {
    entry,
    story: story.toString(),
    firstSeen: Number(at),
    decision: String(decision) as StoredEntry['decision'],
    ...classification,
    raw: raw ? readable(store, key, () => readRaw(raw, json, key)) : null,
    ledger: await readLedgerRows(store, (ledger?.toString() ?? '').split(',').filter(Boolean)),
  };
}

/** Entry ids that were committed under a fingerprint key within `windowMs`. */
export async function entriesOfKey(store: Store, key: string, now: number, windowMs: number): Promise<string[]> {
  const [found] = await findEntries(store, [{ entry: '', keys: [key] }], { now, windowMs });
  return found?.candidates.map(({ entry }) => entry) ?? [];
}

/**
 * Stories of an edition, newest first, with their lead entries.
 * `since`, `until`: order times in epoch ms, the first inclusive. Stories whose lead is gone are passed over.
 */
export async function readEdition(
  store: Store,
  edition: string,
  range: {
    readonly offset: number;
    readonly limit: number;
    readonly since: number | null;
    readonly until?: number | null | undefined;
  },
): Promise<EditionRow[]> {
  const ids = await store.redis.zrevrangebyscore(
    keys.edition(store, edition),
    range.until == null ? '+inf' : `(${range.until}`,
    String(range.since ?? '-inf'),
    'LIMIT',
    range.offset,
    range.limit,
  );
  return readRows(store, ids);
}

/** Stories in an edition since `since`. */
export async function countEdition(store: Store, edition: string, since: number | null): Promise<number> {
  return store.redis.zcount(keys.edition(store, edition), String(since ?? '-inf'), '+inf');
}

/** Ids of an edition's stories by order time, from `from` to before `until` (epoch ms). */
export async function editionBetween(store: Store, edition: string, from: number, until: number): Promise<string[]> {
  return store.redis.zrangebyscore(keys.edition(store, edition), String(from), `(${until}`);
}

/** Edition id → revision; an edition that never had a story is missing. */
export async function readRevisions(store: Store): Promise<Record<string, string>> {
  return store.redis.hgetall(keys.revisions(store));
}

/** An edition's revision, and how many of it subscribers are told of: those that brought old news alone are left out. */
export interface AnnouncedRevision {
  readonly revision: string;
  readonly announced: string;
}

/** Edition id → both; an edition that never had a story is missing. */
export async function readAnnounced(store: Store): Promise<Readonly<Record<string, AnnouncedRevision>>> {
  const [revisions, unannounced] = await Promise.all([
    readRevisions(store),
    store.redis.hgetall(keys.unannounced(store)),
  ]);
  const of = (edition: string, revision: string): AnnouncedRevision => {
    return { revision, announced: String(Number(revision) - Number(unannounced[edition] ?? 0)) };
  };
  return Object.fromEntries(Object.entries(revisions).map(([edition, revision]) => [edition, of(edition, revision)]));
}

/** These stories with their lead entries, in order; those whose lead is gone are passed over. */
export async function readRows(store: Store, ids: readonly string[]): Promise<EditionRow[]> {
  if (ids.length === 0) return [];
  const stories = [...(await readStories(store, ids)).values()];
  const leads = await readStoredEntries(
    store,
    stories.map(({ lead }) => lead),
  );
  return stories.flatMap((story) => {
    const lead = leads.get(story.lead);
    return lead === undefined ? [] : [{ story, lead }];
  });
}
