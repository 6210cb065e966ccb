/** Keeps which items of each source were seen, as what, and which article an id stands for by now. */
import { keys, type Store } from '../redis/keys.ts';
import { check } from '../redis/pipeline.ts';

/** What was seen under an id. */
export interface Seen {
  /** Id of the article that stands under the id now: the id itself, until another one took its place. */
  readonly article: string;
  /** As it was committed last; null: never. */
  readonly mark: string | null;
}

const STANDS_FOR = '>';

/** One for each of `ids`, in order. */
export async function readSeen(store: Store, source: string, ids: readonly string[]): Promise<Seen[]> {
  if (ids.length === 0) return [];
  const key = keys.seen(store, source);
  const found = await store.redis.hmget(key, ...ids);
  const articles = found.map((value, i) => (value?.startsWith(STANDS_FOR) ? value.slice(1) : (ids[i] ?? '')));
  const others = articles.filter((article, i) => article !== ids[i]);
  const marks = others.length === 0 ? [] : await store.redis.hmget(key, ...others);
  const byArticle = new Map(others.map((article, i) => [article, marks[i] ?? null]));
  return articles.map((article, i) => ({
    article,
    mark: byArticle.get(article) ?? (article === ids[i] ? (found[i] ?? null) : null),
  }));
}

/** Id → mark, of all articles of the source that were seen. */
export async function readEverySeen(store: Store, source: string): Promise<ReadonlyMap<string, string>> {
  const all = await store.redis.hgetall(keys.seen(store, source));
  return new Map(Object.entries(all).filter(([, mark]) => !mark.startsWith(STANDS_FOR)));
}

/** Notes items as seen with these marks. */
export async function noteSeen(store: Store, source: string, marks: ReadonlyMap<string, string>): Promise<void> {
  if (marks.size > 0) await store.redis.hset(keys.seen(store, source), Object.fromEntries(marks));
}

/** Notes which article stands under an id from now on. */
export async function noteStandsFor(
  store: Store,
  source: string,
  articles: ReadonlyMap<string, string>,
): Promise<void> {
  await noteSeen(store, source, new Map([...articles].map(([id, article]) => [id, `${STANDS_FOR}${article}`])));
}

/**
 * Notes which items the source's document has now: as long as it has them, their entries are not forgotten for age.
 * `known`: what spares reading them again, for `readKnown`; left out, it stays as it is.
 */
export async function noteCarried(store: Store, source: string, ids: readonly string[], known?: string): Promise<void> {
  if (ids.length === 0) return;
  const key = keys.carried(store, source);
  const noted = store.redis
    .multi()
    .del(key)
    .sadd(key, ...ids);
  if (known !== undefined) noted.hset(keys.source(store, source), 'known', known);
  await check(noted.exec());
}

/** What was noted of the source's last document that spares reading its items again; null: nothing. */
export async function readKnown(store: Store, source: string): Promise<string | null> {
  return store.redis.hget(keys.source(store, source), 'known');
}

/** Seen items beyond those that were needed at the last look, from which on it is looked again which are needed. */
export const SEEN_SLACK = 500;

/**
 * Forgets seen items that are neither in the source's document (`ids`) nor stored as entries, once there are many more
 * than were needed at the last look: they cannot come back as new, for the publisher has dropped them.
 */
export async function compactSeen(store: Store, source: string, ids: readonly string[]): Promise<void> {
  const { redis } = store;
  const key = keys.seen(store, source);
  const [count, needed] = await Promise.all([redis.hlen(key), redis.hget(keys.source(store, source), 'needed')]);
  if (count < Math.max(ids.length, Number(needed ?? 0)) + SEEN_SLACK) return;
  const current = new Set(ids);
  const others = (await redis.hkeys(key)).filter((id) => !current.has(id));
  const pipeline = redis.pipeline();
  for (const id of others) pipeline.exists(keys.entry(store, id));
  const stored = await check(pipeline.exec());
  const stale = others.filter((_, i) => stored[i] === 0);
  const forget = redis.pipeline();
  if (stale.length > 0) forget.hdel(key, ...stale).hdel(keys.offered(store, source), ...stale);
  await check(forget.hset(keys.source(store, source), 'needed', count - stale.length).exec());
}
