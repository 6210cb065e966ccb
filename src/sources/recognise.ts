/** Recognises items that come again: by their ids, by title and date where ids change, and new articles under old ids. */
import type { RawItem } from '../model/feed.ts';
import { steadyText } from '../text/steady.ts';
import { HOUR_MS, isDateOnly, MINUTE_MS } from '../text/time.ts';
import { N } from './numbers.ts';

/** What an item, or what is known of one that was seen, is recognised by. */
export interface Known {
  readonly id: string;
  /** Stands for its title; equal titles have equal ones. */
  readonly title: string;
  readonly at: number | null;
}

/** Dates of one item, given twice: the same, or one of them unsaid. */
const isSameDay = (a: number | null, b: number | null): boolean =>
  a === null || b === null || Math.abs(a - b) < N.again.dayHours * HOUR_MS;

/**
 * Which items of a document are others under a new id: id of the item → id under which it was seen. `items` are those
 * whose id was never seen; `seen` what of the source is known and stands under no id of the document. One to one.
 */
export function matchByTitle(items: readonly Known[], seen: readonly Known[]): Map<string, string> {
  const byTitle = new Map<string, Known[]>();
  for (const one of seen) {
    const alike = byTitle.get(one.title);
    if (alike === undefined) byTitle.set(one.title, [one]);
    else alike.push(one);
  }
  const matched = new Map<string, string>();
  for (const item of items) {
    const candidates = byTitle.get(item.title) ?? [];
    const nearest = nearestTo(item, candidates);
    if (nearest === null) continue;
    const [found] = candidates.splice(nearest, 1);
    if (found !== undefined) matched.set(item.id, found.id);
  }
  return matched;
}

/** Place of the candidate that is nearest in time, within a day. One pass, without a list: thousands may bear one title. */
function nearestTo(item: Known, candidates: readonly Known[]): number | null {
  let nearest: number | null = null;
  let least = Infinity;
  for (let i = 0; i < candidates.length && least > 0; i++) {
    const one = candidates[i] as Known;
    const distance = apart(one, item);
    if (distance >= least || !isSameDay(one.at, item.at)) continue;
    nearest = i;
    least = distance;
  }
  return nearest;
}

/** Milliseconds between their dates; as far as two of one day can be where one is unsaid. */
const apart = (a: Known, b: Known): number =>
  a.at === null || b.at === null ? N.again.dayHours * HOUR_MS : Math.abs(a.at - b.at);

/** Whether hardly an item of a document stands under an id that is known. */
export const isHardlyKnown = (items: number, unseen: number): boolean => unseen >= items * N.again.nearlyAll;

/** Whether a document names its items otherwise than the last one: hardly an id is known, but most of the titles. */
export function isRenamed(items: number, unseen: number, matched: number): boolean {
  return items >= N.again.leastItems && isHardlyKnown(items, unseen) && matched >= unseen * N.again.titles;
}

/**
 * Whether an item under a new id is surely what was seen under its title, also where its document is too small to show
 * a pattern: it says the same, or bears the same time of day and nothing against it. `before.text`: empty where it is
 * not known any more.
 */
export function isSurelySame(before: Article, now: Article): boolean {
  const [text, said] = [steadyText(before.text), steadyText(now.text)];
  const shorter = Math.min(text.length, said.length);
  if (shorter >= N.again.tellingText && (text.includes(said) || said.includes(text))) return true;
  if (before.at === null || before.at !== now.at || isDateOnly(before.at)) return false;
  return shorter === 0 || likeness(text, said) >= N.again.likeTexts;
}

/** What of an article tells whether another one is it. */
export interface Article {
  readonly title: string;
  /** Plain. */
  readonly text: string;
  readonly at: number | null;
}

/**
 * Whether what now stands under an id is another article than what stood there: both title and text say something
 * else, and so does the date. Where title and text differ in their numbers alone, it is the next issue of a bulletin,
 * if it is of another day.
 */
export function isOtherArticle(before: Article, now: Article): boolean {
  const dated = before.at !== null && now.at !== null;
  if (dated && Math.abs((before.at ?? 0) - (now.at ?? 0)) < N.again.correctedMinutes * MINUTE_MS) return false;
  const [titles, numbers] = [
    likeness(before.title, now.title),
    withoutNumbers(before.title) === withoutNumbers(now.title),
  ];
  if (numbers && before.title !== now.title) return dated && !isSameDay(before.at, now.at);
  return titles < N.again.likeTitles && likeness(before.text, now.text) < N.again.likeTexts;
}

const withoutNumbers = (text: string): string => text.replaceAll(/[\d〇一二三四五六七八九十百]+/g, '0');

/** Share of the shorter text's pairs of characters that the other one has too; 0 where one says nothing. */
function likeness(a: string, b: string): number {
  const [first, second] = [pairsOf(a), pairsOf(b)];
  const [small, large] = first.size < second.size ? [first, second] : [second, first];
  if (small.size === 0) return a === b ? 1 : 0;
  let shared = 0;
  for (const pair of small) if (large.has(pair)) shared++;
  return shared / small.size;
}

const MOST_COMPARED = 2000;

function pairsOf(text: string): Set<string> {
  const steady = steadyText(text).slice(0, MOST_COMPARED);
  const pairs = new Set<string>();
  for (let i = 0; i + 1 < steady.length; i++) pairs.add(steady.slice(i, i + 2));
  return pairs;
}

/**
 * Whether dates are those of the document's making: nearly all known items (`moved`) have been given later ones, of just
 * now, or, where hardly any is known, all items (`stamps`) bear one moment of just now. Null: nothing tells.
 */
export function areOfMaking(
  moved: readonly { readonly before: number; readonly now: number }[],
  stamps: readonly number[],
  now: number,
): boolean | null {
  if (moved.length >= N.again.leastItems) {
    const later = moved.filter(
      (date) =>
        date.now - date.before > N.again.correctedMinutes * MINUTE_MS &&
        Math.abs(now - date.now) < N.again.makingHours * HOUR_MS,
    );
    return later.length >= moved.length * N.again.nearlyAll;
  }
  if (stamps.length < N.again.leastItems) return null;
  const [first, last] = [Math.min(...stamps), Math.max(...stamps)];
  return last - first <= MINUTE_MS && Math.abs(now - last) < N.again.correctedMinutes * MINUTE_MS ? true : null;
}

/** Whether the last item of a document that breaks off is a fragment: it lacks what all the others have. */
export function isFragment(items: readonly RawItem[]): boolean {
  const [last, others] = [items.at(-1), items.slice(0, -1)];
  if (last === undefined || others.length === 0) return false;
  const fields: readonly ((item: RawItem) => string | null)[] = [
    (item) => item.guid,
    (item) => item.link,
    (item) => item.title,
    (item) => item.content ?? item.summary,
  ];
  return fields.some((field) => !field(last) && others.every((other) => field(other)));
}
