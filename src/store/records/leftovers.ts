/**
 * Removes what belongs to sources, stories, editions and subscriptions that are gone. All else ends with its story or
 * entry, by its time, or by its count: docs/redis.md says of each key which.
 */
import { keys, type Store } from '../redis/keys.ts';
import { check } from '../redis/pipeline.ts';
import { DAY_MS } from '../../text/time.ts';
import { weighEntries } from '../entries/weight.ts';
import { readDigests } from '../keptdigests.ts';
import { trimIndex } from '../ledger/ledgerindex.ts';
import { readSourceStates } from '../sources/sources.ts';
import { forgetTopic, pingOf, readTopics } from '../websub/subscriptions.ts';

/** A source or an edition that leaves the config for so long is not expected back. */
const ABSENT_MS = 30 * DAY_MS;
/** Hosts of containers have a new name at each start. */
const HOST_MS = 30 * DAY_MS;
/** Items of a source on their way: those whose jobs failed for good stay among them. */
const MOST_OFFERED = 1_000;
const CHUNK = 500;

/** What there is, whether enabled or not. */
export interface Existing {
  readonly sources: ReadonlySet<string>;
  readonly editions: ReadonlySet<string>;
}

/** Ids of what was forgotten, and how many aliases of stories. */
export interface Forgotten {
  readonly sources: readonly string[];
  readonly editions: readonly string[];
  readonly aliases: number;
}

/** Reads the names of all keys, which takes a second for a million: once a day suffices. */
export async function forgetLeftovers(store: Store, existing: Existing, now: number): Promise<Forgotten> {
  const found = await findOwned(store);
  const forgotten = {
    sources: await forgetSources(store, found, existing.sources, now),
    editions: await forgetEditions(store, found.digests, existing.editions, now),
    aliases: await forgetAliases(store, found.aliases),
  };
  for (const source of found.offered) await forgetOffered(store, source);
  const { topics } = await readTopics(store);
  for (const { url } of topics)
    if ((await store.redis.exists(keys.subscriptionsOfTopic(store, url))) === 0) await forgetTopic(store, url);
  const hosts = Object.entries(await store.redis.hgetall(keys.clock(store)));
  await dropFields(
    store,
    keys.clock(store),
    hosts.flatMap(([host, at]) => (Number(at) < now - HOST_MS ? [host] : [])),
  );
  await trimIndex(store);
  return forgotten;
}

/** Keys that a source owns, by how their names begin. */
const OF_SOURCE = ['source', 'polls', 'seen', 'carried', 'held', 'offered', 'recurrences'] as const;

interface Owned {
  /** Source id → its keys. */
  readonly bySource: ReadonlyMap<string, readonly string[]>;
  readonly offered: readonly string[];
  readonly digests: readonly string[];
  readonly aliases: readonly string[];
}

async function findOwned(store: Store): Promise<Owned> {
  const beginnings = OF_SOURCE.map((name) => keys[name](store, ''));
  const bySource = new Map<string, string[]>();
  const rests = { alias: new Set<string>(), digests: new Set<string>(), offered: new Set<string>() };
  const names = store.redis.scanStream({ match: `${store.prefix}*`, count: 1_000 });
  for await (const key of flatten(names)) {
    const beginning = beginnings.find((one) => key.startsWith(one));
    if (beginning !== undefined) {
      const source = key.slice(beginning.length);
      bySource.set(source, [...(bySource.get(source) ?? []), key]);
    }
    for (const kind of ['alias', 'digests', 'offered'] as const) {
      const start = keys[kind](store, '');
      if (key.startsWith(start)) rests[kind].add(key.slice(start.length));
    }
  }
  return { bySource, offered: [...rests.offered], digests: [...rests.digests], aliases: [...rests.alias] };
}

async function* flatten(batches: AsyncIterable<unknown>): AsyncIterable<string> {
  for await (const batch of batches) yield* batch as string[];
}

