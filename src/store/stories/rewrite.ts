/** Changes stored stories: takes pruned entries out, and decides again which editions they are in. */
import type { StoredEntry } from '../../model/entry.ts';
import type { Assembler, Member, Story } from '../../model/story.ts';
import { keys, type Store } from '../redis/keys.ts';
import { check } from '../redis/pipeline.ts';
import { checkEach, readable } from '../redis/unreadable.ts';
import { defineScript } from '../redis/luascript.ts';
import { sameSet } from '../../text/sameset.ts';
import { DAY_MS } from '../../text/time.ts';
import { StoreError } from '../redis/storeerror.ts';
import { readPacked } from '../entries/packedentry.ts';
import { weighEntries } from '../entries/weight.ts';
import { type Bounds, chooseSurplus } from './surplus.ts';
import { forgetWithdrawn } from './withdraw.ts';
import { facetsOf } from './facets.ts';
import { tidyWords, readWords, readWaitingWords } from './wordindex.ts';
import { namePrefixes, readClassified, readStory } from './stories.ts';

const script = defineScript('story-3', ['story', 'stories', 'revisions'], ['control', 'json']);
const MAX_TRIES = 10;
const CHUNK = 200;

/** A story's copies as they should be; null: as they are. */
type Change = (story: Story) => readonly Member[] | null | Promise<readonly Member[] | null>;

/**
 * Applies `change` to a story's copies until no other commit comes between; no copies left removes the story. False:
 * nothing to change. `now`: readers are told then that the story changed, where another copy leads it.
 */
export async function rewriteStory(
  store: Store,
  id: string,
  change: Change,
  assembler: Assembler,
  now?: number,
): Promise<boolean> {
  for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
    const story = await readStory(store, id);
    if (story === null) return false;
    const copies = await change(story);
    if (copies === null) return false;
    const restated = copies.length === 0 ? null : assembler.restate(story, copies);
    const told = now !== undefined && restated !== null && restated.lead !== story.lead;
    const next = told ? { ...restated, updatedAt: now } : restated;
    const editions = next?.editions ?? [];
    const control = {
      story: id,
      expect: story.version,
      order: next?.orderAt ?? 0,
      editions,
      facets: next === null ? [] : facetsOf(next),
      left: story.editions.filter((edition) => !editions.includes(edition)),
      remove: next === null,
      ...namePrefixes(store),
    };
    const answer = await script.run(store.redis, {
      keys: { story: keys.story(store, id), stories: keys.stories(store), revisions: keys.revisions(store) },
      args: { control: JSON.stringify(control), json: JSON.stringify(next ?? {}) },
    });
    if (answer === 'ok') return true;
  }
  throw new StoreError('outrun', `story ${id} was changed by others ${MAX_TRIES} times in a row`);
}

export interface Retention {
  readonly entriesDays: number;
  readonly entriesCount: number;
  readonly ledgerDays: number;
  readonly rawDays: number;
  /** Whether a source is still polled: what its document carries then stays, however old. */
  readonly isPolled: (source: string) => boolean;
  /** What one source may keep. */
  readonly quotaOf: Bounds['quotaOf'];
}

/**
 * Forgets what is past its retention: entries that no document carries any more, with their places in stories, raw items, ledger rows. Where entries are too
 * many, the sources that have most lose theirs. What sources were
 * seen to publish stays known (tombstones), so that a forgotten entry does not come back as new. Returns entries removed.
 */
export async function prune(store: Store, retention: Retention, now: number, assembler: Assembler): Promise<number> {
  const { redis } = store;
  const aged = await redis.zrangebyscore(keys.entries(store), '-inf', String(now - retention.entriesDays * DAY_MS));
  const old = await withoutCarried(store, aged, retention.isPolled);
  for (const id of old) await removeEntry(store, id, assembler);
  const surplus = chooseSurplus(await weighEntries(store), retention);
  for (const id of surplus) await removeEntry(store, id, assembler);
  await forgetRaw(store, now - retention.rawDays * DAY_MS);
  await readWaitingWords(store);
  await tidyWords(store);
  await forgetWithdrawn(store, now);
  await redis.xtrim(keys.ledger(store), 'MINID', '~', String(now - retention.ledgerDays * DAY_MS));
  return old.length + surplus.length;
}

/** Those of `ids` that do not stand in the last document of a source that is polled. */
async function withoutCarried(
  store: Store,
  ids: readonly string[],
  isPolled: Retention['isPolled'],
): Promise<readonly string[]> {
  const gone: string[] = [];
  for (let at = 0; at < ids.length; at += CHUNK) {
    const chunk = ids.slice(at, at + CHUNK);
    const naming = store.redis.pipeline();
    for (const id of chunk) naming.hget(keys.entry(store, id), 'o');
    const keyOf = (place: number) => keys.entry(store, chunk[place] ?? '');
    const sources = (await checkEach(store, naming.exec(), keyOf)) as (string | null)[];
    const asking = store.redis.pipeline();
    for (const [i, id] of chunk.entries()) asking.sismember(keys.carried(store, sources[i] ?? ''), id);
    const carried = await check(asking.exec());
    gone.push(...chunk.filter((_, i) => carried[i] !== 1 || !isPolled(sources[i] ?? '')));
  }
  return gone;
}

