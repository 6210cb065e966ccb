/** Reads how a report opens before it tells anything: 新华社合肥1月30日电（记者吴宇）, 〔記者王小明／台北報導〕, HEFEI, March 5 (Xinhua) --. */
import type { Dateline, Opening } from '../model/entry.ts';
import { readPeople } from './byline.ts';
import { type Line, pad, readLine } from './dateline.ts';
import { MONTHS } from '../text/time.ts';
import { houseAt } from './outlets.ts';
import { isName, readNames } from './people.ts';
import { fold } from './script.ts';
import type { Span } from './span.ts';

export interface ReadOpening extends Omit<Opening, 'start'> {
  /** The publisher signs itself: 本报, 本网, 本台, or a reporter without a house. */
  readonly own: boolean;
  /** 据…消息: the report of another house is cited, which need not be where this one comes from. */
  readonly cited: boolean;
}

/** Characters of a text that are looked at: line, reporters and marks are all within. */
const SEARCHED = 200;

/** The opening that `text` begins with; null where it begins to tell at once. The year stays open where unsaid. Linear in at most 200 characters. */
export function readOpening(text: string): ReadOpening | null {
  const raw = text.slice(0, SEARCHED);
  const english = readEnglish(raw);
  if (english !== null) return english;
  const head = fold(raw);
  let read = readSignedFirst(raw, head);
  // (记者吴慧珺)新华社合肥1月30日电, 本报讯 据新华社合肥1月30日电: of several lines the last is the report's own.
  for (let count = 0; count < MOST_LINES; count++) {
    const from = read?.length ?? 0;
    const line = readLine(head.slice(from));
    if (line === null || (count > 0 && (line.agency === null || line.cited))) break;
    read = joined(read, readAfterLine(raw.slice(from), head.slice(from), line));
  }
  return read;
}

const MOST_LINES = 3;

function joined(first: ReadOpening | null, second: ReadOpening): ReadOpening {
  if (first === null) return second;
  return {
    agency: second.agency ?? first.agency,
    own: first.own || second.own,
    cited: second.agency === null ? first.cited : second.cited,
    place: second.place === '' ? first.place : second.place,
    date: second.date ?? first.date,
    people: [...new Set([...first.people, ...second.people])],
    length: first.length + second.length,
  };
}

export interface FoundOpening extends ReadOpening {
  /** Characters before it. */
  readonly start: number;
}

/** Captions and a standfirst may stand above the line that opens the report. */
const LINES = 6;
const FIRST_CHARACTERS = 2000;

/** The opening of `text`, paragraphs being lines, wherever it stands in the first six; null without one. */
export function findOpening(text: string): FoundOpening | null {
  const lines = text.slice(0, FIRST_CHARACTERS).split('\n', LINES);
  let start = 0;
  for (const line of lines) {
    const read = readOpening(text.slice(start, start + SEARCHED));
    const found = read === null ? findBehindCaption(line) : { ...read, start: 0 };
    // The end of a line that it fills is of it.
    if (found !== null) return lengthened({ ...found, start: start + found.start }, text);
    start += line.length + 1;
  }
  return null;
}

function lengthened(found: FoundOpening, text: string): FoundOpening {
  return text.charAt(found.start + found.length) === '\n' ? { ...found, length: found.length + 1 } : found;
}

/** Where a wire's line ends, and how far before it the line begins at most. */
const WIRE = /日\s?(?:专?电|讯|消息)/g;
const WIRE_REACH = 40;
const WIRE_WITHIN = 500;

/** The wire that follows the caption of a picture within one line: …李四摄"> 新华社合肥1月30日电. */
function findBehindCaption(line: string): FoundOpening | null {
  const head = fold(line.slice(0, WIRE_WITHIN));
  for (const wire of head.matchAll(WIRE)) {
    for (let at = wire.index; at > Math.max(0, wire.index - WIRE_REACH); at--) {
      if (!/[>\s]/.test(head.charAt(at - 1)) || /[>\s据]/.test(head.charAt(at))) continue;
      const read = readOpening(line.slice(at, at + SEARCHED));
      if (read !== null && read.date !== null && (read.agency !== null || read.own)) return { ...read, start: at };
    }
  }
  return null;
}

