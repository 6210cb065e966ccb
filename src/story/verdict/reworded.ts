/** Reads one headline as another in other words: words of one meaning, left out, put in, clauses exchanged, added or cut. */
import { isContrary, isQuestion, isTurn } from './turns.ts';
import { isName } from '../../zh/people.ts';
import { T } from './thresholds.ts';

/** A plain settled headline and where its clauses end, ascending; the last is its length. */
export interface Headline {
  readonly title: string;
  readonly clauses: readonly number[];
}

/** Words around the news that say how it is shown, when or how well: two headlines differ in them freely. */
const AROUND =
  /(?:现场)?(?:视频|画面)(?:发布|曝光|流出)?|现场|高清组图|组图|图集|直击|最新消息|最新|刚刚|突发|快讯|重磅|详情|好消息|第\d{1,2}届(?=(?:中国|[\u4e00-\u9fff]{1,4}[省市])?(?:政协|人大))|今日|今天|昨日|昨天|近日|日前|今年|目前|当前|据悉|正式|顺利|圆满|成功|所幸|幸好|不幸|发生|著名|知名|同志|国家工作人员|事件|1事|宣布|公开|联合|集体|工程|天气|同比|1审(?=被判)|享年\d{2,3}岁|位居|位列|首次|首个|首(?=[超破])|^中国(?=首)|(?<=\d比\d.{2,10})队(?![伍员长])|已经|已|了|的|于|在|1(?=[名位架只家个项座条所种艘辆头棵幅起则台])|(?<![\d.第])1(?=[\u4e00-\u9fff])(?![月日年时点分秒人死伤元万亿号级周期届次线比倍岁米里斤吨审批等流])/g;
/** With one of these the news is still to come, and a word for that says nothing more. */
const TO_COME = /年底|年内|月底|月内|明年|后年|明日|后天|下周|下月|下半年|元旦|将|\d[月日]/;
const WILL = /将(?!军)/g;
/** X就Y回应 is 回应 of Y. */
const ON = /(?:就|对|针对)([\u4e00-\u9fff\d]{2,20}?)回应/;

const SCORED = /\d比\d/;
/** 任命X为Y is X任Y. */
const APPOINTED = /任命([\u4e00-\u9fff]{2,4}?)为/;
/** What two do with each other: 甲与乙通话 is 乙与甲通话. */
const MUTUAL = /^([\u4e00-\u9fff]{2,6})[与和同]([\u4e00-\u9fff]{2,6}?)(?=通话|会见|签署|达成|结婚|离婚|分手)/;

/** A plain settled headline without the words that one may have and another not. */
export const withoutAround = (title: string): string => title.replace(AROUND, '');

/** What is not so before one word may be so before another. */
const NOT = /[不未没无非否]/;

/** False where each has words that the other lacks, or what one has more turns it. */
export function readAsOne(a: Headline, b: Headline): boolean {
  const toCome = TO_COME.test(a.title) && TO_COME.test(b.title);
  const [one, other] = [clausesOf(a, toCome), clausesOf(b, toCome)];
  const [told, retold] = withoutProvince(one.join(''), other.join(''));
  if (isReworded(told, retold) || isReworded(told.replace(MUTUAL, inOrder), retold.replace(MUTUAL, inOrder)))
    return true;
  return one.length > other.length ? isCut(one, other) : isCut(other, one);
}

function clausesOf({ title, clauses }: Headline, toCome: boolean): readonly string[] {
  const ends = clauses.length === 0 ? [title.length] : clauses;
  return ends
    .map((end, i) => {
      const clause = title
        .slice(ends[i - 1] ?? 0, end)
        .replace(ON, '回应$1')
        .replace(APPOINTED, '$1任');
      return withoutAround(toCome ? clause.replace(WILL, '') : clause);
    })
    .filter((clause) => clause !== '');
}

/** 4川: numerals are digits here. */
const PROVINCE =
  /^(?:河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|4川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆)/;

/** 4川凉山… and 凉山…: one without the province where the other begins with what stands behind it. */
function withoutProvince(one: string, other: string): readonly [string, string] {
  const bare = (title: string, beside: string): string => {
    const rest = title.replace(PROVINCE, '');
    return beside.startsWith(rest.slice(0, 2)) ? rest : title;
  };
  return [bare(one, other), bare(other, one)];
}

const inOrder = (_: string, one: string, other: string): string => [one, other].sort().join('与');

