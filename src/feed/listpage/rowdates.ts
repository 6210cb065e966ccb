/** Finds what a page says of the day of each row: in the row, beside it, or above its group. */
import { isDateOnly, listDates } from '../../zh/listdates.ts';
import { type DateContext, parseDate } from '../dates/feeddates.ts';
import type { PageAddress } from './addressform.ts';
import type { Choice } from './choose.ts';
import { textsBesideTitle } from './rowblocks.ts';
import { flatText, textPieces } from './pagetexts.ts';
import { isWithin, type PageElement } from './pagetree.ts';
import type { Row } from './rows.ts';

/** An announced event may lie ahead; a row that says when it was published does not. */
const MOST_AHEAD_MS = 26 * 3_600_000;
/** A line between rows that says a day and nothing else; 27 2026-11 is one too. */
const isHeading = (line: string): boolean => isDateOnly(line) || /^[\d\s年月日./-]{5,16}$/.test(line);
const TIME = /^\D{0,3}(\d{1,2}:\d{2}(?::\d{2})?)\D{0,3}$/;
const YEARLESS = /^(\d{1,2})[-/月](\d{1,2})日?(.*)$/;

/** Dates that markup states: `<time datetime>`, or a title such as discussion boards give to 前天. */
function statedDate(element: PageElement): string | null {
  for (const part of element.content) {
    if (typeof part === 'string') continue;
    const { datetime, title } = part.attributes;
    if (part.name === 'time' && datetime !== undefined && /\d{4}/.test(datetime)) return flatText(datetime);
    if (part.name === 'span' && title !== undefined && isDateOnly(title) && /\d{4}/.test(title)) return flatText(title);
    const inner = statedDate(part);
    if (inner !== null) return inner;
  }
  return null;
}

/** Whether a text is a date that is no announced event's. */
type IsPast = (text: string) => boolean;

/** Reads each text once: the rows of a list share few days. */
function pastReader(context: DateContext): IsPast {
  const known = new Map<string, boolean>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const date = parseDate(text, context);
    const isPast = date !== null && date.at <= context.now + MOST_AHEAD_MS;
    known.set(text, isPast);
    return isPast;
  };
}

/** 07-22 in the year that the row's address names, where both mean one day. */
function withYear(text: string, { day }: PageAddress): string {
  const partial = YEARLESS.exec(text);
  if (partial === null || day === null) return text;
  const [, month = '', date = '', rest = ''] = partial;
  const same = Number(day.slice(5, 7)) === Number(month) && Number(day.slice(8)) === Number(date);
  return same ? `${day}${rest}` : text;
}

function ownDate(texts: readonly string[], isPast: IsPast): string | null {
  return listDates(texts).find(({ text, isOwn }) => isOwn && isPast(text))?.text ?? null;
}

interface Beside {
  /** Nearest date above, and between this row and the next, in the element around all rows. */
  readonly above: string | null;
  readonly below: string | null;
}

/** The element around all rows. */
function around(rows: readonly Row[]): PageElement | null {
  let at: PageElement | null = rows[0]?.element.parent ?? null;
  for (const { element } of rows) while (at !== null && !isWithin(element, at)) at = at.parent;
  return at;
}

/** Texts that stand between the rows, taken in document order. */
function datesBetween(rows: readonly Row[], mode: Choice['mode'], isPast: IsPast): ReadonlyMap<Row, Beside> {
  const whole = around(rows);
  const found = new Map<Row, Beside>();
  if (whole === null || whole.name === 'html' || whole.name === '') return found;
  // The blocks of a front page stand in all of it.
  if (whole.name === 'body' && mode === 'front') return found;
  const byElement = new Map(rows.map((row) => [row.element, row]));
  let above: string | null = null;
  let last: Row | null = null;
  const walk = (element: PageElement): void => {
    for (const part of element.content) {
      if (typeof part === 'string') {
        const text = flatText(part);
        const date = isHeading(text) ? ownDate([text], isPast) : null;
        if (date !== null) note(date);
        continue;
      }
      const row = byElement.get(part);
      if (row !== undefined) {
        found.set(row, { above, below: null });
        last = row;
      } else if (hasRows(part)) walk(part);
      else {
        const texts = textPieces(part, true).map(({ text }) => text);
        const date = isHeading(texts.join(' ')) ? ownDate(texts, isPast) : null;
        if (date !== null) note(date);
      }
    }
  };
  const holders = new Set<PageElement>();
  for (const { element } of rows)
    for (let at: PageElement | null = element.parent; at !== null && !holders.has(at); at = at.parent) holders.add(at);
  const hasRows = (element: PageElement): boolean => holders.has(element);
  const note = (text: string): void => {
    if (!isPast(text)) return;
    above = text;
    const beside = last === null ? undefined : found.get(last);
    if (last !== null && beside !== undefined && beside.below === null) found.set(last, { ...beside, below: text });
  };
  walk(whole);
  // Of a whole page, what stands above all rows may be today's day in its head: it takes one among them to tell.
  const isPage = whole.name === 'body' && ![...found.values()].some(({ below }) => below !== null);
  return isPage ? new Map() : found;
}

/** The day that stands above a row's group, or below the row where days stand there. */
function daysBeside(rows: readonly Row[], mode: Choice['mode'], isPast: IsPast): (row: Row) => string | null {
  let between: ReadonlyMap<Row, Beside> | null = null;
  return (row) => {
    // Most lists have a day in each row, and are not looked through.
    between ??= datesBetween(rows, mode, isPast);
    const first = rows[0] === undefined ? undefined : between.get(rows[0]);
    const beside = between.get(row);
    // A date after the first row and none before it: dates stand below their rows.
    const standsBelow = first !== undefined && first.above === null && first.below !== null;
    return (standsBelow ? beside?.below : beside?.above) ?? null;
  };
}

/** For each row the date as `parseDate` reads it; empty where only its address may give one. */
export function dateRows(rows: readonly Row[], mode: Choice['mode'], context: DateContext): readonly string[] {
  const isPast = pastReader(context);
  const beside = daysBeside(rows, mode, isPast);
  return rows.map((row) => {
    const { address } = row.candidate;
    const stated = statedDate(row.element);
    if (stated !== null && isPast(stated)) return stated;
    const texts = textsBesideTitle(row);
    const own = ownDate(texts, isPast);
    if (own !== null && !TIME.test(own)) return withYear(own, address);
    const near = beside(row);
    const time = texts.map((text) => TIME.exec(text)?.[1]).find((text) => text !== undefined);
    const day = near ?? address.day;
    if (day === null) return time ?? '';
    if (time !== undefined && !/\d:\d/.test(day)) return `${withYear(day, address)} ${time}`;
    return near === null ? '' : withYear(near, address);
  });
}
