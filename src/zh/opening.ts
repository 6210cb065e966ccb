/** Turns the head of a report (新华社上海1月30日电（记者吴宇）) into agency, place, day and reporters. */
import type { Dateline } from '../model/entry.ts';
import { isName, joinSpread, readNames } from './people.ts';
import type { ReadDateline } from './readdateline.ts';
import { readReporterHead } from './reporterhead.ts';
import { readNumber } from './dates.ts';

const OWN = '(?:本报|本网|本站|本刊|本台|本社|记者)';
const AGENCY = `(?:(?:(?![的了在和]|(?<=[\\d一二三四五六七八九十])[年月日])[\\u4e00-\\u9fffa-z·\\-—]){1,12}?(?:社|网|报|台|在线|新闻|客户端|频道|之声|广播|卫视|周刊|头条|号|闻|汇点)(?!网))`;
const NUMBER = '(?:\\d{1,2}|[一二三四五六七八九十廿]{1,3})';
const DAY = `(?:((?:19|20)\\d{2}|二[〇零][〇零一二三四五六七八九]{2})年)?(${NUMBER})月(${NUMBER})日`;
const KIND = '(?:综合|专|急|体育专|特稿|分析|调查|新媒体专|图表|视频|微特稿|特)?(?:电|讯|消息|报道|电讯)';
const FORM = new RegExp(
  `^[【\\[(]?(?:据)?(?:(${OWN})|((?:${AGENCY}[·•—/\\-、 ]?){1,3}))?\\s*([\\u4e00-\\u9fff·/、 ]{2,14}?)??\\s*${DAY}\\s*([\\u4e00-\\u9fff]{2,8}?)??\\s*(?:\\d{1,2}时)?(${KIND})\\s*(?=[\\s(【:,\\])】]|记者|本报|\\d|[\\u4e00-\\u9fff“]|$)`,
);
// 本报讯, 中安在线讯, 央视网消息, 环球网报道: no day.
const UNDATED = new RegExp(
  `^[【\\[(]?(?:据)?(?:(${OWN})|((?:${AGENCY}[·•—/\\-、 ]?){1,3}))(?:([\\u4e00-\\u9fff]{2,4}))?(讯|消息|报道)\\s*(?=[\\s(【:\\])】]|记者)`,
);
const PEOPLE = /^[\s:]*[([【]([^)\]】]{2,60})[)\]】][:\s]*/;
const OPEN_PEOPLE =
  /^\s*((?:首席|特派|实习|见习|全媒体)?记者\s*[^\s,。:]{2,4}(?:[\s、]+[^\s,。:]{2,4}){0,4})(?:[\])】]|\s+(?=\S))/;
// 电 记者常青、通讯员马荣从考古所获悉: no bracket parts the people from what they learnt.
const LEARNT =
  /^\s*(?:首席|特派|实习|见习|全媒体)?记者\s?([\u4e00-\u9fff]{2,3}?(?:(?:[、 ]|[、 ]?(?:本报|特约)?(?:记者|通讯员)\s?)[\u4e00-\u9fff]{2,3}?){0,3})(?=从|[日近]日|获悉|报道|[,:])/;
const SEARCHED = 120;

/** The dateline at the head of `raw`; `folded` is the same text folded. The year stays open where unsaid. */
export function readDateline(raw: string, folded: string): ReadDateline | null {
  const head = folded.slice(0, SEARCHED);
  const reporter = readReporterHead(raw, head);
  if (reporter !== null) return reporter;
  const dated = FORM.exec(head);
  const match = dated ?? UNDATED.exec(head);
  if (match === null) return readBracketed(raw, head);
  const outletAt = match[2] === undefined ? -1 : head.indexOf(match[2]);
  let outlet =
    match[2] === undefined || outletAt < 0
      ? null
      : raw
          .slice(outletAt, outletAt + match[2].length)
          .trim()
          .replace(/[·•—/\-、]$/, '');
  let place = '';
  let date: string | null = null;
  if (dated !== null) {
    const written = (dated[3] ?? dated[7] ?? '').trim();
    place = originalOf(raw, head, written).replace(/^据/, '');
    const month = readNumber(dated[5] ?? '');
    const day = readNumber(dated[6] ?? '');
    if (month === null || day === null || month < 1 || month > 12 || day < 1 || day > 31) return null;
    const year = dated[4] === undefined ? null : readNumber(dated[4]);
    date = `${year === null ? '' : `${year}-`}${pad(month)}-${pad(day)}`;
    if (dated[1] === undefined && dated[2] === undefined && place === '') return null;
    if (dated[1] === undefined && dated[2] === undefined && dated[8] === '报道') return null;
  }
  if (outlet !== null && /^(?:据|新闻|报|网|台|社)$/.test(outlet)) outlet = null;
  if (outlet !== null) outlet = outlet.replace(/^[据據]/, '');
  let length = match[0].length;
  const rest = folded.slice(length);
  const people = PEOPLE.exec(rest) ?? OPEN_PEOPLE.exec(rest);
  let authors: readonly string[] = [];
  if (people?.[1] !== undefined) {
    const from = length + people[0].indexOf(people[1]);
    authors = readPeople(raw.slice(from, from + people[1].length), people[1]);
    if (authors.length > 0 || /记者|通讯员/.test(people[1])) length += people[0].length;
  } else {
    const learnt = LEARNT.exec(rest);
    const from = learnt?.[1] === undefined ? 0 : length + learnt[0].length - learnt[1].length;
    if (learnt?.[1] !== undefined) authors = readPeople(raw.slice(from, from + learnt[1].length), learnt[1]);
  }
  return { outlet, own: match[1] !== undefined, dateline: { place, date }, authors, length };
}

