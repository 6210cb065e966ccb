/** Finds the date of a row of a list among its texts: whole, split over neighbours, without a year, or one of several. */

// The year first, or the day first where only that can be meant; the parts of a time may follow.
const CLOCK = String.raw`(?:[T\s]{0,3}\d{1,2}:\d{2}(?::\d{2})?)?`;
const FULL = String.raw`\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}(?:\s?日)?`;
const DAY_FIRST = String.raw`\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d{2}`;
const MONTH_DAY = String.raw`\d{1,2}月\d{1,2}日|(?:1[0-2]|0?[1-9])[-/](?:3[01]|[12]\d|0?[1-9])(?![-/])`;
const RELATIVE = String.raw`(?:\d{1,3}|半)\s?个?(?:分钟|小时|天|周)之?前|刚刚|(?:今天|昨天|前天|今日|昨日)(?:\s{0,3}\d{1,2}:\d{2})?`;

/** A date as lists show it, anywhere in a text. */
export const LIST_DATE = new RegExp(
  String.raw`(?<![\d.])(?:${FULL}|${DAY_FIRST}|${MONTH_DAY})(?!\d)${CLOCK}|${RELATIVE}`,
);
const EACH_DATE = new RegExp(LIST_DATE.source, 'g');
const ENGLISH_MONTH = String.raw`(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?`;
/** What is a date only where a piece says nothing else: 20261127, 11.27, Nov 27, 2026. */
const WHOLE = new RegExp(
  String.raw`^[[(【（]?\s?((?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|(?:0[1-9]|1[0-2])\.(?:0[1-9]|[12]\d|3[01])|${ENGLISH_MONTH} \d{1,2}, ?(?:19|20)\d{2}|\d{1,2} ${ENGLISH_MONTH} (?:19|20)\d{2})\s?[\])】）]?$`,
  'i',
);
const BARE_TIME = /^\D{0,4}(\d{1,2}:\d{2}(?::\d{2})?)\D{0,3}$/;
const DAY = /^(3[01]|[12]\d|0?[1-9])日?$/;
const YEAR_MONTH = /^((?:19|20)\d{2})\s?[-/.年]\s?(1[0-2]|0?[1-9])月?$/;
const MONTH_YEAR = new RegExp(String.raw`^(${ENGLISH_MONTH})[ ,]{1,2}((?:19|20)\d{2})$`, 'i');
const MONTH_ONLY = /^(1[0-2]|0?[1-9])月$/;
const MONTH_DAY_ONLY = /^(1[0-2]|0?[1-9])[-/.月](3[01]|[12]\d|0?[1-9])日?$/;
const YEAR = /^((?:19|20)\d{2})年?$/;
/** How each part of a date that is split begins. */
const PART = /^[\da-z]/i;
/** Characters a piece has besides its date where it is the date's own: a label, brackets, the name of an outlet. */
const MOST_BESIDES = 14;

export interface ListDate {
  /** As `parseDate` reads it. */
  readonly text: string;
  /** The piece says little else; false for a date within a summary. */
  readonly isOwn: boolean;
}

/** Rests a time behind its day: 2026-11-27 with 08:30 in the next piece. */
const withTime = (date: string, next: string | undefined): string => {
  const time = BARE_TIME.exec(next ?? '')?.[1];
  return time === undefined || /\d:\d/.test(date) ? date : `${date} ${time}`;
};

/** Day, month and year in neighbouring pieces: 27 and 2026-11, 11-27 and 2026, 27 and 11月 and 2026. */
function splitDate(pieces: readonly string[], at: number): string | null {
  const a = pieces[at] ?? '';
  const b = pieces[at + 1] ?? '';
  const c = pieces[at + 2] ?? '';
  // Most rows have one date in one piece.
  if ([a, b, c].filter((piece) => PART.test(piece)).length < 2) return null;
  for (const [one, two] of [
    [a, b],
    [b, a],
  ] as const) {
    const day = DAY.exec(one)?.[1];
    const month = YEAR_MONTH.exec(two);
    if (day !== undefined && month !== null) return `${month[1]}-${month[2]}-${day}`;
    const named = MONTH_YEAR.exec(two);
    if (day !== undefined && named !== null) return `${day} ${named[1]} ${named[2]}`;
    const monthDay = MONTH_DAY_ONLY.exec(one);
    const year = YEAR.exec(two)?.[1];
    if (monthDay !== null && year !== undefined) return `${year}-${monthDay[1]}-${monthDay[2]}`;
  }
  const sorted = [a, b, c];
  const day = sorted.find((piece) => DAY.test(piece));
  const month = sorted.find((piece) => MONTH_ONLY.test(piece));
  const year = sorted.find((piece) => YEAR.test(piece));
  if (day === undefined || month === undefined) return null;
  const [d, m] = [DAY.exec(day)?.[1] ?? '', MONTH_ONLY.exec(month)?.[1] ?? ''];
  return year === undefined ? `${m}月${d}日` : `${YEAR.exec(year)?.[1] ?? ''}-${m}-${d}`;
}

/** 27/11/2026 as the year-first form that is never read month first. */
const yearFirst = (text: string): string =>
  text.replace(/^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})/, (whole, one: string, two: string, year: string) =>
    Number(two) <= 12 ? `${year}-${two}-${one}` : Number(one) <= 12 ? `${year}-${one}-${two}` : whole,
  );

/** Dates among the texts of a row, in order, those of their own before those in summaries. Texts are flat and never glued. */
export function listDates(pieces: readonly string[]): readonly ListDate[] {
  const found: ListDate[] = [];
  for (const [at, piece] of pieces.entries()) {
    const split = splitDate(pieces, at);
    if (split !== null) found.push({ text: split, isOwn: true });
    const whole = WHOLE.exec(piece)?.[1];
    if (whole !== undefined) found.push({ text: withTime(whole, pieces[at + 1]), isOwn: true });
    let besides = piece.length;
    const dates = piece.length > 200 ? [] : (piece.match(EACH_DATE) ?? []);
    for (const text of dates) besides -= text.length;
    for (const text of dates)
      found.push({
        text: dates.length === 1 ? withTime(yearFirst(text), pieces[at + 1]) : yearFirst(text),
        isOwn: besides <= MOST_BESIDES && !/[。！？；]/.test(piece),
      });
  }
  return [...found.filter(({ isOwn }) => isOwn), ...found.filter(({ isOwn }) => !isOwn)];
}

const BESIDES_DATE =
  /(?:星期|周)[一二三四五六日天]|\d{1,2}:\d{2}(?::\d{2})?|发布|更新|时间|日期|于|[\s()[\]【】（）|·:：,，-]/g;

/** How such a text can begin: few headlines do. */
const BEGINS_DATE = /^[\da-z半刚今昨前星周发更时日于\s()[\]【】（）|·:：,，-]/i;

/** Whether a text is a date and says nothing else. */
export function isDateOnly(text: string): boolean {
  if (!BEGINS_DATE.test(text)) return false;
  if (WHOLE.test(text)) return true;
  if (text.length > 40 || !LIST_DATE.test(text)) return false;
  return text.replace(LIST_DATE, '').replace(BESIDES_DATE, '') === '';
}