/** Those that left the config, were polled last long ago, and have no entries any more: the last tombstones go with them. */
async function forgetSources(
  store: Store,
  { bySource }: Owned,
  existing: ReadonlySet<string>,
  now: number,
): Promise<readonly string[]> {
  const { redis } = store;
  const [due, spam] = await Promise.all([redis.zrange(keys.due(store), 0, '-1'), redis.hkeys(keys.spam(store))]);
  const absent = [...new Set([...bySource.keys(), ...due, ...spam])].filter((id) => !existing.has(id));
  if (absent.length === 0) return [];
  const withEntries = new Set((await weighEntries(store)).map(({ source }) => source));
  const states = await readSourceStates(store, absent);
  const gone = absent.filter((id, i) => !withEntries.has(id) && (states[i]?.lastPollAt ?? 0) < now - ABSENT_MS);
  for (let at = 0; at < gone.length; at += CHUNK) {
    const chunk = gone.slice(at, at + CHUNK);
    const owned = chunk.flatMap((id) => bySource.get(id) ?? []);
    const removing = redis
      .multi()
      .zrem(keys.due(store), ...chunk)
      .hdel(keys.spam(store), ...chunk);
    if (owned.length > 0) removing.unlink(...owned);
    await check(removing.exec());
  }
  return gone;
}

/** Those that left the config, and have neither stories nor a digest of late. */
async function forgetEditions(
  store: Store,
  withDigests: readonly string[],
  existing: ReadonlySet<string>,
  now: number,
): Promise<readonly string[]> {
  const { redis } = store;
  const known = new Set([...withDigests, ...(await redis.hkeys(keys.revisions(store)))]);
  const forgotten: string[] = [];
  for (const id of known) {
    if (existing.has(id) || (await redis.exists(keys.edition(store, id))) === 1) continue;
    const [newest] = await readDigests(store, id);
    if (newest !== undefined && newest.at > now - ABSENT_MS) continue;
    await check(
      redis
        .multi()
        .del(keys.digests(store, id))
        .hdel(keys.revisions(store), id)
        .hdel(keys.unannounced(store), id)
        .hdel(keys.distributed(store), pingOf(id))
        .exec(),
    );
    forgotten.push(id);
  }
  return forgotten;
}

/** Those that lead to no story any more. Returns how many. */
async function forgetAliases(store: Store, ids: readonly string[]): Promise<number> {
  const { redis } = store;
  const leads = new Map<string, string>();
  for (let at = 0; at < ids.length; at += CHUNK) {
    const chunk = ids.slice(at, at + CHUNK);
    const values = await redis.mget(chunk.map((id) => keys.alias(store, id)));
    for (const [i, id] of chunk.entries()) leads.set(id, values[i] ?? '');
  }
  const endOf = (id: string) => {
    let current = id;
    for (let hops = 0; hops < leads.size && leads.has(current); hops++) current = leads.get(current) ?? '';
    return current;
  };
  let forgotten = 0;
  for (let at = 0; at < ids.length; at += CHUNK) {
    const chunk = ids.slice(at, at + CHUNK);
    const asking = redis.pipeline();
    for (const id of chunk) asking.exists(keys.story(store, endOf(id)));
    const stand = await check(asking.exec());
    const gone = chunk.filter((_, i) => stand[i] === 0);
    if (gone.length > 0) await redis.unlink(gone.map((id) => keys.alias(store, id)));
    forgotten += gone.length;
  }
  return forgotten;
}

/** Keeps the newest of the items that a source has on their way: what is older waits for nothing any more. */
async function forgetOffered(store: Store, source: string): Promise<void> {
  const key = keys.offered(store, source);
  if ((await store.redis.hlen(key)) <= MOST_OFFERED) return;
  const readingOf = (value: string) => Number(value.slice(0, value.indexOf(' ')));
  const items = Object.entries(await store.redis.hgetall(key)).sort(([, a], [, b]) => readingOf(b) - readingOf(a));
  await dropFields(
    store,
    key,
    items.slice(MOST_OFFERED).map(([id]) => id),
  );
}

async function dropFields(store: Store, key: string, fields: readonly string[]): Promise<void> {
  for (let at = 0; at < fields.length; at += CHUNK) await store.redis.hdel(key, ...fields.slice(at, at + CHUNK));
}
