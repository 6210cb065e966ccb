/** Chooses the copy that leads a story: trusted, whole, early; and keeps it without need for another. */
import { fold } from '../zh/script.ts';
import type { Copy } from '../model/story.ts';
import { T } from './verdict/thresholds.ts';

/**
 * Entry id of the lead. Needs at least one copy. `current` keeps the lead unless a rival is clearly better, and trusted
 * more or of the same outlet: the operator says how far a source is trusted and which outlet it is, never the source.
 */
export function chooseLead(copies: readonly Copy[], current: string | null): string {
  const longest = copies.reduce((length, copy) => Math.max(length, copy.length), 0);
  const whole = Math.max(T.lead.leastWhole, T.share.most * longest);
  const ranked = copies
    .map((copy) => ({ copy, points: score(copy, whole, copies) }))
    .sort((a, b) => b.points - a.points || timeOf(a.copy) - timeOf(b.copy) || (a.copy.entry < b.copy.entry ? -1 : 1));
  const [best] = ranked;
  if (best === undefined) throw new RangeError('a story has at least one copy');
  const leading = ranked.find(({ copy }) => copy.entry === current);
  if (leading === undefined) return best.copy.entry;
  const least = leading.points + T.lead.margin;
  const rival = ranked.find(({ copy, points }) => points >= least && mayFollow(copy, leading.copy));
  return (rival ?? leading).copy.entry;
}

/** Whether a copy may take the lead from another one: by trust, or as the fuller text of the same outlet. */
function mayFollow(copy: Copy, leading: Copy): boolean {
  if (copy.trust > leading.trust) return true;
  const ofOne = copy.source === leading.source || outletOf(copy) === outletOf(leading);
  return ofOne && copy.trust === leading.trust && copy.length > leading.length;
}

/** The outlet by the operator's name for the source, whose first word it is: 皖江日报 of 皖江日报 要闻. */
function outletOf({ sourceName }: Copy): string {
  return fold(sourceName.trim()).split(/[\s·|｜:：(（]/u, 1)[0] ?? '';
}

function score(copy: Copy, whole: number, copies: readonly Copy[]): number {
  return copy.trust + T.lead.whole * Math.min(1, copy.length / whole) + origin(copy, copies);
}

/** What a source says of its own outlet is a claim: it counts once another source's copy names the same origin. */
function origin(copy: Copy, copies: readonly Copy[]): number {
  const written = named(copy);
  if (written === '') return 0;
  const shown = fold(copy.sourceName.trim());
  const isOwn = written === shown || (written.length > 1 && shown.startsWith(written));
  if (!isOwn) return T.lead.foreign;
  return copies.some((other) => other.source !== copy.source && named(other) === written) ? T.lead.own : 0;
}

function named({ outlet }: Copy): string {
  return outlet === null ? '' : fold(outlet.trim());
}

function timeOf(copy: Copy): number {
  return copy.published ?? copy.firstSeen;
}
