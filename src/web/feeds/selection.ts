/** Chooses the stories of one page of an edition, narrowed as a reader asked. */
import type { Edition } from '../../model/config.ts';
import type { EditionRow } from '../../model/story.ts';
import { A } from '../../sources/allowances.ts';
import type { Store } from '../../store/redis/keys.ts';
import { facetOfOutlet, facetOfRegion, facetOfSource } from '../../store/stories/facets.ts';
import { type FrontBounds, readFront } from '../../store/stories/front.ts';
import { type Asked, narrowedIds } from '../../store/stories/narrowed.ts';
import { firstTime, rankOf, storyAt } from '../../store/stories/ranks.ts';
import { countEdition, readRows } from '../../store/stories/stories.ts';
import { searchText } from '../../store/stories/wordmarks.ts';
import { hasWholeWord } from '../../text/wholeword.ts';
import { createPieces } from '../../text/giveway.ts';
import { fold } from '../../zh/script.ts';
import { dateOf } from '../ui/times.ts';
import { createPage } from './editionpage.ts';
import { type Cursor, type Day, type Narrowing, tagOf } from './query.ts';

/** Stories read at a time. */
const MOST_AT_ONCE = 200;

export interface Selection {
  readonly rows: readonly EditionRow[];
  /** Where the next page goes on; null at the end. */
  readonly next: Cursor | null;
  /** Tags of stories that come after `next` and were shown before it. */
  readonly shown?: readonly string[] | undefined;
  /** Where the pages before and at the end begin; null where only reading everything would tell. */
  readonly edges?: Edges | null | undefined;
  /** Neighbouring days that have stories, as the parameter `day` gives them; null where there is none. */
  readonly days?: { readonly previous: ArchiveDay | null; readonly next: ArchiveDay | null } | undefined;
}

/** A document of the archive: a day, as the parameter `day` gives it, or what of it comes after a story. */
export interface ArchiveDay {
  readonly day: string;
  readonly after: Cursor | null;
}

interface Edges {
  /** What the page before this one comes after; null: it is the first. */
  readonly previous: Cursor | null;
  /** What the last page comes after; null: all is on one page. */
  readonly last: { readonly page: number; readonly after: Cursor } | null;
}

type Chosen = Pick<Selection, 'rows' | 'next' | 'shown'>;

/** A page of an edition as it is asked for. */
export interface PageRequest {
  readonly edition: Edition;
  readonly narrowing: Pick<
    Narrowing,
    'limit' | 'regions' | 'sources' | 'outlets' | 'q' | 'page' | 'after' | 'shown' | 'day'
  >;
  /** Oldest order time that counts; null: no bound. */
  readonly since: number | null;
}

/** Oldest order time that an edition shows; in steps of ten minutes, so that it does not change with every request. */
export function sinceOf(edition: Pick<Edition, 'maxAgeMs'>, now: number): number | null {
  const step = 600_000;
  return edition.maxAgeMs === null ? null : Math.floor(now / step) * step - edition.maxAgeMs;
}

export async function selectStories(store: Store, request: PageRequest): Promise<Selection> {
  const { edition, narrowing, since } = request;
  const { page, day, after } = narrowing;
  if (day !== null) return selectDay(store, request, day);
  const narrowed = isNarrowed(narrowing);
  if (!narrowed && page === 1 && edition.perSource === null) return withDays(await selectFront(store, request), page);
  const chosen = await collect(store, request, { since, until: null });
  if (narrowed) return withDays(chosen, page);
  const isWhole = page === 1 && after === null && chosen.next === null;
  return withDays({ ...chosen, edges: isWhole ? null : await edgesOf(store, request, chosen) }, page);
}

const isNarrowed = ({ regions, sources, outlets, q }: PageRequest['narrowing']): boolean =>
  [regions, sources, outlets, q].some((wish) => wish !== null);

/** Of the first page of an edition without `perSource`: at most a quarter is led by one source, while others fill it. */
export const frontBounds = (since: number | null, limit: number): FrontBounds => ({
  since,
  limit,
  most: Math.ceil(limit * A.page.ofSource),
});

async function selectFront(store: Store, request: PageRequest): Promise<Selection> {
  const { edition, since, narrowing } = request;
  const chosen = await readFront(store, edition.id, frontBounds(since, narrowing.limit));
  const { rows, next } = chosen;
  if (next === null) return chosen;
  const below = rows.filter((row) => comesAfter(row, next));
  return { ...chosen, shown: below.map(({ story }) => tagOf(story.id)), edges: await edgesOf(store, request, chosen) };
}

