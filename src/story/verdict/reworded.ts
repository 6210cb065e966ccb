/** Reads one headline as another in other words: words of one meaning, left out, put in, or its clauses exchanged. */
import { T } from './thresholds.ts';
import { isQuestion, isTurn } from './turns.ts';

/** Words around the news that say how it is shown or when: two headlines differ in them freely. */
const AROUND =
  /(?:现场)?(?:视频|画面)(?:发布|曝光|流出)?|现场|高清组图|组图|图集|直击|最新消息|最新|刚刚|突发|快讯|重磅|详情|今日|今天|昨日|昨天|近日|日前|正式|已经|已|了|的/g;

export interface Rewording {
  /** What the longer has more; empty where the clauses are the same in another order. */
  readonly added: string;
}

/**
 * `a` and `b` are plain settled headlines. Null where they cannot be read as one: each has words that the other lacks, or what
 * one has more turns it.
 */
export function readAsOne(a: string, b: string): Rewording | null {
  const [one, other] = [a.replace(AROUND, ''), b.replace(AROUND, '')];
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (short.length === 0 || short.length < long.length * T.share.part) return null;
  if (numbersIn(short) !== numbersIn(long) && !isYearMore(short, long)) return null;
  const pieces = insertedPieces(short, long, T.title.pieces) ?? leftOver(short, long);
  if (pieces === null || pieces.length > T.title.pieces) return null;
  const added = pieces.join('');
  // Whole clauses at either end: more of them may be added than words within.
  const atEnd = long.startsWith(short) || long.endsWith(short);
  if (long.startsWith(short) && isQuestion(added)) return { added };
  if (pieces.some(isTurn)) return null;
  return added.length <= short.length * (atEnd ? T.share.much : T.share.half) ? { added } : null;
}

function numbersIn(title: string): string {
  return (title.match(/\d+(?:\.\d+)*|[a-z]+/g) ?? []).sort().join(' ');
}

function isYearMore(short: string, long: string): boolean {
  return numbersIn(short) === numbersIn(long.replace(/(?:19|20)\d\d年?/, ''));
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
