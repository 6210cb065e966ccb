/** Turns the query of a feed's address into how it is narrowed, or into a sentence that says what is wrong with it. */
import type { Config, Edition } from '../../model/config.ts';
import type { Script } from '../../model/entry.ts';

/** Where an earlier page ended: what comes after this story in an edition's order. */
export interface Cursor {
  readonly orderAt: number;
  readonly story: string;
}

/** A day in China. */
export interface Day {
  /** Epoch ms of its first moment, and of the first one after it. */
  readonly from: number;
  readonly until: number;
}

export interface Narrowing {
  readonly limit: number;
  /** Region codes; null: no narrowing. */
  readonly regions: readonly string[] | null;
  readonly sources: readonly string[] | null;
  /** As typed; null: no narrowing. */
  readonly q: string | null;
  readonly script: Script | null;
  readonly content: Edition['content'];
  /** 1-based. */
  readonly page: number;
  readonly after: Cursor | null;
  /** One day's stories and no others; null: no narrowing. */
  readonly day: Day | null;
  /** The parameters that count, in one spelling; empty for the plain feed. */
  readonly canonical: string;
}

export type Narrowed =
  | { readonly ok: true; readonly narrowing: Narrowing }
  | { readonly ok: false; readonly message: string };

export type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

export const MAX_LIMIT = 500;
export const MAX_PAGE = 1_000;
/** Stories of one day at most. */
export const MAX_DAY = 1_000;
const MAX_NAMES = 20;
const MAX_TEXT = 100;

const KNOWN = ['limit', 'region', 'source', 'q', 'script', 'content', 'page', 'after', 'day'] as const;
type Known = (typeof KNOWN)[number];

class Nonsense extends Error {}

/** Unknown parameters are passed over: readers and mailers add their own. Empty ones count as absent: forms send them. */
export function readNarrowing(
  query: Query,
  edition: Edition,
  config: Pick<Config, 'sources'>,
  regionCodes: (name: string) => readonly string[] | null,
): Narrowed {
  try {
    const given = takeKnown(query);
    const limit = whole(given, 'limit', MAX_LIMIT);
    const page = whole(given, 'page', MAX_PAGE) ?? 1;
    const regions = names(given, 'region')?.flatMap((name) => {
      const codes = regionCodes(name);
      if (codes === null) throw new Nonsense(`region: no province, city, county or group is called ${quote(name)}`);
      return codes;
    });
    const sources = names(given, 'source');
    for (const id of sources ?? [])
      if (!config.sources.some((source) => source.id === id))
        throw new Nonsense(`source: there is no source ${quote(id)}`);
    const after = readCursor(given.after);
    if (after !== null && page === 1) throw new Nonsense('after: belongs to a page from 2 on');
    const day = readDay(given.day);
    if (day !== null && (limit !== undefined || given.page !== undefined || after !== null))
      throw new Nonsense('day: a day comes whole, without limit, page and after');
    return {
      ok: true,
      narrowing: {
        limit: day === null ? (limit ?? Math.min(edition.size, MAX_LIMIT)) : MAX_DAY,
        regions: regions === undefined ? null : [...new Set(regions)].sort(),
        sources: sources === undefined ? null : [...new Set(sources)].sort(),
        q: text(given, 'q') ?? null,
        script: choice(given, 'script', ['hans', 'hant'] as const) ?? edition.script,
        content: choice(given, 'content', ['summary', 'full'] as const) ?? edition.content,
        page,
        after,
        day,
        canonical: canonicalOf(given),
      },
    };
  } catch (error) {
    if (error instanceof Nonsense) return { ok: false, message: error.message };
    throw error;
  }
}

type Given = Partial<Record<Known, string>>;

function takeKnown(query: Query): Given {
  const given: Given = {};
  for (const name of KNOWN) {
    const value = query[name];
    if (value === undefined || value === '') continue;
    if (typeof value !== 'string') throw new Nonsense(`${name}: given more than once; once is enough`);
    given[name] = value;
  }
  return given;
}

function canonicalOf(given: Given): string {
  const out = new URLSearchParams();
  for (const name of KNOWN) {
    const value = given[name];
    if (value !== undefined) out.set(name, value);
  }
  return out.toString();
}

function whole(given: Given, name: 'limit' | 'page', max: number): number | undefined {
  const value = given[name];
  if (value === undefined) return undefined;
  const number = /^\d{1,6}$/.test(value) ? Number(value) : 0;
  if (number < 1 || number > max) throw new Nonsense(`${name}: a whole number from 1 to ${max}, not ${quote(value)}`);
  return number;
}

function text(given: Given, name: 'q'): string | undefined {
  const value = given[name];
  if (value !== undefined && value.length > MAX_TEXT)
    throw new Nonsense(`${name}: at most ${MAX_TEXT} characters, not ${value.length}`);
  return value?.trim() === '' ? undefined : value?.trim();
}

function names(given: Given, name: 'region' | 'source'): string[] | undefined {
  const list = given[name]
    ?.split(/[,，、]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (list === undefined || list.length === 0) return undefined;
  if (list.length > MAX_NAMES) throw new Nonsense(`${name}: at most ${MAX_NAMES} at once, not ${list.length}`);
  return list;
}

function choice<T extends string>(given: Given, name: 'script' | 'content', choices: readonly T[]): T | undefined {
  const value = given[name];
  if (value === undefined) return undefined;
  const found = choices.find((one) => one === value);
  if (found === undefined) throw new Nonsense(`${name}: ${choices.join(' or ')}, not ${quote(value)}`);
  return found;
}

function readCursor(value: string | undefined): Cursor | null {
  if (value === undefined) return null;
  const match = /^(\d{1,15})-([\w-]{1,64})$/.exec(value);
  if (match === null) throw new Nonsense(`after: not the end of a page: ${quote(value)}`);
  return { orderAt: Number(match[1]), story: match[2] ?? '' };
}

const DAY_MS = 86_400_000;
/** Asia/Shanghai: UTC+8, no daylight saving since 1991. */
const ZONE_MS = 8 * 3_600_000;

function readDay(value: string | undefined): Day | null {
  if (value === undefined) return null;
  const from = /^\d{4}-\d\d-\d\d$/.test(value) ? Date.parse(`${value}T00:00:00+08:00`) : Number.NaN;
  // 30 February reads as 1 March.
  if (Number.isNaN(from) || writeDay(from) !== value)
    throw new Nonsense(`day: a date such as 2026-02-03, not ${quote(value)}`);
  return { from, until: from + DAY_MS };
}

/** The day in China that a moment is of, as the parameter gives it. */
export function writeDay(at: number): string {
  return new Date(at + ZONE_MS).toISOString().slice(0, 10);
}

export function writeCursor({ orderAt, story }: Cursor): string {
  return `${orderAt}-${story}`;
}

/** What a client sent, cut short and without what could end a line. */
export function quote(value: string): string {
  const short = value.length > 40 ? `${value.slice(0, 40)}…` : value;
  return `"${short.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, '?')}"`;
}
