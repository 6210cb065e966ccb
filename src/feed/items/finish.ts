/** Finishes loose items, from whatever parser, into raw items: dates, ids, repairs. */
import type { FeedDocument, RawItem } from '../../model/feed.ts';
import type { DocumentSettings } from '../../model/source.ts';
import { parseDate } from '../dates/feeddates.ts';
import type { DateContext, ParsedDate } from '../dates/feeddates.ts';
import type { Reason } from '../../model/reason.ts';
import { eachOnce, hasCode, reason } from '../../reasons/catalogue.ts';
import { capItem } from './caps.ts';
import { BARE_ITEM, type LooseItem } from './looseitem.ts';
import { type Identified, identify, identifyAmong, idSeed, maybePlace } from './identity.ts';
import type { KnownItem } from './knownitem.ts';
import { dateInAddress } from '../../zh/dates.ts';
import { type GivenDate, giveDate, mendBeijing } from '../dates/skew.ts';

/** An item that was finished, and what of it can be known again. */
export interface Finished {
  readonly item: RawItem;
  /** Its dates as given; null where these, or its id, do not follow from its element alone. */
  readonly steady: GivenDates | null;
  /** Place among the items that were given. */
  readonly at: number;
}

interface Dated {
  readonly item: LooseItem;
  readonly published: ParsedDate | null;
  readonly updated: ParsedDate | null;
  readonly repairs: readonly Reason[];
}

const MAX_SHOWN = 60;

function dateItem(item: LooseItem, context: DateContext, fromAddress: boolean): Dated {
  const repairs: Reason[] = [...item.repairs];
  let published = item.published === '' ? null : parseDate(item.published, context);
  if (item.published !== '' && published === null)
    repairs.push(reason('repair.date.published-impossible', { text: item.published.slice(0, MAX_SHOWN) }));
  const updated =
    item.updated === '' ? null : item.updated === item.published ? published : parseDate(item.updated, context);
  if (item.updated !== '' && updated === null && item.updated !== item.published)
    repairs.push(reason('repair.date.updated-impossible', { text: item.updated.slice(0, MAX_SHOWN) }));
  if (published === null && updated === null && item.stray !== '') {
    published = parseDate(item.stray, context);
    if (published !== null) repairs.push(reason('repair.date.from-text'));
  }
  if (published === null && updated === null && fromAddress && item.link !== null) {
    const text = dateInAddress(item.link);
    published = text === null ? null : parseDate(text, context);
    if (published !== null) repairs.push(reason('repair.date.from-address'));
  }
  for (const date of [published, updated]) repairs.push(...(date?.repairs ?? []));
  return { item, published, updated, repairs: eachOnce(repairs) };
}

/** Whether reading this date from this text at any later time gives the same. */
function isSteady(text: string, date: ParsedDate | null): boolean {
  if (date === null) return text === '';
  return !date.relative && !date.repairs.some((repair) => hasCode(repair, 'repair.date.year'));
}

/** Whether the dates of an item follow from its element alone. Of one between the elements, it may be too early to tell. */
function hasSteadyDates({ item, published, updated }: Dated): boolean {
  const isUndated = item.published === '' && item.updated === '';
  return isUndated ? item.stray === '' : isSteady(item.published, published) && isSteady(item.updated, updated);
}

/** An item with its id, whose dates may yet be set right. */
interface Part {
  readonly id: string;
  readonly item: LooseItem;
  readonly repairs: readonly Reason[];
  readonly dates: GivenDates;
  readonly isSteady: boolean;
  readonly at: number;
}

interface GivenDates {
  readonly published: GivenDate | null;
  readonly updated: GivenDate | null;
}

const datesIn = (all: readonly GivenDates[]): readonly GivenDate[] =>
  all.flatMap(({ published, updated }) => [published ?? [], updated ?? []].flat());

export interface FinishedItems extends Pick<FeedDocument, 'repairs' | 'labelledGmt'> {
  readonly finished: readonly Finished[];
}

type Settings = Pick<DocumentSettings, 'id' | 'formerly' | 'identity' | 'clock'>;

