/** Chooses the stories of one page of an edition, narrowed as a reader asked. */
import { performance } from 'node:perf_hooks';
import { keys, type Store } from '../../store/redis/keys.ts';
import { liesInAny } from '../../divisions/codes.ts';
import type { Edition } from '../../model/config.ts';
import type { EditionRow } from '../../model/story.ts';
import { readEdition } from '../../store/stories/stories.ts';
import { fold } from '../../zh/script.ts';
import { dateOf } from '../ui/times.ts';
import { type Cursor, type Day, type Narrowing } from './query.ts';

/** Stories that one narrowed page looks through at most. */
export const MAX_SCANNED = 1_000;
const CHUNK = 200;
/** Narrowed pages may share a reading of the edition this old. */
const POOL_MS = 1_000;

export interface Selection {
  readonly rows: readonly EditionRow[];
  /** Where the next page goes on; null at the end. */
  readonly next: Cursor | null;
  /** Where the pages before and at the end begin; null where nobody can say without reading everything. */
  readonly edges?: Edges | null | undefined;
  /** Neighbouring days that have stories, as the parameter `day` gives them; null where there is none. */
  readonly days?: { readonly previous: string | null; readonly next: string | null } | undefined;
}

export interface Edges {
  /** What the page before this one comes after; null: it is the first. */
  readonly previous: Cursor | null;
  /** What the last page comes after; null: all is on one page. */
  readonly last: { readonly page: number; readonly after: Cursor } | null;
}

type Chosen = Pick<Selection, 'rows' | 'next'>;

type Read = (offset: number, limit: number) => Promise<readonly EditionRow[]>;

/** Readings of the first stories of each edition, for narrowed pages to share. */
export type Pools = Map<string, { readonly at: number; readonly read: Read }>;

/** Oldest order time that an edition shows; in steps of ten minutes, so that it does not change with every request. */
export function sinceOf(edition: Pick<Edition, 'maxAgeMs'>, now: number): number | null {
  const step = 600_000;
  return edition.maxAgeMs === null ? null : Math.floor(now / step) * step - edition.maxAgeMs;
}

/** `revision`: what the page is kept under, if it is; it then shares no reading of an earlier one. */
export async function selectStories(
  store: Store,
  pools: Pools,
  edition: Edition,
  narrowing: Pick<Narrowing, 'limit' | 'regions' | 'sources' | 'q' | 'page' | 'after' | 'day'>,
  since: number | null,
  revision = '',
): Promise<Selection> {
  const { limit, page, after, day } = narrowing;
  const matches = matcherOf(narrowing);
  if (day !== null) return selectDay(store, edition, day, matches ?? (() => true), since, limit);
  const direct: Read = (offset, limit) => readEdition(store, edition.id, { offset, limit, since });
  const skip = after === null ? (page - 1) * limit : 0;
  if (matches === null) {
    const offset = after === null ? skip : await positionOf(store, edition.id, after);
    const wanted = (row: EditionRow) => after === null || comesAfter(row, after);
    const chosen = await collect(direct, {
      offset,
      chunk: Math.min(CHUNK, limit + 1),
      skip: 0,
      limit,
      edition,
      wanted,
    });
    const whole = page === 1 && chosen.next === null;
    const edges = whole ? null : await edgesOf(store, edition, chosen, limit, since);
    return withDays({ ...chosen, edges }, page);
  }
  const read = pooled(pools, `${edition.id}|${since}|${revision}`, direct);
  const wanted = (row: EditionRow) => matches(row) && (after === null || comesAfter(row, after));
  return withDays(await collect(read, { offset: 0, chunk: CHUNK, skip, limit, edition, wanted }), page);
}

/** The first page goes on, day by day, with the day of its oldest story: of that it may show a part. */
function withDays(selection: Selection, page: number): Selection {
  const oldest = selection.rows.at(-1)?.story;
  if (page > 1 || selection.next === null || oldest === undefined) return selection;
  return { ...selection, days: { previous: dateOf(oldest.orderAt), next: null } };
}

async function selectDay(
  store: Store,
  edition: Edition,
  day: Day,
  wanted: (row: EditionRow) => boolean,
  since: number | null,
  limit: number,
): Promise<Selection> {
  const from = Math.max(since ?? 0, day.from);
  const read: Read = (offset, limit) =>
    readEdition(store, edition.id, { offset, limit, since: from, until: day.until });
  const { rows } = await collect(read, { offset: 0, chunk: CHUNK, skip: 0, limit, edition, wanted });
  const key = keys.edition(store, edition.id);
  const [before, after] = await Promise.all([
    store.redis.zrevrangebyscore(key, `(${day.from}`, String(since ?? '-inf'), 'WITHSCORES', 'LIMIT', 0, 1),
    store.redis.zrangebyscore(key, String(Math.max(since ?? 0, day.until)), '+inf', 'WITHSCORES', 'LIMIT', 0, 1),
  ]);
  const dayOf = ([, score]: readonly string[]) => (score === undefined ? null : dateOf(Number(score)));
  return { rows, next: null, days: { previous: dayOf(before), next: dayOf(after) } };
}