function isReworded(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (short.length === 0 || short.length < long.length * T.share.part) return false;
  if (numbersIn(short) !== numbersIn(long) && !isYearMore(short, long) && !isYearMore(long, short)) return false;
  if (isMoved(short, long)) return true;
  const pieces = insertedPieces(short, long, T.title.pieces) ?? leftOver(short, long);
  if (pieces === null || pieces.length > T.title.pieces) return false;
  const added = pieces.join('');
  // Whole clauses at either end: more of them may be added than words within.
  const atEnd = long.startsWith(short) || long.endsWith(short);
  if (long.startsWith(short) && isQuestion(added)) return true;
  if (pieces.some(isTurn)) return false;
  // Of a match, who else plays is another one.
  if (SCORED.test(long) && pieces.some(isName)) return false;
  return added.length <= short.length * (atEnd ? T.share.much : T.share.half);
}

function numbersIn(title: string): string {
  return (title.match(/\d+(?:\.\d+)*|[a-z]+/g) ?? []).sort().join(' ');
}

function isYearMore(short: string, long: string): boolean {
  return numbersIn(short) === numbersIn(long.replace(/(?:19|20)\d\d年?/, ''));
}

/** Whether `other` is `one` with a part of it before instead of behind its neighbour: 在上海一货机 for 一货机在上海. */
function isMoved(one: string, other: string): boolean {
  if (one.length !== other.length) return false;
  let [head, tail] = [0, 0];
  while (head < one.length && one[head] === other[head]) head++;
  while (tail < one.length - head && one.at(-1 - tail) === other.at(-1 - tail)) tail++;
  // The two parts may begin or end alike.
  for (const from of [head, head - 1])
    for (const to of [one.length - tail, one.length - tail + 1]) {
      const [part, turned] = [one.slice(Math.max(0, from), to), other.slice(Math.max(0, from), to)];
      const at = (part + part).indexOf(turned);
      if (at < 2 || part.length - at < 2) continue;
      const moved = at <= part.length / 2 ? part.slice(0, at) : part.slice(at);
      return !NOT.test(moved);
    }
  return false;
}

/** Whether `few` is `many` without one or two whole clauses that add to the news and do not turn it. */
function isCut(many: readonly string[], few: readonly string[]): boolean {
  if (many.length < 2) return false;
  const kept = few.join('');
  const without = (left: readonly number[]): boolean => {
    const rest = many.filter((_, i) => !left.includes(i)).join('');
    const most = rest.length / T.share.part - rest.length;
    const cut = left.map((i) => many[i] ?? '');
    if (rest.length < T.title.telling || cut.join('').length > most || cut.some((clause) => isContrary(clause, kept)))
      return false;
    // What is left may hold more words than the other, and the other none of its own: 江苏：… is not 浙江：….
    return kept.length <= rest.length && isReworded(rest, kept);
  };
  return many.some((_, i) => without([i]) || many.slice(i + 1).some((__, k) => without([i, i + 1 + k])));
}

/** The fewest pieces, up to `most`, that `long` has more where it holds all of `short` in its order; null where it does not. */
function insertedPieces(short: string, long: string, most: number): readonly string[] | null {
  // To open a piece as late as can be costs no piece more.
  let head = 0;
  while (head < short.length && short[head] === long[head]) head++;
  if (head === short.length) return head === long.length ? [] : most === 0 ? null : [long.slice(head)];
  if (most === 0) return null;
  let best: readonly string[] | null = null;
  for (let at = long.indexOf(short.charAt(head), head + 1); at >= 0; at = long.indexOf(short.charAt(head), at + 1)) {
    const left: number = best === null ? most - 1 : best.length - 2;
    const rest: readonly string[] | null = left < 0 ? null : insertedPieces(short.slice(head), long.slice(at), left);
    if (rest !== null) best = [long.slice(head, at), ...rest];
  }
  return best;
}

/** What is left of `long` without the clauses that `short` has in another order; null where something is left of `short`. */
function leftOver(short: string, long: string): readonly string[] | null {
  let [rest, pieces] = [short, [long]];
  while (rest !== '') {
    const clause = longestCommon(rest, pieces);
    // Short words in another order may exchange who does it to whom.
    if (clause.length < T.title.clause) return null;
    rest = rest.replace(clause, '');
    pieces = pieces.flatMap((piece) => {
      const at = piece.indexOf(clause);
      return at < 0 ? [piece] : [piece.slice(0, at), piece.slice(at + clause.length)];
    });
    pieces = pieces.filter((piece) => piece !== '');
  }
  return pieces;
}

function longestCommon(text: string, pieces: readonly string[]): string {
  for (let length = text.length; length >= T.title.clause; length--)
    for (let at = 0; at + length <= text.length; at++) {
      const part = text.slice(at, at + length);
      if (pieces.some((piece) => piece.includes(part))) return part;
    }
  return '';
}
