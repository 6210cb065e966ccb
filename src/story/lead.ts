/** Chooses the copy that leads a story: of the outlet it comes from, trusted, whole, early; and keeps it without need for another. */
import { fold } from '../zh/script.ts';
import type { Copy } from '../model/story.ts';
import { T } from './verdict/thresholds.ts';

/** Entry id of the lead. `current` keeps the lead unless another copy is clearly better. Needs at least one copy. */
export function chooseLead(copies: readonly Copy[], current: string | null): string {
  const longest = copies.reduce((length, copy) => Math.max(length, copy.length), 0);
  const whole = Math.max(T.lead.leastWhole, T.share.most * longest);
  const ranked = copies
    .map((copy) => ({ copy, points: score(copy, whole) }))
    .sort((a, b) => b.points - a.points || timeOf(a.copy) - timeOf(b.copy) || (a.copy.entry < b.copy.entry ? -1 : 1));
  const [best] = ranked;
  if (best === undefined) throw new RangeError('a story has at least one copy');
  const leading = ranked.find(({ copy }) => copy.entry === current);
  return leading !== undefined && best.points < leading.points + T.lead.margin ? leading.copy.entry : best.copy.entry;
}

function score(copy: Copy, whole: number): number {
  return copy.trust + T.lead.whole * Math.min(1, copy.length / whole) + origin(copy);
}

function origin({ outlet, sourceName }: Copy): number {
  if (outlet === null || outlet.trim() === '') return 0;
  const [written, shown] = [fold(outlet.trim()), fold(sourceName.trim())];
  if (written === shown || (written.length > 1 && shown.startsWith(written))) return T.lead.own;
  return T.lead.foreign;
}

function timeOf(copy: Copy): number {
  return copy.published ?? copy.firstSeen;
}