/** Where neighbouring pages begin, by rank in the edition. Where sources are bounded, ranks do not tell. */
async function edgesOf(
  store: Store,
  { id, perSource }: Edition,
  { rows }: Chosen,
  limit: number,
  since: number | null,
): Promise<Edges | null> {
  const first = rows[0];
  if (first === undefined || perSource !== null) return null;
  const key = keys.edition(store, id);
  const [rank, total] = await Promise.all([
    store.redis.zrevrank(key, first.story.id),
    store.redis.zcount(key, String(since ?? '-inf'), '+inf'),
  ]);
  const lastStart = Math.floor((total - 1) / limit) * limit;
  const at = async (index: number): Promise<Cursor | null> => {
    const [story, score] = index < 0 ? [] : await store.redis.zrevrange(key, index, index, 'WITHSCORES');
    return story === undefined || score === undefined ? null : { orderAt: Number(score), story };
  };
  const [previous, last] = await Promise.all([at((rank ?? 0) - limit - 1), at(lastStart - 1)]);
  return { previous, last: last === null ? null : { page: lastStart / limit + 1, after: last } };
}

/** Stories before `cursor` and those of the same time, which `comesAfter` then tells apart. */
async function positionOf(store: Store, edition: string, cursor: Cursor): Promise<number> {
  return store.redis.zcount(keys.edition(store, edition), `(${cursor.orderAt}`, '+inf');
}

/** An edition is ordered by time, then by id, both downwards (ZREVRANGE). */
function comesAfter({ story }: EditionRow, cursor: Cursor): boolean {
  return story.orderAt < cursor.orderAt || (story.orderAt === cursor.orderAt && story.id < cursor.story);
}

interface Wish {
  readonly offset: number;
  /** Stories read at a time. */
  readonly chunk: number;
  /** Wanted stories to pass over. */
  readonly skip: number;
  readonly limit: number;
  readonly edition: Pick<Edition, 'perSource'>;
  readonly wanted: (row: EditionRow) => boolean;
}

async function collect(read: Read, { offset, chunk, skip, limit, edition, wanted }: Wish): Promise<Chosen> {
  const rows: EditionRow[] = [];
  const bySource = new Map<string, number>();
  let passed = 0;
  for (let scanned = 0; scanned < MAX_SCANNED; scanned += chunk) {
    const found = await read(offset + scanned, chunk);
    // Stories whose lead is gone are passed over, so a short chunk is not the end; an empty one is.
    if (found.length === 0) break;
    for (const row of found) {
      if (!wanted(row) || passed++ < skip) continue;
      const count = bySource.get(row.lead.source) ?? 0;
      if (edition.perSource !== null && count >= edition.perSource) continue;
      if (rows.length === limit) return { rows, next: cursorOf(rows) };
      bySource.set(row.lead.source, count + 1);
      rows.push(row);
    }
  }
  return { rows, next: null };
}

function cursorOf(rows: readonly EditionRow[]): Cursor | null {
  const last = rows.at(-1)?.story;
  return last === undefined ? null : { orderAt: last.orderAt, story: last.id };
}

/** Reads ahead in chunks, each once for all who share the pool. */
function pooled(pools: Pools, name: string, direct: Read): Read {
  const now = performance.now();
  for (const [key, pool] of pools) if (now - pool.at > POOL_MS) pools.delete(key);
  const known = pools.get(name);
  if (known !== undefined) return known.read;
  const chunks = new Map<string, Promise<readonly EditionRow[]>>();
  const read: Read = (offset, limit) => {
    const key = `${offset}+${limit}`;
    let chunk = chunks.get(key);
    if (chunk === undefined) {
      chunk = direct(offset, limit);
      chunks.set(key, chunk);
      chunk.catch(() => chunks.delete(key));
    }
    return chunk;
  };
  pools.set(name, { at: now, read });
  return read;
}

/** Whether a story is wanted; null where nothing narrows. */
function matcherOf({
  regions,
  sources,
  q,
}: Pick<Narrowing, 'regions' | 'sources' | 'q'>): ((row: EditionRow) => boolean) | null {
  const tests: ((row: EditionRow) => boolean)[] = [];
  if (regions !== null) tests.push(({ story }) => story.regions.some((hit) => liesInAny(hit.code, regions)));
  if (sources !== null) tests.push(({ story }) => story.copies.some((copy) => sources.includes(copy.source)));
  if (q !== null) {
    const words = fold(q).split(/\s+/).filter(Boolean);
    tests.push((row) => {
      const text = foldedText(row);
      return words.every((word) => text.includes(word));
    });
  }
  return tests.length === 0 ? null : (row) => tests.every((test) => test(row));
}

const folded = new WeakMap<EditionRow, string>();

function foldedText(row: EditionRow): string {
  let text = folded.get(row);
  if (text === undefined) {
    const { lead, story } = row;
    text = fold([lead.title, lead.summary, lead.text, ...story.copies.map((copy) => copy.title)].join('\n'));
    folded.set(row, text);
  }
  return text;
}
