/** Reads the line that a report opens with (新华社合肥1月30日电, 本报合肥讯, 记者王小明/台北报导): who sends it, from where, when. */
import { NUMERAL, readNumber } from './numerals.ts';
import { houseAt } from './outlets.ts';
import { couldBeName, nameLengths } from './people.ts';
import { type Span, trimSpan } from './span.ts';

export interface Line {
  /** Agency, paper or station; null for 本报 and its like, and where none is named. */
  readonly agency: Span | null;
  /** 本报, 本网, 本台, or a reporter without a house: the publisher itself. */
  readonly own: boolean;
  readonly place: Span | null;
  /** YYYY-MM-DD, MM-DD or DD, as far as it is written; null where undated. */
  readonly date: string | null;
  /** Where the line names its reporters. */
  readonly people: Span | null;
  /** 据…报道, 据…消息: another house's report is cited; 据…电 reprints it. */
  readonly cited: boolean;
  readonly length: number;
}

/** A line ends by its verb at the latest here: the longest has two houses, a place and four reporters before it. */
const LONGEST = 72;
const OPEN = /^[【[(〔]/;
const CLOSE = /^\s?[】\])〕]/;
const MARK = /[。!?;,:…\n【】[\]()〔〕]/;
const VERB = /电讯|电|讯|消息|报道|报导/g;
// 电话, 电影, 讯息: the verb's characters in other words.
const OTHER_WORD = /^(?:[话影视力子商器网动梯池脑缆竞波费信台价饭热机站]|息|问|号|员|团)/;
const DAY = new RegExp(
  `(?:((?:19|20)\\d{2}|二[〇零][〇零一二三四五六七八九]{2})年)?(?:(${NUMERAL}{1,3})\\s?月)?\\s?(${NUMERAL}{1,3})\\s?日(?:\\d{1,2}时)?`,
);
const ROLE = /记者|通讯员/;
const ROLES = /记者|通讯员/g;
/** What stands before 记者. */
const RANKS = ['首席', '特派', '特约', '实习', '见习', '全媒体', '融媒体', '融媒'];
const POSTED = /驻[\u4e00-\u9fff]{2,3}$/;
/** What stands before the verb: 综合报道, 专电, 新华社快讯. */
const KINDS =
  '综合 专题 体育专 新媒体专 体育 特稿 微特稿 分析 调查 图表 视频 即时 连线 现场 摄影 独家 联合 整理 专 急 特 快 外 简 短'.split(
    ' ',
  );