const ROLE =
  /(?:首席|特派|特约|实习|见习|全媒体|融媒体?|本报|本网|驻[\u4e00-\u9fff]{2,3})*(?:记者|通讯员|报道员|摄影|文(?=[\s:/])|图(?=[\s:/])|作者|撰稿|评论员|(?:参与)?采写|参与记者|整理|供稿|报道|实习生|记者团)/g;

/** People in a byline such as 记者 张三 李四 通讯员王五. */
export function readPeople(raw: string, folded: string): readonly string[] {
  const names: string[] = [];
  let from = 0;
  for (const match of folded.matchAll(ROLE)) {
    // What is glued to the front of the first role is a house: 江海记者 陆小波.
    if (from > 0 || /[\s、]$/.test(folded.slice(0, match.index))) add(from, match.index);
    from = match.index + match[0].length;
  }
  add(from, folded.length);
  return names.filter((name, at) => names.indexOf(name) === at);

  function add(start: number, end: number): void {
    if (start < end) names.push(...readNames(raw.slice(start, end), folded.slice(start, end), from > 0));
  }
}

// 〔記者王小明/台北報導〕, 【本報綜合報道】, 【明報專訊】: Taiwan and Hong Kong put agency, reporter and place into brackets.
const BRACKETED =
  /^[【[(〔](?:([\u4e00-\u9fffa-z]{0,8}?)(?:特派|特约|实习|驻[\u4e00-\u9fff]{2,4})?记者\s*([\u4e00-\u9fff、\s]{2,20}?)\s*[/／]\s*([\u4e00-\u9fff]{2,6})\s*(?:即时|综合|专题)?(?:报导|报道|电|讯)|([\u4e00-\u9fff]{2,8}?)(?:网|综合|专)?(?:讯|电|报导|报道|消息))\s*[】\])〕]\s*/;

// （江海记者 陆小波）一江连三省: reporters alone before the text.
const SIGNED_FIRST =
  /^[【[(〔]((?:[\u4e00-\u9fff]{0,8}?)(?:首席|特派|特约|实习|见习|全媒体|融媒体?)?(?:记者|通讯员)[\s:][^)】\]〕]{2,40})[】\])〕]\s*/;

// （文/江淮网 段小练）, (江淮网 段小练)
const HOUSE_FIRST = new RegExp(
  `^[(【](?:文\\s?/\\s?)?(${AGENCY})[\\s/]([\\u4e00-\\u9fff]{2,4}(?:[\\s、][\\u4e00-\\u9fff]{2,4}){0,3})[)】]\\s*(?=\\S)`,
);

function readHouseFirst(raw: string, head: string): ReadDateline | null {
  const [whole, house, people] = HOUSE_FIRST.exec(head) ?? [];
  if (whole === undefined || house === undefined || people === undefined) return null;
  const words = people.split(/[\s、]/);
  if (!words.every((word) => isName(word))) return null;
  const from = head.indexOf(people, head.indexOf(house) + house.length);
  return {
    outlet: originalOf(raw, head, house),
    own: false,
    dateline: { place: '', date: null },
    authors: readNames(raw.slice(from, from + people.length), people),
    length: whole.length,
  };
}

function readSignedFirst(raw: string, head: string): ReadDateline | null {
  const match = SIGNED_FIRST.exec(head);
  if (match?.[1] === undefined) return readHouseFirst(raw, head);
  const authors = readPeople(raw.slice(1, 1 + match[1].length), match[1]);
  if (authors.length === 0) return null;
  return {
    outlet: null,
    own: match[1].startsWith('本'),
    dateline: { place: '', date: null },
    authors,
    length: match[0].length,
  };
}

