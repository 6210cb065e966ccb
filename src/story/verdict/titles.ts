/** Turns two headlines into how they relate: equal, one with something inserted, one template, alike, different. */
import { GENERIC } from '../keys/generic.ts';
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

/** Words that headlines of one story exchange freely. */
const SYNONYMS: readonly (readonly [RegExp, string])[] = [
  [/召开|举办|开幕|启幕/g, '举行'],
  [/公布|印发|出台|通报/g, '发布'],
  [/我国|全国/g, '中国'],
  [/今天|今起/g, '今日'],
  [/在京/g, '在北京'],
];

/** A folded headline in which words of one meaning are one. */
export function settleWords(title: string): string {
  return SYNONYMS.reduce((text, [words, word]) => text.replace(words, word), title);
}

/** Units that say something: without digits, greetings, names of days and the words of notices. */
export function countInformative(title: string): number {
  const rest = title.replace(GENERIC, '').replace(/[\d.%]+/g, '');
  const letters = rest.match(/[a-z]/g)?.length ?? 0;
  return rest.length - letters + Math.ceil(letters / 3);
}

// Single letters count too: B星, 4a级, g60.
const NUMBER = /[a-z]?\d+(?:\.\d+)*[a-z]?(?![a-z])|(?<![a-z])[a-z](?![a-z])/g;

function numbersOf(title: string): string[] {
  return title.match(NUMBER) ?? [];
}

function differ(a: readonly string[], b: readonly string[]): boolean {
  return a.some((number) => !b.includes(number)) && b.some((number) => !a.includes(number));
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

function dice(a: string, b: string): number {
  const pairs = new Map<string, number>();
  for (let i = 0; i + 1 < a.length; i++) {
    const pair = a.slice(i, i + 2);
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  let common = 0;
  for (let i = 0; i + 1 < b.length; i++) {
    const pair = b.slice(i, i + 2);
    const left = pairs.get(pair) ?? 0;
    if (left === 0) continue;
    pairs.set(pair, left - 1);
    common++;
  }
  return (2 * common) / Math.max(1, a.length + b.length - 2);
}