const PLACE = /^[\u4e00-\u9fff·/、 “”"\d]{2,14}$/;
const PLAIN_PLACE = /^[\u4e00-\u9fff·/、 ]{2,8}$/;
/** Without a day beside it, what is longer is more than the name of a place. */
const LONGEST_UNDATED_PLACE = 5;
const NO_PLACE = /[的了在从将是说称据]|今天|昨天|今日|昨日|日前|近日|最新|独家|官方|可靠|内部|本[报网台刊社]/;
// 快讯, 资讯, 喜讯: 讯 in words of its own.
const WORD_IN_XUN = /[快简短喜资通电音视腾科商捷急专新速]$/;

/** The line at the very beginning of folded `head`; null where it begins otherwise. */
export function readLine(head: string): Line | null {
  const lead = (/^\s{0,8}/.exec(head)?.[0] ?? '').length;
  const opened = OPEN.test(head.slice(lead, lead + 1));
  const cited = head.startsWith('据', opened ? lead + 1 : lead);
  const from = lead + (opened ? 1 : 0) + (cited ? 1 : 0);
  const reach = head.slice(from, from + LONGEST);
  const stop = MARK.exec(reach)?.index ?? reach.length;
  for (const verb of reach.slice(0, stop).matchAll(VERB)) {
    const parts = readParts(head.slice(from, from + verb.index));
    if (parts === null) continue;
    const end = from + verb.index + verb[0].length;
    const closed = opened ? (CLOSE.exec(head.slice(end, end + 2))?.[0].length ?? 0) : 0;
    if (!isLine(parts, { verb: verb[0], opened, closed: closed > 0, cited, rest: head.slice(end, end + 4) })) continue;
    const { house, day, place, people } = parts;
    const shift = (span: Span | null): Span | null => span && [span[0] + from, span[1] + from];
    return {
      agency: shift(house),
      own: parts.own || (people !== null && house === null),
      place: shift(place),
      date: day,
      people: shift(people),
      cited: cited && !verb[0].startsWith('电'),
      length: end + closed,
    };
  }
  return null;
}

interface Around {
  readonly verb: string;
  readonly opened: boolean;
  readonly closed: boolean;
  readonly cited: boolean;
  /** What follows the verb. */
  readonly rest: string;
}

/** Whether what was found before a verb makes a line, by what follows it. */
function isLine(parts: Parts, { verb, opened, closed, cited, rest }: Around): boolean {
  const { house, own, role, day, place } = parts;
  const signed = house !== null || own;
  // What is signed and dated ends with its verb, whatever character follows: 1月30日电台风“…”.
  if (OTHER_WORD.test(rest) && verb !== '报道' && !(signed && day !== null)) return false;
  const ends = closed || /^(?:[\s:([【]|记者|本报|$)/.test(rest);
  if (day !== null) {
    if (day.length === 2 && !closed && !role) return false;
    if (signed || role) return ends || !/^[。!?;]/.test(rest);
    return place !== null && verb !== '报道' && verb !== '报导' && (ends || rest.startsWith(','));
  }
  if (role) return (opened ? closed : ends || rest.startsWith(',')) && (signed || parts.people !== null);
  if (verb === '电') return closed && house !== null;
  if (signed) {
    if (ends) return rest !== '' || verb !== '报道';
    return (verb === '讯' && parts.place === null) || (cited && verb === '消息' && rest.startsWith(','));
  }
  // (合肥讯), and 合肥讯(记者 …).
  return place !== null && verb === '讯' && (closed || /^\s?\((?:记|通)/.test(rest));
}

interface Parts {
  readonly house: Span | null;
  readonly own: boolean;
  /** 记者 or 通讯员 stands in it. */
  readonly role: boolean;
  readonly people: Span | null;
  readonly day: string | null;
  readonly place: Span | null;
}

/** What `text`, all that stands before the verb, is made of; null where any of it is something else. */
function readParts(text: string): Parts | null {
  const day = DAY.exec(text);
  if (day === null) {
    const parts = readSender(text.slice(0, withoutKinds(text)), false);
    if (parts === null || parts.place === null) return parts;
    const place = text.slice(...parts.place);
    return place.length > LONGEST_UNDATED_PLACE || NO_PLACE.test(place) || WORD_IN_XUN.test(place) ? null : parts;
  }
  const date = dateOf(day);
  if (date === null) return null;
  const behind = day.index + day[0].length;
  const place = trimSpan(text, behind, withoutKinds(text));
  const sender = readSender(text.slice(0, day.index), place !== null);
  if (sender === null) return null;
  if (place === null) return { ...sender, day: date };
  if (sender.place !== null || !PLAIN_PLACE.test(text.slice(...place))) return null;
  return { ...sender, day: date, place };
}

/** House, reporters and place before a day or verb; `placed` where the place stands behind the day. */
function readSender(text: string, placed: boolean): Parts | null {
  const role = ROLE.exec(text);
  const until = role === null ? text.length : withoutRanks(text, role.index);
  const { house, own, end } = houseAt(text.slice(0, until));
  const signed = house !== null || own;
  const rest = trimSpan(text, end, until);
  const none = { house, own, role: role !== null, people: null, day: null, place: null };
  if (rest !== null) {
    const place = text.slice(...rest);
    if (signed ? !PLACE.test(place) : !PLAIN_PLACE.test(place) || NO_PLACE.test(place)) return null;
  }
  if (role === null) return { ...none, place: rest };
  // A house ends right before 记者.
  const named = rest === null ? readReporters(text, role.index + role[0].length, placed) : null;
  return named === null ? null : { ...none, ...named };
}

interface Reporters {
  readonly people: Span | null;
  readonly place: Span | null;
}

/** Reporters from `from` to the end of `text`, and the place behind them: 王小明台北, 王小明/台北, 吴慧珺. */
function readReporters(text: string, from: number, isPlaced: boolean): Reporters | null {
  const slash = text.indexOf('/', from);
  const placed = isPlaced || slash >= 0;
  const until = slash < 0 ? text.length : slash;
  const given = slash < 0 ? null : trimSpan(text, slash + 1, text.length);
  if (given !== null && !PLAIN_PLACE.test(text.slice(...given))) return null;
  const people = trimSpan(text, from, until);
  if (people === null) return { people: null, place: given };
  const [start, end] = people;
  const named = text.slice(start, end).replace(ROLES, (role) => ' '.repeat(role.length));
  if (named.length > 36 || /[^\u4e00-\u9fff、·• ]/.test(named)) return null;
  const last = Math.max(named.lastIndexOf('、'), named.lastIndexOf(' ')) + 1;
  const word = named.slice(last);
  for (const length of nameLengths(word)) {
    const behind = word.length - length;
    if (behind === 0) return { people, place: given };
    if (!placed && behind >= 2) return { people: [start, start + last + length], place: [end - behind, end] };
  }
  // Where the place stands elsewhere, a word that is no usual name is still one; else it is the place: 记者 张三 合肥.
  if (placed) return couldBeName(word) ? { people, place: given } : null;
  if (!PLAIN_PLACE.test(word) || NO_PLACE.test(word) || word.length > 4) return null;
  return { people: trimSpan(text, start, start + last), place: [start + last, end] };
}

/** Where `text` ends without 综合, 专, 即时 … */
function withoutKinds(text: string): number {
  let end = text.trimEnd().length;
  for (let at = 0; at < 3; at++) {
    const kind = KINDS.find((one) => text.endsWith(one, end));
    if (kind === undefined) break;
    end -= kind.length;
  }
  return end;
}

/** Where `text` before a role at `at` ends without 首席, 特派, 驻上海 … */
export function withoutRanks(text: string, at: number): number {
  let end = at;
  for (let rounds = 0; rounds < 4; rounds++) {
    const rank = RANKS.find((one) => text.endsWith(one, end));
    const posted = rank === undefined ? POSTED.exec(text.slice(Math.max(0, end - 4), end))?.[0] : rank;
    if (posted === undefined) break;
    end -= posted.length;
  }
  return end;
}

function dateOf([, year, month, day]: RegExpExecArray): string | null {
  const [y, m, d] = [year, month, day].map((part) => (part === undefined ? null : readNumber(part)));
  if (d === null || d === undefined || d < 1 || d > 31 || (m === null && month !== undefined)) return null;
  if (m === null || m === undefined) return year === undefined ? pad(d) : null;
  if (m < 1 || m > 12) return null;
  return `${y === null || y === undefined ? '' : `${y}-`}${pad(m)}-${pad(d)}`;
}

export function pad(number: number): string {
  return number < 10 ? `0${number}` : String(number);
}
