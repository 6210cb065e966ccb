/** Keeps what was taken of each source today, and which of its items are held for later polls. */
import { dayOf, keys, type Store } from '../redis/keys.ts';
import { check } from '../redis/pipeline.ts';

const TWO_DAYS_SECONDS = 2 * 86_400;
/** Characters of a held item's title that are kept for the ledger. */
const MOST_TITLE = 80;

const KINDS = ['new', 'changed'] as const;
/** Marks of items by what they are: see sources/quotas.ts. */
export type Marks = Readonly<Record<(typeof KINDS)[number], readonly string[]>>;

/** How many were taken on the day of `now`, and which of these marks are among them, as whatever they were taken. */
export async function readTaken(
  store: Store,
  source: string,
  marks: Marks,
  now: number,
): Promise<Readonly<Record<keyof Marks, number>> & { readonly known: ReadonlySet<string> }> {
  const all = KINDS.flatMap((kind) => marks[kind]);
  const pipeline = store.redis.pipeline();
  for (const kind of KINDS) {
    const key = keys.taken(store, dayOf(now), source, kind);
    pipeline.scard(key);
    // A command without members is refused.
    pipeline.smismember(key, '', ...all);
  }
  const answers = (await check(pipeline.exec())) as (number | number[])[];
  const countOf = (place: number) => Number(answers[2 * place] ?? 0);
  const isIn = (place: number, i: number) => (answers[2 * place + 1] as number[])[i + 1] === 1;
  const known = new Set(all.filter((_, i) => KINDS.some((__, place) => isIn(place, i))));
  return { new: countOf(0), changed: countOf(1), known };
}

/** Notes marks as taken on the day of `now`; noting one twice counts it once. */
export async function noteTaken(store: Store, source: string, marks: Marks, now: number): Promise<void> {
  const pipeline = store.redis.pipeline();
  for (const kind of KINDS) {
    if (marks[kind].length === 0) continue;
    const key = keys.taken(store, dayOf(now), source, kind);
    pipeline.sadd(key, ...marks[kind]).expire(key, TWO_DAYS_SECONDS);
  }
  await check(pipeline.exec());
}

/** An item that is held, by id and title. */
export interface HeldItem {
  readonly id: string;
  readonly title: string;
}

/**
 * Notes which new items of a document are held, in place of those held before, and gives those of them that have left
 * it (`inDocument`: ids) without being taken. `whole` false: the document has the news alone, and nothing has left it.
 */
export async function swapHeld(
  store: Store,
  source: string,
  held: readonly HeldItem[],
  inDocument: ReadonlySet<string>,
  whole: boolean,
): Promise<readonly HeldItem[]> {
  const key = keys.held(store, source);
  const before = whole ? await store.redis.hgetall(key) : {};
  const gone = Object.keys(before).filter((id) => !inDocument.has(id));
  const seen = gone.length === 0 ? [] : await store.redis.hmget(keys.seen(store, source), ...gone);
  const multi = store.redis.multi();
  if (whole) multi.del(key);
  if (held.length > 0)
    multi.hset(key, Object.fromEntries(held.map(({ id, title }) => [id, title.slice(0, MOST_TITLE)])));
  await check(multi.exec());
  return gone.filter((_, i) => seen[i] === null).map((id) => ({ id, title: before[id] ?? '' }));
}
