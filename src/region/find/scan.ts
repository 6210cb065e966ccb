/** Turns a text into the longest terms that stand in it. */
import { childOf, type Trie } from './trie.ts';

export interface Match {
  /** Index into the terms. */
  readonly term: number;
  readonly start: number;
  readonly end: number;
}

/** The longest term that begins at `start`; null without one. */
export function longestAt(trie: Trie, text: string, start: number): Match | null {
  const { first, ends } = trie;
  let node = first[text.charCodeAt(start)] ?? 0;
  let found: Match | null = null;
  for (let at = start + 1; node !== 0; at++) {
    const term = ends[node] ?? -1;
    if (term >= 0) found = { term, start, end: at };
    node = at < text.length ? childOf(trie, node, text.charCodeAt(at)) : 0;
  }
  return found;
}

/** Whether any term stands in `text`. */
export function hasTerm(trie: Trie, text: string): boolean {
  for (let start = 0; start < text.length; start++) if (longestAt(trie, text, start) !== null) return true;
  return false;
}

/** A term that was chosen. */
export interface Chosen extends Match {
  /** Terms that overlap it and lost to it, the best first; none where `mayFail` rules them out. */
  readonly losers: readonly Match[];
}

/** What `scan` asks of the terms. */
export interface Choice {
  /** Of two terms of one length that overlap, the one of higher rank is tried first. */
  readonly rank: (term: number) => number;
  /** Whether a term is a word of its own where it stands in `text`. `crossed`: another term lies partly within it. */
  readonly stands: (match: Match, text: string, crossed: boolean) => boolean;
  /** Whether a term that stands may still turn out to mean no place, so that its losers are of interest. */
  readonly mayFail: (term: number) => boolean;
}

/**
 * The terms in `text`, in order and without overlap. Where several overlap, they are tried in turn: the longer one
 * first, then the one of higher rank, then the earlier one; a term that does not stand there leaves its place to the
 * next. So 兴和县 wins against 和县, 台州 in 昨天台州 against 天台, and 合肥 in 合肥城市 against 肥城市.
 */
export function scan(trie: Trie, text: string, choice: Choice): readonly Chosen[] {
  const chosen: Chosen[] = [];
  let widest: Match | null = null;
  let reach = 0;
  for (let start = 0; start < text.length; start++) {
    const match = longestAt(trie, text, start);
    if (match === null) continue;
    if (start >= reach) {
      if (widest !== null) choose(trie, text, widest, reach, choice, chosen);
      widest = match;
    }
    reach = Math.max(reach, match.end);
  }
  if (widest !== null) choose(trie, text, widest, reach, choice, chosen);
  return chosen;
}

const NONE: readonly Match[] = [];

/** Chooses among the terms within [first.start, reach), which overlap one another in a chain. */
function choose(
  trie: Trie,
  text: string,
  first: Match,
  reach: number,
  { rank, stands, mayFail }: Choice,
  into: Chosen[],
): void {
  // Most often one name covers all others.
  const { term, start, end } = first;
  if (end === reach && !mayFail(term) && stands(first, text, false)) {
    into.push({ term, start, end, losers: NONE });
    return;
  }
  const cluster: Match[] = [];
  for (let at = start; at < reach; at++) collectAt(trie, text, at, cluster);
  const tried = cluster.sort(
    (a, b) => b.end - b.start - (a.end - a.start) || rank(b.term) - rank(a.term) || a.start - b.start,
  );
  const standing = tried.filter((match) => stands(match, text, isCrossed(match, tried)));
  const taken: Match[] = [];
  for (const match of standing) if (!meetsAny(match, taken)) taken.push(match);
  for (const match of taken.sort((a, b) => a.start - b.start)) {
    const losers = mayFail(match.term) ? standing.filter((other) => other !== match && overlaps(match, other)) : NONE;
    into.push({ ...match, losers });
  }
}

/** Adds every term that begins at `start` to `into`. */
function collectAt(trie: Trie, text: string, start: number, into: Match[]): void {
  const { first, ends } = trie;
  let node = first[text.charCodeAt(start)] ?? 0;
  for (let at = start + 1; node !== 0; at++) {
    const term = ends[node] ?? -1;
    if (term >= 0) into.push({ term, start, end: at });
    node = at < text.length ? childOf(trie, node, text.charCodeAt(at)) : 0;
  }
}

type Span = Pick<Match, 'start' | 'end'>;

export const overlaps = (a: Span, b: Span): boolean => a.start < b.end && b.start < a.end;

const meetsAny = (match: Match, others: readonly Match[]): boolean => others.some((other) => overlaps(match, other));
const isCrossed = (match: Match, others: readonly Match[]): boolean => others.some((other) => crosses(match, other));

/** Whether each of two has a part that the other lacks. */
function crosses(a: Span, b: Span): boolean {
  return overlaps(a, b) && ((a.start < b.start && a.end < b.end) || (b.start < a.start && b.end < a.end));
}
