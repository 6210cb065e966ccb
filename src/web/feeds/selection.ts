/** Chooses the stories of one page of an edition, narrowed as a reader asked. */
import type { Store } from '../../store/redis/keys.ts';
import { countNewer, rankOf, storyAt, timesBeside } from '../../store/stories/ranks.ts';
import { liesInAny } from '../../divisions/codes.ts';
import type { Edition } from '../../model/config.ts';
import type { EditionRow } from '../../model/story.ts';
import { countEdition, readEdition } from '../../store/stories/stories.ts';
import { readFront } from '../../store/stories/front.ts';
import { A } from '../../sources/allowances.ts';
import { hasWholeWord } from '../../text/wholeword.ts';
import { fold } from '../../zh/script.ts';
import { dateOf } from '../ui/times.ts';
import type { Cursor, Day, Narrowing } from './query.ts';
import type { Read, ShareReadings } from './readings.ts';

/** Stories that one narrowed page looks through at most. */
const MAX_SCANNED = 1_000;
const CHUNK = 200;

export interface Selection {
  readonly rows: readonly EditionRow[];
  /** Where the next page goes on; null at the end. */
  readonly next: Cursor | null;
  /** Where the pages before and at the end begin; null where only reading everything would tell. */
  readonly edges?: Edges | null | undefined;
  /** Neighbouring days that have stories, as the parameter `day` gives them; null where there is none. */
  readonly days?: { readonly previous: string | null; readonly next: string | null } | undefined;
}

interface Edges {
  /** What the page before this one comes after; null: it is the first. */
  readonly previous: Cursor | null;
  /** What the last page comes after; null: all is on one page. */
  readonly last: { readonly page: number; readonly after: Cursor } | null;
}

type Chosen = Pick<Selection, 'rows' | 'next'>;

/** A page of an edition as it is asked for. */
export interface PageRequest {
  readonly edition: Edition;
  readonly narrowing: Pick<Narrowing, 'limit' | 'regions' | 'sources' | 'q' | 'page' | 'after' | 'day'>;
  /** Oldest order time that counts; null: no bound. */
  readonly since: number | null;
  /** What the page is kept under, if it is; it then shares no reading of an earlier one. */
  readonly revision?: string;
}

/** Oldest order time that an edition shows; in steps of ten minutes, so that it does not change with every request. */
export function sinceOf(edition: Pick<Edition, 'maxAgeMs'>, now: number): number | null {
  const step = 600_000;
  return edition.maxAgeMs === null ? null : Math.floor(now / step) * step - edition.maxAgeMs;
}

export async function selectStories(store: Store, share: ShareReadings, request: PageRequest): Promise<Selection> {
  const { edition, narrowing, since, revision = '' } = request;
  const { page, day } = narrowing;
  const matches = matcherOf(narrowing);
  if (day !== null) return selectDay(store, request, day, matches ?? (() => true));
  if (matches === null) return withDays(await selectPlain(store, request), page);
  const { limit, after } = narrowing;
  const read = share(`${edition.id}|${since}|${revision}`, readerOf(store, request));
  const skip = after === null ? (page - 1) * limit : 0;
  const wanted = (row: EditionRow) => matches(row) && (after === null || comesAfter(row, after));
  return withDays(await collect(read, { offset: 0, chunk: CHUNK, skip, limit, edition, wanted }), page);
}

function readerOf(store: Store, { edition, since }: PageRequest, until?: number): Read {
  return (offset, limit) => readEdition(store, edition.id, { offset, limit, since, until });
}

/** A page on which nothing but its place in the edition decides. */
async function selectPlain(store: Store, request: PageRequest): Promise<Selection> {
  const {
    edition,
    narrowing: { limit, page, after },
  } = request;
  if (page === 1 && after === null && edition.perSource === null) return selectFront(store, request);
  // Stories of the cursor's own time are read again: `comesAfter` tells them apart.
  const offset = after === null ? (page - 1) * limit : await countNewer(store, edition.id, after.orderAt);
  const wanted = (row: EditionRow) => after === null || comesAfter(row, after);
  const chunk = Math.min(CHUNK, limit + 1);
  const chosen = await collect(readerOf(store, request), { offset, chunk, skip: 0, limit, edition, wanted });
  const isWhole = page === 1 && chosen.next === null;
  return { ...chosen, edges: isWhole ? null : await edgesOf(store, request, chosen) };
}

/** The first page of an edition that does not say how much one source may lead: at most a quarter, while others fill it. */
async function selectFront(store: Store, request: PageRequest): Promise<Selection> {
  const { edition, since, narrowing } = request;
  const most = Math.ceil(narrowing.limit * A.page.ofSource);
  const chosen = await readFront(store, edition.id, { since, limit: narrowing.limit, most });
  return { ...chosen, edges: chosen.next === null ? null : await edgesOf(store, request, chosen) };
}

/** The first page goes on, day by day, with the day of the story that the next page begins with: it may show a part of it. */
function withDays(selection: Selection, page: number): Selection {
  if (page > 1 || selection.next === null) return selection;
  return { ...selection, days: { previous: dateOf(selection.next.orderAt), next: null } };
}

async function selectDay(
  store: Store,
  request: PageRequest,
  day: Day,
  wanted: (row: EditionRow) => boolean,
): Promise<Selection> {
  const {
    edition,
    since,
    narrowing: { limit },
  } = request;
  const read = readerOf(store, { ...request, since: Math.max(since ?? 0, day.from) }, day.until);
  const { rows } = await collect(read, { offset: 0, chunk: CHUNK, skip: 0, limit, edition, wanted });
  const { before, after } = await timesBeside(store, edition.id, { ...day, since });
  const dayOf = (at: number | null) => (at === null ? null : dateOf(at));
  return { rows, next: null, days: { previous: dayOf(before), next: dayOf(after) } };
}

/** Where neighbouring pages begin, by rank in the edition. Where sources are bounded, ranks do not tell. */
async function edgesOf(
  store: Store,
  { edition: { id, perSource }, narrowing: { limit }, since }: PageRequest,
  { rows }: Chosen,
): Promise<Edges | null> {
  const first = rows[0];
  if (first === undefined || perSource !== null) return null;
  const [rank, total] = await Promise.all([rankOf(store, id, first.story.id), countEdition(store, id, since)]);
  const lastStart = Math.floor((total - 1) / limit) * limit;
  const [previous, last] = await Promise.all([
    storyAt(store, id, (rank ?? 0) - limit - 1),
    storyAt(store, id, lastStart - 1),
  ]);
  return { previous, last: last === null ? null : { page: lastStart / limit + 1, after: last } };
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
      return words.every((word) => hasWholeWord(text, word));
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
