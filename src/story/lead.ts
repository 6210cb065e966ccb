/** Chooses the copy that leads a story. */
import type { Copy } from '../types.ts';

/** A rival must be this much better, in points of `score`, to take the lead: readers see a change of lead as an update. */
const MARGIN = 15;

/** Entry id of the lead. `current` keeps the lead unless another copy is clearly better. Needs at least one copy. */
export function chooseLead(copies: readonly Copy[], current: string | null): string {
  const ranked = [...copies].sort(
    (a, b) => score(b) - score(a) || timeOf(a) - timeOf(b) || (a.entry < b.entry ? -1 : 1),
  );
  const best = ranked[0];
  if (best === undefined) throw new RangeError('a story has at least one copy');
  const leading = copies.find((copy) => copy.entry === current);
  return leading !== undefined && score(best) < score(leading) + MARGIN ? leading.entry : best.entry;
}

/** Trust of the source, and how complete the copy is: 0–30 points, full at 600 characters. */
function score(copy: Copy): number {
  return copy.trust + 30 * Math.min(1, copy.length / 600);
}

function timeOf(copy: Copy): number {
  return copy.published ?? copy.firstSeen;
}
