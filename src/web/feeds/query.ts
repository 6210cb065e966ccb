/** Reads a feed's address: which feed it names, and how its query narrows that, or what is wrong with it. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Format, formats } from '../../publish/formats.ts';
import type { Reason } from '../../model/reason.ts';
import { reason } from '../../reasons/catalogue.ts';
import { refuse, whyOf } from '../../reasons/schemaissue.ts';
import { legible } from '../http/legible.ts';
import { startOfDate } from '../ui/times.ts';
import { regionProblem } from '../../divisions/naming.ts';
import type { Config, Edition } from '../../model/config.ts';
import type { Script } from '../../model/entry.ts';
import { DAY_MS } from '../../text/time.ts';
import { findRenamed } from '../../sources/configured.ts';

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
  /** Regions as asked for: names, codes, groups. */
  readonly regionsAsked: readonly string[];
  /** Region codes; null: no narrowing. */
  readonly regions: readonly string[] | null;
  readonly sources: readonly string[] | null;
  /** Names of outlets, as typed. */
  readonly outlets: readonly string[] | null;
  /** As typed; null: no narrowing. */
  readonly q: string | null;
  readonly script: Script | null;
  readonly content: Edition['content'];
  /** 1-based. */
  readonly page: number;
  readonly after: Cursor | null;
  /** Tags (`tagOf`) of stories further down that the first page has shown already. */
  readonly shown: readonly string[];
  /** One day's stories and no others; null: no narrowing. */
  readonly day: Day | null;
  /** The parameters that count, in one spelling; empty for the plain feed. */
  readonly canonical: string;
}

/** What names a page of a feed, and not what stands in it. */
export const PAGE_PARAMETERS = ['page', 'after', 'shown'] as const;

/** What names a view of a feed, a page of it or a size: all else makes another feed. */
export const VIEW_PARAMETERS = [...PAGE_PARAMETERS, 'limit', 'day'] as const;