/** Finishes items: dates, ids, repeats folded. `fromAddress` lets a date in the link stand in for a missing one. */
export function finishItems(
  source: Settings,
  items: readonly LooseItem[],
  context: DateContext,
  fromAddress: boolean,
): FinishedItems {
  const candidates = items.map((item, at) => toCandidate(item, at, context, fromAddress));
  const identified = identify(idSeed(source), candidates, source.identity ?? 'auto');
  const dates = datesIn(candidates.map((one) => one.dates));
  return join(source, identified.map(toPart), { dates, folded: candidates.length - identified.length, context });
}

/**
 * The same where items stand among known ones: in `items` null is for the one of the same place in `known`. Null where an
 * item is told by the same as a known one.
 */
export function finishAmong(
  source: Settings,
  items: readonly (LooseItem | null)[],
  known: readonly (KnownItem | null)[],
  context: DateContext,
): FinishedItems | null {
  const candidates = items.flatMap((item, at) => (item === null ? [] : toCandidate(item, at, context, false)));
  const ids = new Set(known.flatMap((one) => one?.id ?? []));
  const identified = identifyAmong(idSeed(source), candidates, source.identity ?? 'auto', ids);
  if (identified === null) return null;
  const read = new Map(identified.map((one) => [one.item.at, toPart(one)]));
  const parts = known.flatMap((one, at) => (one === null ? (read.get(at) ?? []) : ofKnown(one, at)));
  const dates = datesIn([...candidates.map((one) => one.dates), ...known.flatMap((one) => one ?? [])]);
  return join(source, parts, { dates, folded: candidates.length - identified.length, context });
}

type Candidate = ReturnType<typeof toCandidate>;

function toCandidate(item: LooseItem, at: number, context: DateContext, fromAddress: boolean) {
  const dated = dateItem(capItem(item), context, fromAddress);
  const { item: capped, published, updated } = dated;
  const give = (date: ParsedDate | null) => date && giveDate(date, capped.link);
  return {
    dated,
    at,
    dates: { published: give(published), updated: give(updated) },
    guid: capped.guid,
    link: capped.link,
    key: capped.key,
    title: capped.title,
    date: published?.relative ? '' : capped.published,
    body: capped.content ?? capped.summary ?? '',
    image: capped.image,
    enclosures: capped.enclosures,
  };
}

function toPart({ item: { dated, dates, at }, id, isAlone }: Identified<Candidate>): Part {
  const { item, repairs } = dated;
  const isSteady = isAlone && !maybePlace(item.guid) && hasSteadyDates(dated);
  return { id, item, repairs, dates, isSteady, at };
}

function ofKnown({ id, published, updated }: KnownItem, at: number): Part {
  return { id, item: BARE_ITEM, repairs: [], dates: { published, updated }, isSteady: true, at };
}

/** `dates`: of all items, those too that were folded. */
function join(
  source: Settings,
  parts: readonly Part[],
  { dates, folded, context }: { dates: readonly GivenDate[]; folded: number; context: DateContext },
): FinishedItems {
  const { shiftMs, repair } = mendBeijing(dates, context.now, source.clock ?? 'auto');
  const timeOf = (date: GivenDate | null): number | null =>
    date === null ? null : date.isUtc ? date.at - shiftMs : date.at;
  const finished = parts.map(({ id, item, repairs, dates: { published, updated }, isSteady, at }): Finished => {
    const mended = repair !== null && (published?.isUtc === true || updated?.isUtc === true);
    const raw = {
      id,
      guid: item.guid,
      title: item.title,
      link: item.link,
      summary: item.summary,
      content: item.content,
      authors: item.authors,
      published: timeOf(published),
      updated: timeOf(updated),
      categories: item.categories,
      enclosures: item.enclosures,
      image: item.image,
      language: item.language,
      outlet: item.outlet,
      repairs: mended ? [...repairs, repair] : repairs,
    };
    return { item: raw, steady: isSteady ? { published, updated } : null, at };
  });
  const repairs = repair === null ? [] : [repair];
  const ids = parts.flatMap(({ id, dates: { published, updated } }) =>
    (published ?? updated)?.isUtc === true ? [id] : [],
  );
  return {
    finished,
    ...(ids.length > 0 && { labelledGmt: { ids, shiftMs } }),
    repairs: folded > 0 ? [...repairs, reason('repair.items-folded', { items: folded })] : repairs,
  };
}
