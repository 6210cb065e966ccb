/** Reads a feed's address: which feed it names, and how its query narrows that, or what is wrong with it. */
import { z } from 'zod';
import { type Format, formats } from '../../publish/formats.ts';
import { quote } from '../http/quote.ts';
import { startOfDate } from '../ui/times.ts';
import type { Config, Edition } from '../../model/config.ts';
import type { Script } from '../../model/entry.ts';
import { DAY_MS } from '../../text/time.ts';

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

/** The feed that `<edition>.<format>` names; null where there is no such edition or format. */
export function findFeed(
  { editions }: Pick<Config, 'editions'>,
  file: string,
): { readonly edition: Edition; readonly format: Format } | null {
  const dot = file.lastIndexOf('.');
  const format = formats.find(({ extension }) => extension === file.slice(dot + 1));
  const edition = editions.find(({ id }) => id === file.slice(0, Math.max(0, dot)));
  return edition === undefined || format === undefined ? null : { edition, format };
}

export type Narrowed =
  | { readonly ok: true; readonly narrowing: Narrowing }
  | { readonly ok: false; readonly message: string };

export type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

const MAX_LIMIT = 500;
const MAX_PAGE = 1_000;
/** Stories of one day at most. */
const MAX_DAY = 1_000;
const MAX_NAMES = 20;
const MAX_TEXT = 100;

const once = z.string('given more than once; once is enough');
const expects = (what: string) => ({
  error: ({ input }: { readonly input?: unknown }) => `${what}, not ${quote(String(input))}`,
});
const whole = (most: number) =>
  once
    .refine(
      (text) => /^\d{1,6}$/.test(text) && Number(text) >= 1 && Number(text) <= most,
      expects(`a whole number from 1 to ${most}`),
    )
    .transform(Number);
const choice = <T extends string>(choices: readonly T[]) => once.pipe(z.enum(choices, expects(choices.join(' or '))));
const names = once
  .transform((text) => text.split(/[,，、]/).map((part) => part.trim()))
  .transform((parts) => parts.filter((part) => part !== ''))
  .refine(({ length }) => length <= MAX_NAMES, {
    error: ({ input }) => `at most ${MAX_NAMES} at once, not ${(input as readonly string[]).length}`,
  });

/** In the order of the canonical spelling. */
const PARAMETERS = z
  .object({
    limit: whole(MAX_LIMIT),
    region: names,
    source: names,
    q: once
      .refine(({ length }) => length <= MAX_TEXT, {
        error: ({ input }) => `at most ${MAX_TEXT} characters, not ${String(input).length}`,
      })
      .transform((text) => text.trim()),
    script: choice(['hans', 'hant']),
    content: choice(['summary', 'full']),
    page: whole(MAX_PAGE),
    after: once
      .regex(/^\d{1,15}-[\w-]{1,64}$/, { error: ({ input }) => `not the end of a page: ${quote(String(input))}` })
      .transform(readCursor),
    day: once
      .refine((date) => startOfDate(date) !== null, expects('a date such as 2026-02-03'))
      .transform((date) => startOfDate(date) ?? 0)
      .transform((from): Day => ({ from, until: from + DAY_MS })),
  })
  .partial();

const KNOWN = Object.keys(PARAMETERS.shape);

/** Unknown parameters are passed over: readers and mailers add their own. Empty ones count as absent: forms send them. */
export function readNarrowing(
  query: Query,
  edition: Edition,
  config: Pick<Config, 'sources'>,
  regionCodes: (name: string) => readonly string[] | null,
): Narrowed {
  const given = Object.fromEntries(
    KNOWN.flatMap((name) => (query[name] === undefined || query[name] === '' ? [] : [[name, query[name]]])),
  );
  const read = PARAMETERS.safeParse(given);
  if (!read.success) {
    const [issue] = read.error.issues;
    return wrong(`${String(issue?.path[0])}: ${issue?.message}`);
  }
  const { limit, region = [], source = [], q = '', script, content, page = 1, after = null, day = null } = read.data;
  const unknownRegion = region.find((name) => regionCodes(name) === null);
  if (unknownRegion !== undefined)
    return wrong(`region: no province, city, county or group is called ${quote(unknownRegion)}`);
  const unknownSource = source.find((id) => !config.sources.some((known) => known.id === id));
  if (unknownSource !== undefined) return wrong(`source: there is no source ${quote(unknownSource)}`);
  if (after !== null && page === 1) return wrong('after: belongs to a page from 2 on');
  if (day !== null && (limit !== undefined || read.data.page !== undefined))
    return wrong('day: a day comes whole, without limit, page and after');
  return {
    ok: true,
    narrowing: {
      limit: day === null ? (limit ?? Math.min(edition.size, MAX_LIMIT)) : MAX_DAY,
      regions: region.length === 0 ? null : sorted(region.flatMap((name) => regionCodes(name) ?? [])),
      sources: source.length === 0 ? null : sorted(source),
      q: q === '' ? null : q,
      script: script ?? edition.script,
      content: content ?? edition.content,
      page,
      after,
      day,
      canonical: new URLSearchParams(given as Record<string, string>).toString(),
    },
  };
}

function wrong(message: string): Narrowed {
  return { ok: false, message };
}

function sorted(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}

/** `<order time in epoch ms>-<story id>` */
function readCursor(text: string): Cursor {
  const dash = text.indexOf('-');
  return { orderAt: Number(text.slice(0, dash)), story: text.slice(dash + 1) };
}

export function writeCursor({ orderAt, story }: Cursor): string {
  return `${orderAt}-${story}`;
}