/** Takes an entry out of its story, which ends where it was the last. */
export async function dropFromStory(
  store: Store,
  story: string,
  entry: string,
  assembler: Assembler,
  now?: number,
): Promise<void> {
  const without: Change = ({ copies }) => {
    const others = copies.filter((copy) => copy.entry !== entry);
    return others.length < copies.length ? others : null;
  };
  await rewriteStory(store, story, without, assembler, now);
}

/** Takes an entry out of its story and out of the store; `now` as for `rewriteStory`. */
export async function removeEntry(store: Store, id: string, assembler: Assembler, now?: number): Promise<void> {
  const { redis } = store;
  const key = keys.entry(store, id);
  const [fields] = await checkEach(store, redis.pipeline().hmget(key, 's', 'd').exec(), () => key);
  const [story, decision] = (fields ?? []) as (string | null)[];
  if (story) await dropFromStory(store, story, id, assembler, now);
  const pipeline = redis.multi().del(key).zrem(keys.entries(store), id);
  if (decision) pipeline.hincrby(keys.totals(store), decision, -1);
  await check(pipeline.exec());
}

/** Drops raw items of entries first seen before `before`; what an earlier run dropped is not looked at again. */
async function forgetRaw(store: Store, before: number): Promise<void> {
  const { redis } = store;
  const mark = keys.rawPruned(store);
  const from = (await redis.get(mark)) ?? '-inf';
  const ids = await redis.zrangebyscore(keys.entries(store), from === '-inf' ? from : `(${from}`, String(before));
  for (let at = 0; at < ids.length; at += CHUNK) {
    const pipeline = redis.pipeline();
    const chunk = ids.slice(at, at + CHUNK);
    for (const id of chunk) pipeline.hdel(keys.entry(store, id), 'r');
    await checkEach(store, pipeline.exec(), (place) => keys.entry(store, chunk[place] ?? ''));
  }
  await redis.set(mark, String(before));
}

/** What it takes to decide again which editions an entry is in. */
type Classified = Pick<StoredEntry, 'entry' | 'regions' | 'themes' | 'outletPlace'>;

export interface Replacement {
  /** Ids of the stories; all where it is absent. */
  readonly stories?: readonly string[] | undefined;
  /** The editions that there are; others lose their stories. */
  readonly known: readonly string[];
  /** The editions that a stored entry, a copy of `story`, belongs to now. */
  readonly editionsOf: (classified: Classified, story: string) => readonly string[];
  readonly assembler: Assembler;
  /** Told of stories done and all, now and then. */
  readonly progress: (done: number, all: number) => void;
}

/** Decides for stories again which editions they are in. Returns stories changed. */
export async function replaceEditions(
  store: Store,
  { stories, known, editionsOf, assembler, progress }: Replacement,
): Promise<number> {
  const ids = stories ?? (await store.redis.zrevrange(keys.stories(store), 0, -1));
  const renew: Change = async (story) => {
    const fresh = await editionsOfCopies(store, story, editionsOf);
    const same = story.copies.every((copy) => sameSet(copy.editions, fresh.get(copy.entry) ?? copy.editions));
    const stale = story.editions.some((edition) => !known.includes(edition));
    if (same && !stale) return null;
    return story.copies.map((copy) => ({ ...copy, editions: fresh.get(copy.entry) ?? copy.editions }));
  };
  let changed = 0;
  for (let at = 0; at < ids.length; at += CHUNK) {
    progress(at, ids.length);
    const rewritten: string[] = [];
    for (const id of ids.slice(at, at + CHUNK)) if (await rewriteStory(store, id, renew, assembler)) rewritten.push(id);
    await readWords(store, rewritten);
    changed += rewritten.length;
  }
  return changed;
}

async function editionsOfCopies(
  store: Store,
  story: Story,
  editionsOf: Replacement['editionsOf'],
): Promise<Map<string, readonly string[]>> {
  const pipeline = store.redis.pipeline();
  for (const copy of story.copies) pipeline.hmgetBuffer(keys.entry(store, copy.entry), 'e', 'x');
  const keyOf = (place: number) => keys.entry(store, story.copies[place]?.entry ?? '');
  const rows = await checkEach(store, pipeline.exec(), keyOf);
  const result = new Map<string, readonly string[]>();
  for (const [i, copy] of story.copies.entries()) {
    const [entry, classified] = (rows[i] ?? []) as (Buffer | null)[];
    if (!entry || !classified) continue;
    const editions = readable(store, keyOf(i), () => {
      const { nowhere, ...found } = readClassified(classified, keyOf(i));
      return nowhere ? [] : editionsOf({ entry: readPacked(entry, keyOf(i)).entry, ...found }, story.id);
    });
    if (editions !== null) result.set(copy.entry, editions);
  }
  return result;
}
