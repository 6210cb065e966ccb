/** Takes all that came of a source out of the store: its entries with their rows in the ledger, and what was learned of it. */
import type { Decision } from '../../model/decision.ts';
import type { Assembler } from '../../model/story.ts';
import { reason } from '../../reasons/catalogue.ts';
import { noteDecision } from '../ledger/untaken.ts';
import { keys, type Store } from '../redis/keys.ts';
import { check } from '../redis/pipeline.ts';
import { readWaitingWords } from './wordindex.ts';
import { removeEntry } from './rewrite.ts';
import { readEntry } from './stories.ts';

const CHUNK = 500;

export interface TakeOutOptions {
  readonly now: number;
  readonly configVersion: string;
  readonly ledgerCount: number;
  readonly assembler: Assembler;
}

/** Notes that all of these sources is to be taken out, so that it is done to its end whatever stops meanwhile. */
export async function noteLeaving(store: Store, sources: readonly string[], now: number): Promise<void> {
  const pipeline = store.redis.pipeline();
  for (const source of sources) pipeline.zadd(keys.leaving(store), String(now), source);
  await check(pipeline.exec());
}

/** What came of a source after it was removed, by jobs that were under way, is looked for once this time has gone. */
const LATE_MS = 30 * 60_000;

/**
 * Takes out what there is of the sources that are leaving. Those that `isConfigured` stay as they are. Gives the
 * entries removed.
 */
export async function takeOutLeaving(
  store: Store,
  isConfigured: (source: string) => boolean,
  options: TakeOutOptions,
): Promise<number> {
  const found = await store.redis.zrange(keys.leaving(store), '0', '-1', 'WITHSCORES');
  let removed = 0;
  for (let i = 0; i < found.length; i += 2) {
    const [source = '', since = '0'] = found.slice(i);
    if (!isConfigured(source)) removed += await takeOut(store, source, options);
    if (options.now - Number(since) > LATE_MS) await store.redis.zrem(keys.leaving(store), source);
  }
  return removed;
}

/** A story that the source led gets its next lead; one that it told alone ends. */
async function takeOut(store: Store, source: string, options: TakeOutOptions): Promise<number> {
  const ids = await entriesOf(store, source);
  for (const id of ids) {
    const row = await rowOf(store, id, options);
    if (row !== null) await noteDecision(store, row, options.ledgerCount);
    await removeEntry(store, id, options.assembler, options.now);
  }
  await readWaitingWords(store);
  const own = [keys.source, keys.polls, keys.seen, keys.offered, keys.carried, keys.held, keys.recurrences];
  await check(
    store.redis
      .multi()
      .del(own.map((keyOf) => keyOf(store, source)))
      .hdel(keys.spam(store), source)
      .zrem(keys.due(store), source)
      .exec(),
  );
  return ids.length;
}

/** Ids of the entries of one source. */
export async function entriesOf(store: Store, source: string): Promise<readonly string[]> {
  const all = await store.redis.zrange(keys.entries(store), '0', '-1');
  const own: string[] = [];
  for (let at = 0; at < all.length; at += CHUNK) {
    const chunk = all.slice(at, at + CHUNK);
    const asking = store.redis.pipeline();
    for (const id of chunk) asking.hget(keys.entry(store, id), 'o');
    const sources = await check(asking.exec());
    own.push(...chunk.filter((_, i) => sources[i] === source));
  }
  return own;
}

/** Null where the entry cannot be read: it goes all the same. */
async function rowOf(store: Store, id: string, { now, configVersion }: TakeOutOptions): Promise<Decision | null> {
  const stored = await readEntry(store, id);
  if (stored === null) return null;
  const { entry, story, regions } = stored;
  const why = reason('operator.remove-source', { source: entry.source });
  return {
    at: now,
    entry: id,
    source: entry.source,
    title: entry.title,
    link: entry.link,
    decision: 'dropped',
    rule: why.code,
    reason: why,
    story,
    editions: [],
    regions,
    configVersion,
  };
}