/** An edition is ordered by time, then by id, both downwards (ZREVRANGE). */
function comesAfter({ story }: EditionRow, cursor: Cursor): boolean {
  return story.orderAt < cursor.orderAt || (story.orderAt === cursor.orderAt && story.id < cursor.story);
}

/** The first page goes on, day by day, with the day of the story that the next page begins with: it may show a part of it. */
function withDays(selection: Selection, page: number): Selection {
  if (page > 1 || selection.next === null) return selection;
  return { ...selection, days: { previous: { day: dateOf(selection.next.orderAt), after: null }, next: null } };
}

/** A day of the archive; one with more stories than a document holds goes on in a further document. */
async function selectDay(store: Store, request: PageRequest, day: Day): Promise<Selection> {
  const { edition, since, narrowing } = request;
  const from = Math.max(since ?? 0, day.from);
  const { rows, next } = await collect(store, request, { since: from, until: day.until });
  const previous = next === null ? await previousDay(store, request, day) : { day: dateOf(day.from), after: next };
  const later =
    narrowing.after === null ? await firstTime(store, edition.id, Math.max(since ?? 0, day.until)) : day.from;
  return { rows, next: null, days: { previous, next: later === null ? null : { day: dateOf(later), after: null } } };
}

/** The day of the newest story before `day`. */
async function previousDay(store: Store, request: PageRequest, day: Day): Promise<ArchiveDay | null> {
  const narrowing = { ...request.narrowing, page: 1, limit: 1, after: null };
  const { rows, next } = await collect(store, { ...request, narrowing }, { since: request.since, until: day.from });
  const at = rows[0]?.story.orderAt ?? next?.orderAt;
  return at === undefined ? null : { day: dateOf(at), after: null };
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

/** The stories that a page shows, and where it leads on. */
async function collect(
  store: Store,
  { edition, narrowing }: PageRequest,
  bounds: Pick<Asked, 'since' | 'until'>,
): Promise<Chosen> {
  const { limit, page, after, shown } = narrowing;
  const words = wordsAsked(narrowing);
  const wasShown = new Set(shown);
  const fits = (row: EditionRow) => !wasShown.has(tagOf(row.story.id)) && hasWords(row, words);
  // Where an index alone decides, what is passed over need not be read.
  const isDecided = words.length === 0 && edition.perSource === null;
  const facets = facetsAsked(narrowing);
  let pass = after === null ? (page - 1) * limit : 0;
  // A page by its number alone begins at a rank where nothing narrows; else its stories are counted off.
  const isByRank = isDecided && facets.length === 0 && pass > 0;
  const start = isByRank ? await storyAt(store, edition.id, pass - 1) : after;
  if (isByRank && start === null) return { rows: [], next: null };
  if (isByRank) pass = 0;
  const asked: Asked = { edition: edition.id, facets, words, after: start, ...bounds };
  const chosen = createPage({ limit, perSource: edition.perSource, pass: isDecided ? 0 : pass });
  const rows: EditionRow[] = [];
  const pieces = createPieces();
  // As many as the page takes where all of them fit, as nearly all that may have the words do; and the one after them.
  let atOnce = Math.min(MOST_AT_ONCE, (isDecided ? 0 : pass) + limit + 1);
  let last: Cursor | null = null;
  for await (const found of narrowedIds(store, asked, pass + limit + shown.length + 1)) {
    const ids = isDecided ? found.slice(pass) : found;
    pass -= found.length - ids.length;
    for (let at = 0; at < ids.length;) {
      const read = await readRows(store, ids.slice(at, at + atOnce));
      at += atOnce;
      atOnce = Math.min(MOST_AT_ONCE, 2 * atOnce);
      for (const row of read) {
        await pieces();
        const became = chosen.take(row.lead.source, fits(row));
        if (became === 'next') return { rows, next: last, shown };
        if (became === 'shown') rows.push(row);
        last = cursorOf(row);
      }
    }
  }
  return { rows, next: null };
}

const cursorOf = ({ story }: EditionRow): Cursor => ({ orderAt: story.orderAt, story: story.id });

/** The sets that a story has to be in, see store/stories/facets.ts. */
export function facetsAsked({ regions, sources, outlets }: PageRequest['narrowing']): string[][] {
  const groups = [regions?.map(facetOfRegion), sources?.map(facetOfSource), outlets?.map(facetOfOutlet)];
  return groups.filter((group) => group !== undefined);
}

/** Folded; a story has to have each. */
export const wordsAsked = ({ q }: Pick<Narrowing, 'q'>): string[] =>
  q === null ? [] : fold(q).split(/\s+/).filter(Boolean);

function hasWords(row: EditionRow, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const text = searchText(row);
  return words.every((word) => hasWholeWord(text, word));
}
