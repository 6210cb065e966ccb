/** Recognises items that come again: by their ids, by title and date where ids change, and new articles under old ids. */
import { HOUR_MS, MINUTE_MS } from '../text/time.ts';
import { steadyText } from '../text/steady.ts';

const R = {
  /** Fewer items of a document are no pattern. */
  leastItems: 3,
  /** Share of a document's items that is nearly all: an advertisement may keep its id among items that do not. */
  renamedShare: 0.8,
  /** Dates of one item that a publisher rounds, or writes in two zones, are nearer than this; daily columns are not. */
  sameDateHours: 12,
  /** A date that moves less was corrected. */
  sameDateMinutes: 5,
  /** A document made longer ago came from a cache, or its dates are not those of its making. */
  makingHours: 1,
  /** Shares of pairs of characters. Corrected headlines keep most of theirs, two of one outlet share a place and 的. */
  likeTitles: 0.4,
  likeTexts: 0.5,
} as const;

/** What an item, or what is known of one that was seen, is recognised by. */
export interface Known {
  readonly id: string;
  /** Stands for its title; equal titles have equal ones. */
  readonly title: string;
  readonly at: number | null;
}

/** Dates of one item, given twice: the same, or one of them unsaid. */
const isSameDay = (a: number | null, b: number | null): boolean =>
  a === null || b === null || Math.abs(a - b) < R.sameDateHours * HOUR_MS;

/**
 * Which items of a document are others under a new id: id of the item → id under which it was seen. `items` are those
 * whose id was never seen; `seen` what of the source is known and stands under no id of the document. One to one.
 */
export function matchByTitle(items: readonly Known[], seen: readonly Known[]): Map<string, string> {
  const byTitle = new Map<string, Known[]>();
  for (const one of seen) byTitle.set(one.title, [...(byTitle.get(one.title) ?? []), one]);
  const matched = new Map<string, string>();
  for (const item of items) {
    const candidates = byTitle.get(item.title) ?? [];
    const at = candidates.findIndex((one) => isSameDay(one.at, item.at));
    if (at < 0) continue;
    const [found] = candidates.splice(at, 1);
    if (found !== undefined) matched.set(item.id, found.id);
  }
  return matched;
}

/** Whether a document names its items otherwise than the last one: hardly an id is known, but most of the titles. */
export function isRenamed(items: number, unseen: number, matched: number): boolean {
  return items >= R.leastItems && unseen >= items * R.renamedShare && matched * 2 >= unseen;
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
  if (dated && Math.abs((before.at ?? 0) - (now.at ?? 0)) < R.sameDateMinutes * MINUTE_MS) return false;
  const [titles, numbers] = [
    likeness(before.title, now.title),
    withoutNumbers(before.title) === withoutNumbers(now.title),
  ];
  if (numbers && before.title !== now.title) return dated && !isSameDay(before.at, now.at);
  return titles < R.likeTitles && likeness(before.text, now.text) < R.likeTexts;
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
  if (moved.length >= R.leastItems) {
    const later = moved.filter(
      (date) =>
        date.now - date.before > R.sameDateMinutes * MINUTE_MS && Math.abs(now - date.now) < R.makingHours * HOUR_MS,
    );
    return later.length >= moved.length * R.renamedShare;
  }
  if (stamps.length < R.leastItems) return null;
  const [first, last] = [Math.min(...stamps), Math.max(...stamps)];
  return last - first <= MINUTE_MS && Math.abs(now - last) < R.sameDateMinutes * MINUTE_MS ? true : null;
}
