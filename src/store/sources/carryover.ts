/** Carries all that is kept of a source over to its new id: state, polls, what was seen, figures, entries, copies in stories. */
import type { Assembler } from '../../model/story.ts';
import { DAY_MS } from '../../text/time.ts';
import { packEntry, readPacked, readRaw } from '../entries/packedentry.ts';
import { FIGURE_DAYS } from '../ledger/figures.ts';
import { dayOf, keys, type Store } from '../redis/keys.ts';
import { defineScript } from '../redis/luascript.ts';
import { readable } from '../redis/unreadable.ts';
import { rewriteStory } from '../stories/rewrite.ts';
import { entriesOf } from '../stories/takeout.ts';

const carry = defineScript('carryover-3-more', ['spam', 'due', 'leaving'], ['from', 'to', 'pairs', 'figures']);
const relabel = defineScript('relabel-1', ['entry'], ['before', 'entry', 'raw', 'source']);

/** Keys that a source owns; its hub is asked anew, at a callback of the new id. */
const OWN = [keys.source, keys.polls, keys.seen, keys.offered, keys.carried, keys.held, keys.recurrences] as const;
const FIGURES = ['polls', 'failures', 'kept', 'merged', 'dropped'];
const TAKEN = ['new', 'changed'];
const takenOn = (at: number, kind: string) => (store: Store, source: string) =>
  keys.taken(store, dayOf(at), source, kind);
/** What jobs that were under way brought under the old id is looked for once this time has gone. */
const LATE_MS = 30 * 60_000;

/** A source that had other ids before. */
export interface Renamed {
  readonly id: string;
  readonly name: string;
  readonly formerly: readonly string[];
}

/**
 * Carries over what there is of the former ids of these sources, and looks once more when the jobs of the old id are
 * done. Safe to repeat and to break off. Gives the entries that have their new id.
 */
export async function carryOver(
  store: Store,
  sources: readonly Renamed[],
  assembler: Assembler,
  now: number,
): Promise<number> {
  const noted = await store.redis.hgetall(keys.renamed(store));
  const former = new Map(
    sources.flatMap((source) => source.formerly.filter((id) => id !== source.id).map((id) => [id, source] as const)),
  );
  let entries = 0;
  for (const [from, source] of former) {
    const since = noted[from];
    if (since === DONE) continue;
    await carryKeys(store, from, source.id, now);
    for (const entry of await entriesOf(store, from)) {
      await relabelEntry(store, entry, from, source, assembler);
      entries++;
    }
    const isOver = since !== undefined && now - Number(since) > LATE_MS;
    if (isOver) await store.redis.hset(keys.renamed(store), from, DONE);
    else await store.redis.hsetnx(keys.renamed(store), from, now);
  }
  const over = Object.keys(noted).filter((id) => !former.has(id));
  if (over.length > 0) await store.redis.hdel(keys.renamed(store), ...over);
  return entries;
}

const DONE = 'done';

async function carryKeys(store: Store, from: string, to: string, now: number): Promise<void> {
  const days = Array.from({ length: FIGURE_DAYS }, (_, back) => keys.figures(store, dayOf(now - back * DAY_MS)));
  // Of two days: what counts for a quota ends after that.
  const counted = days.slice(0, 2).flatMap((_, back) => TAKEN.map((kind) => takenOn(now - back * DAY_MS, kind)));
  const owned = [...OWN, ...counted];
  await carry.run(store.redis, {
    keys: { spam: keys.spam(store), due: keys.due(store), leaving: keys.leaving(store) },
    more: [...owned.flatMap((keyOf) => [keyOf(store, from), keyOf(store, to)]), ...days],
    args: { from, to, pairs: owned.length, figures: JSON.stringify(FIGURES) },
  });
}

/** First its copy in the story, then the entry: what is broken off in between is found again by the entry. */
async function relabelEntry(
  store: Store,
  id: string,
  from: string,
  { id: to, name }: Renamed,
  assembler: Assembler,
): Promise<void> {
  const key = keys.entry(store, id);
  const [packed, raw, story] = await store.redis.hmgetBuffer(key, 'e', 'r', 's');
  if (story)
    await rewriteStory(
      store,
      story.toString(),
      ({ copies }) =>
        copies.some(({ source }) => source === from)
          ? copies.map((copy) =>
              copy.source === from
                ? { ...copy, source: to, sourceName: copy.sourceName === from ? name : copy.sourceName }
                : copy,
            )
          : null,
      assembler,
    );
  const kept = packed ? readable(store, key, () => readBoth(packed, raw ?? null, key)) : null;
  // What cannot be read belongs to the new id all the same.
  if (!packed || kept === null) await store.redis.hset(key, 'o', to);
  else {
    const renamed = await packEntry({ ...kept.entry, source: to }, kept.said);
    await relabel.run(store.redis, { keys: { entry: key }, args: { before: packed, ...renamed, source: to } });
  }
}

function readBoth(packed: Buffer, raw: Buffer | null, key: string) {
  const { entry, json } = readPacked(packed, key);
  return { entry, said: raw === null ? null : readRaw(raw, json, key) };
}