function readBracketed(raw: string, head: string): ReadDateline | null {
  const match = BRACKETED.exec(head);
  if (match === null) return readSignedFirst(raw, head);
  const written = match[1] ?? match[4] ?? '';
  const own = /^本[报网台]/.test(written) || written === '记者';
  const place = match[3] ?? '';
  const people = match[2] ?? '';
  const peopleAt = people === '' ? 0 : head.indexOf(people);
  const outlet = own || written.length < 2 ? null : originalOf(raw, head, written);
  return {
    outlet,
    own,
    dateline: { place: originalOf(raw, head, place), date: null },
    authors: people === '' ? [] : readPeople(raw.slice(peopleAt, peopleAt + people.length), people),
    length: match[0].length,
  };
}

// A phrase in brackets that closes an article signs it where it holds people; an organisation belongs to the text.
const CLOSING = /[([【]([^()[\]【】]{2,60})[)\]】]\s*$/;

export interface ClosingByline {
  readonly authors: readonly string[];
  /** Where the bracket opens. */
  readonly at: number;
}

/** The byline in brackets at the end of `raw`; null where the bracket says something else. */
export function readClosing(raw: string, folded: string): ClosingByline | null {
  const match = CLOSING.exec(folded);
  if (match?.[1] === undefined) return readGluedByline(raw, folded);
  const start = match.index + match[0].indexOf(match[1]);
  const inner = folded.slice(start, start + match[1].length);
  if (/[。,;!?]/.test(inner)) return null;
  const labelled =
    /记者|通讯员|作者|撰稿|评论员|采写|执笔|供稿$|[文图][/、 ]?[图文]|^文[/: ]/.test(inner) &&
    !/:..../.test(inner.replace(/(?:记者|通讯员|作者|撰稿|采写|执笔|员)\s*:/g, ''));
  const words = joinSpread(inner)
    .split(/[\s、/]+/)
    .filter((word) => word !== '');
  const bare = words.length <= 5 && words.every((word) => isName(word));
  if (!labelled && !bare) return null;
  const authors = readPeople(raw.slice(start, start + match[1].length), inner);
  if (authors.length === 0) return null;
  return { authors, at: match.index };
}

// （編輯：陳清芳）1130515: an agency's editor and its day (of the Minguo calendar) close the last paragraph.
const CLOSING_EDITOR = /[([【](?:责任)?编(?:辑|译)\s?[:/]\s?([\u4e00-\u9fff、/ ]{2,24})[)\]】]\s?\d{0,8}$/;

/** Where the editor in brackets at the end of a folded text begins, and the label with its value; null without one. */
export function readClosingEditor(folded: string): { readonly at: number; readonly length: number } | null {
  const match = CLOSING_EDITOR.exec(folded.length > 60 ? folded.slice(-60) : folded);
  return match === null ? null : { at: folded.length - match[0].length, length: match[0].length };
}

// …硬仗。”本报记者 徐小璨: the byline follows the last full stop without a bracket.
const GLUED =
  /(?<=[。!?…][”’」』]?)\s*((?:[\u4e00-\u9fff]{2,8}?)?(?:首席|特派|特约|实习|见习|全媒体|融媒体?)?(?:记者|通讯员|文\/|文:|撰文|作者)[\s:/|]*[\u4e00-\u9fff、\s·]{2,30})$/;

function readGluedByline(raw: string, folded: string): ClosingByline | null {
  const match = GLUED.exec(folded);
  if (match?.[1] === undefined) return null;
  const start = match.index + match[0].length - match[1].length;
  const authors = readPeople(raw.slice(start), folded.slice(start));
  const named = authors.join('').length;
  const rest = match[1].replace(/[\s:/|、]/g, '').length - named;
  return authors.length === 0 || rest > 14 ? null : { authors, at: match.index };
}

function originalOf(raw: string, folded: string, part: string): string {
  const at = part === '' ? -1 : folded.indexOf(part);
  return at < 0 ? '' : raw.slice(at, at + part.length);
}

function pad(number: number): string {
  return number < 10 ? `0${number}` : String(number);
}

/** `dateline` with its year, taken from `day` (YYYY-MM-DD): the year that puts it at most a month after that day. */
export function completeYear(
  dateline: Dateline,
  day: { readonly year: number; readonly month: number; readonly day: number } | null,
): Dateline {
  const { date } = dateline;
  if (date !== null && date.length === 2 && day !== null) {
    // A day alone is the last one of its number up to the day after publication.
    const isLast = Number(date) <= day.day + 1;
    const month = isLast ? day.month : day.month === 1 ? 12 : day.month - 1;
    return {
      place: dateline.place,
      date: `${isLast || day.month > 1 ? day.year : day.year - 1}-${pad(month)}-${date}`,
    };
  }
  if (date === null || date.length > 5 || day === null)
    return date !== null && date.length <= 5 ? { place: dateline.place, date: null } : dateline;
  const month = Number(date.slice(0, 2));
  // A December dateline under a January stamp is of the year before.
  const year = month - day.month > 2 ? day.year - 1 : day.month - month > 10 ? day.year + 1 : day.year;
  return { place: dateline.place, date: `${year}-${date}` };
}