/** `text` without the opening that stands in it. */
export function withoutOpening(text: string, opening: Pick<Opening, 'start' | 'length'> | null | undefined): string {
  if (opening === null || opening === undefined) return text;
  const { start, length } = opening;
  return start === 0 ? text.slice(length) : text.slice(0, start) + text.slice(start + length);
}

/** `text` without the opening that it begins with: for summaries and other texts that come without their entry's reading. */
export function afterOpening(text: string): string {
  return text.slice(readOpening(text)?.length ?? 0);
}

// (记者张强 李文), 【记者张强】, and (新闻联播): what stands in a bracket right behind the line is of the opening.
const BRACKET = /^[\s:]{0,4}([([【])([^()[\]【】。!?]{0,60})[)\]】]/;
const OPEN_PEOPLE =
  /^\s{0,4}((?:首席|特派|实习|见习|全媒体)?记者\s{0,4}[^\s,。:、]{2,4}(?:[\s、]{1,3}[^\s,。:、]{2,4}){0,4})(?:[\])】]|\s(?=\S))/;
// 电 记者常青、通讯员马荣从考古所获悉: no bracket parts the people from what they learnt.
const LEARNT =
  /^\s{0,4}(?:首席|特派|实习|见习|全媒体)?记者\s?([\u4e00-\u9fff]{2,3}?(?:(?:[、 ]|[、 ]?(?:本报|特约)?(?:记者|通讯员)\s?)[\u4e00-\u9fff]{2,3}?){0,3})(?=从|[日近]日|获悉|报道|[,:])/;
const MOST_BRACKETS = 2;
// 题: stays out of the text, the title behind it is the text's.
const AFTER = /^\s{0,4}[:,]?\s{0,4}(?:题\s?:\s{0,4})?/;

function readAfterLine(raw: string, head: string, line: Line): ReadOpening {
  const people: string[] = line.people === null ? [] : [...readNames(...stretch(raw, head, line.people), true)];
  let { length } = line;
  for (let count = 0; count < MOST_BRACKETS; count++) {
    const rest = head.slice(length);
    const bracket = BRACKET.exec(rest);
    const inside = bracket?.[2] ?? (count === 0 ? OPEN_PEOPLE.exec(rest)?.[1] : undefined);
    if (inside === undefined) break;
    const from = length + rest.indexOf(inside);
    const names = readPeople(...stretch(raw, head, [from, from + inside.length]));
    const signs = names.length > 0 || /记者|通讯员/.test(inside);
    // 央视网消息(新闻联播): one in round brackets is of the line whatever it says; 【…】 may be the first headline.
    if (!signs && (count > 0 || bracket?.[1] !== '(')) break;
    people.push(...names);
    length += (bracket ?? OPEN_PEOPLE.exec(rest))?.[0].length ?? 0;
  }
  if (people.length === 0) {
    const learnt = LEARNT.exec(head.slice(length));
    const from = learnt?.[1] === undefined ? 0 : length + learnt[0].length - learnt[1].length;
    if (learnt?.[1] !== undefined) people.push(...readPeople(...stretch(raw, head, [from, from + learnt[1].length])));
  }
  length += AFTER.exec(head.slice(length))?.[0].length ?? 0;
  const written = (span: Span | null): string => (span === null ? '' : raw.slice(...span));
  return {
    agency: line.agency === null ? null : written(line.agency),
    own: line.own,
    cited: line.cited,
    place: written(line.place),
    date: line.date,
    people: [...new Set(people)],
    length,
  };
}

function stretch(raw: string, head: string, span: Span): [string, string] {
  return [raw.slice(...span), head.slice(...span)];
}

