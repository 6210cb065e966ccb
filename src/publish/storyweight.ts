/** Weighs stories: how many tell one, how many carry what those tell, and how new it is. Digests and pages ask the same. */
import type { Story } from '../model/story.ts';
import { DAY_MS } from '../text/time.ts';

/**
 * `reprint`: a source that carries a text under a name that counts already (a station's reprint of the agency) shows that
 * others find it worth telling, but tells nothing itself: four of them weigh as one outlet more. `halvedMs`: a story so
 * old weighs half; one that twice as many outlets tell stays ahead of a new one for a day, which is what a morning's
 * digest tells of and what a reader calls today's news.
 */
const WEIGHT = { reprint: 0.25, halvedMs: DAY_MS } as const;

type Told = Pick<Story, 'copies' | 'lead' | 'orderAt'>;

/** Outlets that tell a story, its lead's first. */
export function outletsOf({ copies, lead }: Pick<Story, 'copies' | 'lead'>): string[] {
  const ordered = [...copies].sort((a, b) => Number(b.entry === lead) - Number(a.entry === lead));
  return [...new Set(ordered.map(({ outlet, sourceName }) => outlet ?? sourceName))];
}

/** At least 0; 1 for a new story of one outlet. `now`: epoch ms; what is dated later counts as new. */
export function weightOf(story: Told, now: number): number {
  const outlets = outletsOf(story).length;
  const sources = new Set(story.copies.map(({ source }) => source)).size;
  const told = outlets + WEIGHT.reprint * Math.max(0, sources - outlets);
  return told / (1 + Math.max(0, now - story.orderAt) / WEIGHT.halvedMs);
}

/** Those of most weight, `most` at most; of equals the newest. */
export function chooseWeightiest<T extends Told>(stories: readonly T[], most: number, now: number): T[] {
  const weighed = stories.map((story) => ({ story, weight: weightOf(story, now) }));
  weighed.sort((a, b) => b.weight - a.weight || b.story.orderAt - a.story.orderAt);
  return weighed.slice(0, most).map(({ story }) => story);
}
