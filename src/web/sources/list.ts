/** Chooses, orders and groups sources as the list of sources is asked for. */
import { liesIn } from '../../divisions/codes.ts';
import type { Source } from '../../model/source.ts';
import { CONDITIONS, type SourceCondition } from '../source/attention.ts';
import type { SourceStatus } from '../source/status.ts';

/** `-` turns an order around; `share`: what brings least comes first. */
export const SORTS = ['state', 'name', 'newest', 'failures', 'share', '-share'] as const;
type Sort = (typeof SORTS)[number];

export interface ListQuery {
  /** Words, all of which a source must have: in its name, id, host, group or region. */
  readonly words: string;
  readonly state: SourceCondition | '';
  readonly sort: Sort;
  readonly grouped: boolean;
  /** From 1. */
  readonly page: number;
}

const FIRST_LOOK: ListQuery = { words: '', state: '', sort: 'state', grouped: true, page: 1 };

/** Rows of one page: some 100 KB. */
export const ROWS_PER_PAGE = 100;
const MOST_PAGE = 1_000;
export const MOST_WORDS = 100;

type Given = (name: string, most: number) => string;

/** What a query or a form says; anything it does not know is as at the first look. */
export function readListQuery(given: Given): ListQuery {
  const page = Math.trunc(Number(given('page', 6)) || 1);
  return {
    words: given('q', MOST_WORDS),
    state: CONDITIONS.find((state) => state === given('state', 20)) ?? '',
    sort: SORTS.find((sort) => sort === given('sort', 20)) ?? FIRST_LOOK.sort,
    grouped: given('groups', 3) !== 'no',
    page: Math.min(MOST_PAGE, Math.max(1, page)),
  };
}

/** As parameters of the page's address; what is as at the first look is left out. */
export function listParameters({ words, state, sort, grouped, page }: ListQuery): Readonly<Record<string, string>> {
  return {
    q: words,
    state,
    sort: sort === FIRST_LOOK.sort ? '' : sort,
    groups: grouped ? '' : 'no',
    page: page === 1 ? '' : String(page),
  };
}

/** The part of a source's decisions of the week that were kept or merged, 0–1; null where it had none. */
export function shareKept({ week }: Pick<SourceStatus, 'week'>): number | null {
  const taken = week.reduce((sum, day) => sum + day.kept + day.merged, 0);
  const all = taken + week.reduce((sum, day) => sum + day.dropped, 0);
  return all === 0 ? null : taken / all;
}

export interface SourceGroup {
  /** Null: sources without a group. */
  readonly name: string | null;
  readonly rows: readonly SourceStatus[];
}

type RegionCodes = (name: string) => readonly string[] | null;

/** `rows`: what needs attention first. Groups stand as the config names them first, sources without one last; ungrouped, all are one. */
export function listSources(
  rows: readonly SourceStatus[],
  query: ListQuery,
  configured: readonly Source[],
  regionCodes: RegionCodes,
): readonly SourceGroup[] {
  const chosen = rows
    .filter(({ state }) => query.state === '' || state === query.state)
    .filter(matcher(query.words, regionCodes))
    .toSorted(ORDERS[query.sort]);
  if (!query.grouped) return [{ name: null, rows: chosen }];
  const groups = new Map<string | null, SourceStatus[]>();
  for (const { group } of configured) if (group !== null && !groups.has(group)) groups.set(group, []);
  groups.set(null, []);
  for (const row of chosen) groups.get(row.source.group)?.push(row);
  return [...groups].map(([name, own]) => ({ name, rows: own })).filter((group) => group.rows.length > 0);
}

type Order = (a: SourceStatus, b: SourceStatus) => number;

const collator = new Intl.Collator('zh-Hans-CN', { numeric: true });
const ascending = (a: number, b: number): number => (a === b ? 0 : a - b);
const ORDERS: Readonly<Record<Sort, Order>> = {
  // As they come: what needs attention first, which among equals stays so in the other orders.
  state: () => 0,
  name: (a, b) => collator.compare(a.source.name, b.source.name),
  newest: (a, b) => ascending(b.found.newestEntryAt ?? -Infinity, a.found.newestEntryAt ?? -Infinity),
  failures: (a, b) => b.found.failures - a.found.failures,
  share: (a, b) => ascending(shareKept(a) ?? Infinity, shareKept(b) ?? Infinity),
  '-share': (a, b) => ascending(shareKept(b) ?? -Infinity, shareKept(a) ?? -Infinity),
};

export function hostOfSource(url: string): string {
  return /^[a-z]+:\/\/(?:[^/@]*@)?([^/?#]*)/i.exec(url)?.[1] ?? '';
}

function matcher(words: string, regionCodes: RegionCodes): (row: SourceStatus) => boolean {
  const tests = words.split(/\s+/).flatMap((word) => (word === '' ? [] : [wordTest(word, regionCodes)]));
  return ({ source }) => tests.every((test) => test(source));
}

/** A place finds what lies in it, too. */
function wordTest(word: string, regionCodes: RegionCodes): (source: Source) => boolean {
  const lower = word.toLowerCase();
  const around = regionCodes(word) ?? [];
  return ({ id, name, url, group, region }) =>
    [id, name, hostOfSource(url), group ?? '', region ?? ''].some((text) => text.toLowerCase().includes(lower)) ||
    (region !== null &&
      around.length > 0 &&
      (regionCodes(region) ?? []).some((code) => around.some((place) => liesIn(code, place))));
}
