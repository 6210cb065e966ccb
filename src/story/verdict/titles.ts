/** Turns two headlines into how they relate: equal, one with something inserted, one template, alike, different. */
import { isName } from '../../zh/people.ts';
import { withoutGeneric } from '../keys/generic.ts';
import { T } from './thresholds.ts';

type Relation =
  /** One of them is missing. */
  | 'none'
  | 'equal'
  /** The longer is the shorter with at most three pieces inserted. */
  | 'inserted'
  /** The same words around other numbers: two issues of a bulletin. */
  | 'issue'
  /** The same words around another name or verb. */
  | 'template'
  | 'similar'
  | 'different';

export interface TitleMatch {
  readonly relation: Relation;
  /** 0–1: pairs of neighbouring characters in common (Dice 1945). */
  readonly likeness: number;
  /** Each has a number that the other lacks. */
  readonly numbersDiffer: boolean;
  /** What the longer one adds, where `inserted`. */
  readonly added: string;
}

/** `a` and `b` are plain headlines with settled words: letters, characters and digits only. */
export function compareTitles(a: string, b: string): TitleMatch {
  if (a === '' || b === '') return { relation: 'none', likeness: 0, numbersDiffer: false, added: '' };
  if (a === b) return { relation: 'equal', likeness: 1, numbersDiffer: false, added: '' };
  const likeness = dice(a, b);
  const numbersDiffer = differ(numbersOf(a), numbersOf(b));
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  const added = insertion(short, long);
  const relation =
    mask(a) === mask(b)
      ? 'issue'
      : added !== null
        ? 'inserted'
        : isFilledIn(short, long)
          ? 'template'
          : likeness >= T.share.half
            ? 'similar'
            : 'different';
  return { relation, likeness, numbersDiffer, added: added ?? '' };
}

/** Units that say something: without digits, greetings, names of days and the words of notices. `bare`: as of `withoutGeneric`. */
export function countInformative(title: string, bare = withoutGeneric(title)): number {
  const rest = bare.replace(/[ \d.%]+/g, '');
  const letters = rest.match(/[a-z]/g)?.length ?? 0;
  return rest.length - letters + Math.ceil(letters / 3);
}

/** Figures that say how many, or which of many: 2比0, 5.2级, 9号线; no days, issues or parts of names (Switch2). */
const FIGURE = /(?<![\d.])\d{1,9}(?:\.\d{1,4})?(?=比\d|[万亿%级人名死伤例起家个吨架艘辆元米]|公里|号[线楼院馆机飞卫])/g;

/** As `countInformative`, whose count is `informative`; with figures, each of which tells as much as a word. */
export function countTelling(title: string, informative = countInformative(title)): number {
  return informative + T.title.figure * (title.match(FIGURE)?.length ?? 0);
}

// Single letters count too: B星, 4a级, g60.
const NUMBER = /[a-z]?\d+(?:\.\d+)*[a-z]?(?![a-z])|(?<![a-z])[a-z](?![a-z])/g;

function numbersOf(title: string): string[] {
  return title.match(NUMBER) ?? [];
}

function differ(a: readonly string[], b: readonly string[]): boolean {
  return a.some((number) => !b.includes(number)) && b.some((number) => !a.includes(number));
}

/** Numbers that are names, with what they number: 6号线, 第3批, 12号楼, 105国道. */
const NAMED =
  /(?<!\d)(\d{1,6})(号线|号楼|号院|号馆|号机|号文|号令|号|路|国道|省道|批|届|标段|轮|栋|幢|期|师|团|中|小|组|站|区|年级|单元)(?![0-9])/g;

/** Whether both name things by number, of one kind, and not one of the numbers is the same: 6号线 and 9号线. */
export function namesDifferByNumber(a: string, b: string): boolean {
  const named = (title: string) => [...title.matchAll(NAMED)].map(([, number, kind]) => ({ number, kind }));
  const others = named(b);
  return named(a).some(({ number, kind }) => {
    const alike = others.filter((other) => other.kind === kind);
    return alike.length > 0 && alike.every((other) => other.number !== number);
  });
}

/**
 * Whether the headlines are the same around the names of two people. Many a word of two characters begins like a name, so
 * that one of three must be among them; `listed`: where the headlines are notices, which name people, two are enough.
 */
export function namesDifferByPerson(a: string, b: string, listed: boolean): boolean {
  let head = 0;
  while (head < a.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < Math.min(a.length, b.length) - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++;
  // 王军 and 王建军 share a beginning and an end that are of the names.
  for (const before of [0, 1])
    for (const after of [0, 1]) {
      const nameIn = (title: string) => title.slice(Math.max(0, head - before), title.length - tail + after);
      const [one, other] = [nameIn(a), nameIn(b)];
      if (Math.max(one.length, other.length) < (listed ? 2 : 3)) continue;
      if (one !== other && isName(one) && isName(other)) return true;
    }
  return false;
}

/** Numbers and days of the week blanked. */
function mask(title: string): string {
  return title.replace(NUMBER, '0').replace(/(?:星期|周)[0日天末]/g, '周0');
}

/** What `long` adds to `short`; null where it is not `short` with few pieces inserted. */
function insertion(short: string, long: string): string | null {
  if (short.length < long.length * T.share.part) return null;
  const inside = long.indexOf(short);
  if (inside >= 0) return long.slice(0, inside) + long.slice(inside + short.length);
  let at = 0;
  let pieces = 0;
  let added = '';
  for (let i = 0; i < short.length; i++) {
    // The longest stretch that still fits decides where a piece begins and ends.
    if (long[at] === short[i]) {
      at++;
      continue;
    }
    const rest = short.slice(i, i + 2);
    const next = long.indexOf(rest, at + 1);
    if (next < 0 || ++pieces > T.title.pieces) return null;
    added += long.slice(at, next);
    at = next + 1;
  }
  return added + long.slice(at);
}

/** The same words around two fillings, or behind two beginnings: notices and bulletins name their town first. */
function isFilledIn(short: string, long: string): boolean {
  let head = 0;
  while (head < short.length && short[head] === long[head]) head++;
  let tail = 0;
  while (tail < short.length - head && short.at(-1 - tail) === long.at(-1 - tail)) tail++;
  if (head + tail < long.length * T.share.half || head + tail === short.length) return false;
  if (head > 1 && tail > 1) return true;
  const filling = new Set(short.slice(head, short.length - tail));
  return tail >= T.title.tail && !Array.from(long.slice(head, long.length - tail)).some((unit) => filling.has(unit));
}

/** Pairs of neighbouring units of the two headlines that are compared, each as a number. */
const pairs = [new Uint32Array(256), new Uint32Array(256)] as [Uint32Array, Uint32Array];

/** The pairs of a headline in ascending order; they stand until the next headline is read in the same place. */
function pairsOf(title: string, place: 0 | 1): Uint32Array {
  const count = Math.max(0, title.length - 1);
  if (pairs[place].length < count) pairs[place] = new Uint32Array(2 * count);
  const found = pairs[place].subarray(0, count);
  for (let i = 0; i < count; i++) found[i] = (title.charCodeAt(i) << 16) | title.charCodeAt(i + 1);
  return found.sort();
}

function dice(a: string, b: string): number {
  const [ofA, ofB] = [pairsOf(a, 0), pairsOf(b, 1)];
  let common = 0;
  for (let i = 0, k = 0; i < ofA.length && k < ofB.length;) {
    const [one, other] = [ofA[i] as number, ofB[k] as number];
    if (one === other) common++;
    if (one <= other) i++;
    if (other <= one) k++;
  }
  return (2 * common) / Math.max(1, a.length + b.length - 2);
}
