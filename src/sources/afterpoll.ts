/** Turns a source's state and what a poll brought into the state after it. */
import type { FeedDocument } from '../model/feed.ts';
import { type FetchResult, NO_VALIDATORS, type Validators } from '../model/fetch.ts';
import type { Reason } from '../model/reason.ts';
import type { PageMemory, PollRecord, SourceState } from '../model/source.ts';
import { hasCode, reason } from '../reasons/catalogue.ts';
import { isDated } from './datedaddress.ts';
import { learnClock } from './clock.ts';
import { moveAfter } from './moved.ts';
import { stillSame } from './pagememory.ts';
import { usualOn } from './quotas.ts';
import { type Arrivals, learnRhythm } from './rhythm.ts';

/** What reading an answer brought. */
export interface Reading {
  readonly document: FeedDocument | null;
  /** Items sent on: new or changed. */
  readonly fresh: number;
  /** New ones among them. */
  readonly arrivals: Arrivals;
  /** Dates labelled GMT of new ones, as given. */
  readonly gmtStamps: readonly number[];
  /** Items that are more than the source's quotas, and wait for later polls; null: none. */
  readonly held: { readonly items: number; readonly why: Reason } | null;
  /** See SourceState. */
  readonly renamed: boolean;
  readonly datesOfMaking: boolean;
  /** As it is after this document; null: as it was. */
  readonly page: PageMemory | null;
  /** Why the poll failed; null where it did not. */
  readonly error: Reason | null;
  /** A whole document was read since it came: what it says of known items may be old, and is left. */
  readonly overtaken: boolean;
  /** What came is no feed: a page, a login, nothing. */
  readonly changed: boolean;
}

/** Of an answer that brought no document. */
export const NO_READING: Reading = {
  document: null,
  fresh: 0,
  arrivals: { stamps: [], unstamped: 0 },
  gmtStamps: [],
  held: null,
  renamed: false,
  datesOfMaking: false,
  page: null,
  error: null,
  overtaken: false,
  changed: false,
};

/** What was learned of another address than the configured one is void: what came from it stays. */
export function settle(state: SourceState, configured: string): SourceState {
  if (state.address === configured || state.address === null) return state;
  return {
    ...state,
    validators: NO_VALIDATORS,
    failures: 0,
    troubled: 0,
    movedTo: null,
    movedCount: 0,
    gone: false,
    changed: false,
    format: null,
    ttlMinutes: null,
    skip: null,
    dated: null,
    page: null,
    notBefore: null,
  };
}

/** The state after a poll, but for the next poll and what operators are told. */
export function stateAfter(
  before: SourceState,
  addresses: { readonly configured: string; readonly asked: string },
  result: FetchResult,
  reading: Reading,
  now: number,
): SourceState {
  const { document } = reading;
  const failed = reading.error !== null;
  // 304 says that nothing changed, an empty document's emptiness included.
  const changed = result.outcome === 'unmodified' ? before.changed : reading.changed;
  return {
    ...before,
    ...learntOf(before, reading, now),
    address: addresses.configured,
    validators: validatorsAfter(before, result, reading),
    lastPollAt: now,
    lastSuccessAt: failed ? before.lastSuccessAt : now,
    failures: failed ? before.failures + 1 : 0,
    troubled: failed || changed ? before.troubled + 1 : 0,
    lastError: reading.error ?? (changed ? (emptiness(document) ?? before.lastError) : null),
    ...moveAfter(before, addresses.configured, addresses.asked, result, !failed && !changed),
    gone: result.outcome === 'gone',
    changed,
    format: document?.format ?? before.format,
    reach: document === null ? before.reach : reachOf(document, reading.datesOfMaking),
    ttlMinutes: document === null ? before.ttlMinutes : document.ttlMinutes,
    skip: document === null ? before.skip : (document.skip ?? null),
    dated:
      isDated(addresses.configured) && (document !== null || result.outcome === 'unmodified')
        ? addresses.asked
        : before.dated,
    page: result.outcome === 'unmodified' ? stillSame(before.page, now) : (reading.page ?? before.page),
  };
}

/** The state after a document that no poll brought: of the source's own server nothing was heard. */
export function afterDocument(before: SourceState, reading: Reading, now: number): SourceState {
  // What is held was not all of it: the next poll asks for the whole document.
  const validators = reading.held === null ? before.validators : NO_VALIDATORS;
  return { ...before, ...learntOf(before, reading, now), validators };
}

/** What a document teaches, however it came. */
function learntOf(
  before: SourceState,
  { document, arrivals, gmtStamps, held, renamed, datesOfMaking }: Reading,
  now: number,
): Pick<
  SourceState,
  | 'title'
  | 'newestEntryAt'
  | 'rhythm'
  | 'freshAt'
  | 'usual'
  | 'held'
  | 'heldWhy'
  | 'renamed'
  | 'datesOfMaking'
  | 'clock'