/** A canonical query without some of its parameters. */
export function withoutParameters(canonical: string, names: readonly string[]): URLSearchParams {
  const parameters = new URLSearchParams(canonical);
  for (const name of names) parameters.delete(name);
  return parameters;
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
  | { readonly ok: false; readonly why: Reason };

export type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

export const MAX_LIMIT = 500;
const MAX_PAGE = 1_000;
/** Stories of one day in a document; more follow in a further one. */
const MAX_DAY = 1_000;
const MAX_NAMES = 20;
const MAX_TEXT = 100;

const once = z.string();

/** A text in which `problem` finds nothing wrong. */
const checked = (problem: (text: string) => Reason | null) =>
  once.superRefine((text, context) => {
    const why = problem(text);
    if (why !== null) refuse(context, why);
  });

const whole = (name: string, most: number) =>
  checked((text) =>
    /^\d{1,6}$/.test(text) && Number(text) >= 1 && Number(text) <= most
      ? null
      : reason('request.whole', { name, most, given: legible(text) }),
  ).transform(Number);
const choice = <T extends string>(name: string, known: readonly T[]) =>
  checked((text) =>
    known.some((one) => one === text) ? null : reason('request.choice', { name, known, given: legible(text) }),
  ).transform((text) => text as T);
const partsOf = (text: string): string[] =>
  text
    .split(/[,，、]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
const names = (name: string) =>
  checked((text) => {
    const given = partsOf(text).length;
    return given <= MAX_NAMES ? null : reason('request.too-many', { name, most: MAX_NAMES, given });
  }).transform(partsOf);

/** In the order of the canonical spelling. */
const PARAMETERS = z
  .object({
    limit: whole('limit', MAX_LIMIT),
    region: names('region'),
    source: names('source'),
    outlet: names('outlet'),
    q: checked(({ length }) =>
      length <= MAX_TEXT ? null : reason('request.words.too-long', { most: MAX_TEXT, given: length }),
    ).transform((text) => text.trim()),
    script: choice('script', ['hans', 'hant']),
    content: choice('content', ['summary', 'full']),
    page: whole('page', MAX_PAGE),
    after: checked((text) =>
      /^\d{1,15}-[\w-]{1,64}$/.test(text) ? null : reason('request.after', { given: legible(text) }),
    ).transform(readCursor),
    shown: checked((text) =>
      text.length <= MAX_LIMIT * TAG_CHARACTERS && /^(?:[\w-]{5})*$/.test(text)
        ? null
        : reason('request.shown', { given: legible(text) }),
    ).transform((text) => text.match(/.{5}/g) ?? []),
    day: checked((date) => (startOfDate(date) === null ? reason('request.day', { given: legible(date) }) : null))
      .transform((date) => startOfDate(date) ?? 0)
      .transform((from): Day => ({ from, until: from + DAY_MS })),
  })
  .partial();

const KNOWN = Object.keys(PARAMETERS.shape);

/** Unknown parameters are passed over: readers and mailers add their own. Empty ones count as absent: forms send them. */
export function readNarrowing(
  query: Query,
  edition: Edition,
  config: Pick<Config, 'sources' | 'regions'>,
  regionCodes: (name: string) => readonly string[] | null,
): Narrowed {
  const given = Object.fromEntries(
    KNOWN.flatMap((name) => (query[name] === undefined || query[name] === '' ? [] : [[name, query[name]]])),
  );
  const read = PARAMETERS.safeParse(given);
  if (!read.success) {
    const [issue] = read.error.issues;
    // A parameter is a list where it was given more than once.
    return wrong((issue && whyOf(issue)) ?? reason('request.once', { name: String(issue?.path[0]) }));
  }
  const {
    limit,
    shown = [],
    region = [],
    source: asked = [],
    outlet = [],
    q = '',
    script,
    content,
    page = 1,
    after = null,
    day = null,
  } = read.data;
  const unknownRegion = region.find((name) => regionCodes(name) === null);
  if (unknownRegion !== undefined) return wrong(regionFault(unknownRegion, config.regions));
  // Who subscribed to a source goes on where it was renamed.
  const source = asked.map((id) => findRenamed(config, id)?.id ?? id);
  const unknownSource = source.find((id) => !config.sources.some((known) => known.id === id));
  if (unknownSource !== undefined) return wrong(reason('request.source.unknown', { source: legible(unknownSource) }));
  if (after !== null && page === 1 && day === null) return wrong(reason('request.after.first-page'));
  if (day !== null && (limit !== undefined || read.data.page !== undefined)) return wrong(reason('request.day.alone'));
  return {
    ok: true,
    narrowing: {
      limit: day === null ? (limit ?? Math.min(edition.size, MAX_LIMIT)) : MAX_DAY,
      regionsAsked: region,
      regions: region.length === 0 ? null : sorted(region.flatMap((name) => regionCodes(name) ?? [])),
      sources: source.length === 0 ? null : sorted(source),
      outlets: outlet.length === 0 ? null : sorted(outlet),
      q: q === '' ? null : q,
      script: script ?? edition.script,
      content: content ?? edition.content,
      page,
      after,
      shown,
      day,
      canonical: new URLSearchParams(given as Record<string, string>).toString(),
    },
  };
}

/** Why `name` is no region that can be asked for: nothing is called so, or several places are. */
export function regionFault(name: string, { groups, home }: Config['regions']): Reason {
  const region = legible(name);
  const problem = regionProblem(region, groups, home);
  const isTelling = problem !== null && problem.code !== 'config.region.unknown';
  return isTelling ? problem : reason('request.region.unknown', { region });
}

function wrong(why: Reason): Narrowed {
  return { ok: false, why };
}

function sorted(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}

const TAG_CHARACTERS = 5;

/** Tells a story from a thousand others in 30 bits. */
export function tagOf(story: string): string {
  return createHash('sha256').update(story).digest('base64url').slice(0, TAG_CHARACTERS);
}

/** `<order time in epoch ms>-<story id>` */
function readCursor(text: string): Cursor {
  const dash = text.indexOf('-');
  return { orderAt: Number(text.slice(0, dash)), story: text.slice(dash + 1) };
}

export function writeCursor({ orderAt, story }: Cursor): string {
  return `${orderAt}-${story}`;
}
