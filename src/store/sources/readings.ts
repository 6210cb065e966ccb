/** Keeps in which order documents of a source were read, so that a job that waited brings nothing old back over what is newer. */
import { keys, type Store } from '../redis/keys.ts';
import { defineScript } from '../redis/luascript.ts';

const offer = defineScript('offer-3', ['source', 'seen', 'offered'], ['control']);
const same = defineScript('same-2', ['seen', 'offered'], ['control']);

/** Jobs that failed for good can be retried for seven days. */
const KEEP_SECONDS = 8 * 86_400;

/** Item id → mark. */
type Marks = ReadonlyMap<string, string>;

/** What a document says of its items. */
export interface Said {
  /** To be queued. */
  readonly fresh: Marks;
  /** Those that are as they were committed last. */
  readonly standing: Marks;
  /** Null: it has all that the source has. Otherwise the number of the last whole reading when it came. */
  readonly sinceWhole: number | null;
}

/**
 * Notes what a document says, before its fresh items are queued. Gives the number of this reading and the ids to queue,
 * of which a document that was overtaken by a whole one has new items alone; null where an item was stored as something
 * else since its mark was read.
 */
export async function noteReading(
  store: Store,
  source: string,
  { fresh, standing, sinceWhole }: Said,
): Promise<{ readonly reading: number; readonly ids: ReadonlySet<string> } | null> {
  const control = {
    entryPrefix: keys.entry(store, ''),
    whole: sinceWhole === null,
    known: sinceWhole ?? 0,
    fresh: [...fresh],
    standing: [...standing],
    keepSeconds: KEEP_SECONDS,
  };
  const answer = await offer.run(store.redis, {
    keys: { source: keys.source(store, source), seen: keys.seen(store, source), offered: keys.offered(store, source) },
    args: { control: JSON.stringify(control) },
  });
  const [reading, ids] = answer as [number, string[]];
  return reading === 0 ? null : { reading, ids: new Set(ids) };
}

/** Notes items as seen that say what is stored of them; those that are outdated are left. */
export async function noteSame(store: Store, source: string, items: Marks, reading: number | undefined): Promise<void> {
  if (items.size === 0) return;
  const control = { entryPrefix: keys.entry(store, ''), reading, items: [...items] };
  await same.run(store.redis, {
    keys: { seen: keys.seen(store, source), offered: keys.offered(store, source) },
    args: { control: JSON.stringify(control) },
  });
}

/** Whether the publisher has said something else of an item since it was read. */
export async function isOutdated(
  store: Store,
  source: string,
  item: { readonly id: string; readonly hash: string; readonly reading: number | undefined },
): Promise<boolean> {
  const [offered, stored] = await Promise.all([
    store.redis.hget(keys.offered(store, source), item.id),
    store.redis.hget(keys.entry(store, item.id), 'n'),
  ]);
  if (offered !== null) return offered.slice(offered.indexOf(' ') + 1) !== item.hash;
  return item.reading !== undefined && item.reading < Number(stored ?? 0);
}