// （江海记者 陆小波）一江连三省, （记者吴慧珺）新华社合肥1月30日电: reporters alone before anything else.
const SIGNED_FIRST = /^\s{0,8}[【[(〔]([\u4e00-\u9fff]{0,14}(?:记者|通讯员)[^()[\]【】〔〕/。]{2,40})[】\])〕]\s{0,4}/;
// （文/江淮网 段小练）, (江淮网 段小练)
const HOUSE_FIRST =
  /^\s{0,8}[(【](?:文\s?\/\s?)?([^\s()[\]【】/]{2,20})[\s/]([\u4e00-\u9fff]{2,4}(?:[\s、][\u4e00-\u9fff]{2,4}){0,3})[)】]\s{0,4}/;
const UNDATED = { place: '', date: null, cited: false } as const;

function readSignedFirst(raw: string, head: string): ReadOpening | null {
  const signed = SIGNED_FIRST.exec(head);
  if (signed?.[1] === undefined) return readHouseFirst(raw, head);
  // 〔記者王小明台北報導〕 is a line.
  if (readLine(head) !== null) return null;
  const from = signed[0].indexOf(signed[1]);
  const people = readPeople(...stretch(raw, head, [from, from + signed[1].length]));
  if (people.length === 0) return null;
  const { house, end } = houseAt(
    signed[1].split(/(?:首席|特派|特约|实习|见习|全媒体|融媒体?)?(?:记者|通讯员)/)[0] ?? '',
  );
  const agency = house === null ? null : raw.slice(from, from + end);
  return { ...UNDATED, agency, own: signed[1].startsWith('本'), people, length: signed[0].length };
}

function readHouseFirst(raw: string, head: string): ReadOpening | null {
  const [whole, house, people] = HOUSE_FIRST.exec(head) ?? [];
  if (whole === undefined || house === undefined || people === undefined) return null;
  if (houseAt(house).end !== house.length || !people.split(/[\s、]/).every((word) => isName(word))) return null;
  const at = head.indexOf(house);
  const from = head.indexOf(people, at + house.length);
  return {
    ...UNDATED,
    agency: raw.slice(at, at + house.length),
    own: false,
    people: readNames(raw.slice(from, from + people.length), people),
    length: whole.length,
  };
}

// HEFEI, March 5 (Xinhua) --
const ENGLISH =
  /^\s{0,8}([A-Z][A-Z' ]{2,24})(?:, [A-Z][A-Za-z ]{2,20})?, ([A-Z][a-z]{2,8})\.? (\d{1,2}) \(([A-Z][A-Za-z .]{1,30})\)\s{0,4}[-–—]{1,2}\s{0,4}/;

function readEnglish(raw: string): ReadOpening | null {
  const [whole, place, name, day, agency] = ENGLISH.exec(raw) ?? [];
  if (whole === undefined || name === undefined) return null;
  const month = MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
  if (month === 0 || Number(day) < 1 || Number(day) > 31) return null;
  return {
    ...UNDATED,
    agency: agency ?? null,
    own: false,
    place: place ?? '',
    date: `${pad(month)}-${pad(Number(day))}`,
    people: [],
    length: whole.length,
  };
}

export interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** A written `date` (MM-DD or DD) with its year and month, by the `day` of publication; null where nothing completes it. */
export function completeDate(date: string | null, day: Day | null): string | null {
  if (date === null || date.length > 5) return date;
  if (day === null) return null;
  if (date.length === 2) {
    // A day alone is the last one of its number up to the day after publication.
    const isLast = Number(date) <= day.day + 1;
    const month = isLast ? day.month : day.month === 1 ? 12 : day.month - 1;
    return `${isLast || day.month > 1 ? day.year : day.year - 1}-${pad(month)}-${date}`;
  }
  const month = Number(date.slice(0, 2));
  // A December dateline under a January stamp is of the year before.
  const year = month - day.month > 2 ? day.year - 1 : day.month - month > 10 ? day.year + 1 : day.year;
  return `${year}-${date}`;
}

/** Place and day of an opening, as entries give them; null where it names neither. */
export function datelineOf(opening: Opening | null): Dateline | null {
  if (opening === null || (opening.place === '' && opening.date === null)) return null;
  return { place: opening.place, date: opening.date };
}