> {
  const count = arrivals.stamps.length + arrivals.unstamped;
  const learn = document !== null && (before.rhythm === null || count > 0);
  return {
    title: document?.title ?? before.title,
    newestEntryAt: Math.max(datesOfMaking ? 0 : (newestOf(document) ?? 0), before.newestEntryAt ?? 0) || null,
    rhythm: learn ? learnRhythm(before.rhythm, arrivals, before.lastPollAt, now) : before.rhythm,
    freshAt: count > 0 ? now : before.freshAt,
    usual: usualOn(before, now),
    clock: learnClock(before.clock, gmtStamps, before.lastPollAt, now),
    renamed: document === null ? before.renamed : renamed,
    datesOfMaking: document === null ? before.datesOfMaking : datesOfMaking,
    held: document === null ? before.held : (held?.items ?? 0),
    heldWhy: document === null ? before.heldWhy : (held?.why ?? null),
  };
}

/** How far back a document reaches. Its oldest tenth may be pinned there for years, and counts as the others do. */
function reachOf({ items }: FeedDocument, datesOfMaking: boolean): SourceState['reach'] {
  const stamps = items.flatMap(({ published, updated }) => published ?? updated ?? []).toSorted((a, b) => b - a);
  const counted = stamps.slice(0, Math.ceil(stamps.length * 0.9));
  const [newest, oldest] = [counted[0], counted.at(-1)];
  const dated = !datesOfMaking && counted.length > 1 && stamps.length * 2 > items.length;
  const spanMs = dated && newest !== undefined && oldest !== undefined ? newest - oldest : 0;
  return { items: items.length, spanMs: spanMs > 0 ? (spanMs * items.length) / counted.length : null };
}

function emptiness(document: FeedDocument | null): Reason | null {
  return document === null ? null : reason('feed.parse.emptied');
}

/** What is known of the document at `url`; of a dated address, validators are those of one day's document. */
export function validatorsOf({ validators, dated }: SourceState, configured: string, url: string): Validators {
  return isDated(configured) && dated !== url ? NO_VALIDATORS : validators;
}

function validatorsAfter(before: SourceState, result: FetchResult, { error, document, held }: Reading): Validators {
  if (!('validators' in result)) return before.validators;
  // A document that could not be read is asked for again, whole.
  if (error !== null) return NO_VALIDATORS;
  // Where items are held, a 304 would keep them away.
  if (held !== null || lacksPages(document)) return NO_VALIDATORS;
  // One that broke off too, for a 304 would keep the rest away; where the same bytes come again, it is the publisher's.
  if (endsEarly(document)) return { ...NO_VALIDATORS, bodyHash: result.validators.bodyHash };
  return result.validators;
}

/** Whether a document broke off, as one does whose Content-Length is too small. */
export function endsEarly(document: FeedDocument | null): boolean {
  return document?.repairs.some((repair) => hasCode(repair, 'repair.xml.ends-early')) === true;
}

/** Whether pages of an issue did not come. */
const lacksPages = (document: FeedDocument | null): boolean =>
  document?.repairs.some((repair) => hasCode(repair, 'repair.issue.missing')) === true;

/** Newest date among the items; null where none is dated. */
function newestOf(document: FeedDocument | null): number | null {
  let newest: number | null = null;
  for (const item of document?.items ?? []) {
    const at = item.published ?? item.updated;
    if (at !== null && (newest === null || at > newest)) newest = at;
  }
  return newest;
}

/** A poll as a line of the source's short history. `bytes`: length of what came; null where nothing did. */
export function toRecord(
  result: Omit<FetchResult, 'body'> & { readonly bytes: number | null },
  reading: Reading,
  state: Known,
  now: number,
): PollRecord {
  return {
    at: now,
    outcome: reading.error !== null && result.outcome === 'modified' ? 'failed' : result.outcome,
    status: result.status,
    bytes: result.bytes,
    elapsedMs: Math.round(result.elapsedMs),
    ...recordOf(reading, state),
  };
}

/** A document that a hub sent, as such a line. `bytes`: its length; `elapsedMs`: what reading it took. */
export function toPushRecord(
  reading: Reading,
  state: Known,
  { bytes, elapsedMs }: { readonly bytes: number; readonly elapsedMs: number },
  now: number,
): PollRecord {
  return {
    at: now,
    outcome: 'pushed',
    status: null,
    bytes,
    elapsedMs: Math.round(elapsedMs),
    ...recordOf(reading, state),
  };
}

/** What of the state after a poll its record tells. */
type Known = Pick<SourceState, 'clock'>;

function recordOf(reading: Reading, { clock }: Known) {
  const { document, error, fresh, datesOfMaking, renamed } = reading;
  const repairs = [
    ...(document?.repairs ?? []),
    ...(document?.labelledGmt !== undefined && clock?.reading === 'beijing'
      ? [reason('repair.date.arrives-as-beijing')]
      : []),
    ...(datesOfMaking ? [reason('repair.date.of-making')] : []),
    ...(renamed ? [reason('repair.items-renamed')] : []),
  ];
  return {
    items: document?.items.length ?? null,
    fresh,
    newestAt: datesOfMaking ? null : newestOf(document),
    format: document?.format ?? null,
    charset: document?.charset.used ?? null,
    repairs,
    error,
  };
}
