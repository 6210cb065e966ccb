/** Makes entries and judges pairs of them for tests of the story room. All texts are written for these tests. */
import { fingerprint, type Fingerprintable } from '../../src/story/keys/fingerprint.ts';
import { decideStory } from '../../src/story/match.ts';
import { createStoryMemory } from '../../src/story/memory.ts';
import { findOpening } from '../../src/zh/opening.ts';
import type { StoryDecision } from '../../src/model/story.ts';

export const NOW = Date.UTC(2026, 5, 3, 4);
export const DAY_MS = 86_400_000;

export type Draft = Partial<Fingerprintable>;

let count = 0;

/** An entry of a source and an address of its own, published at `NOW`, its opening read as the cleaner reads it, unless `draft` says otherwise. */
export function write(draft: Draft): Fingerprintable {
  count++;
  return {
    source: `source-${count}`,
    link: `https://news${count}.example/${count}.html`,
    title: '',
    text: '',
    opening: findOpening(draft.text ?? ''),
    summary: '',
    published: NOW,
    ...draft,
  };
}

/** The decision on `later` where `earlier` is the only entry known; a shared key is needed, as in the store. */
export function meet(earlier: Draft, later: Draft): StoryDecision {
  const [known, fresh] = [fingerprint(write(earlier)), fingerprint(write(later))];
  const found = fresh.keys.some((key) => known.keys.includes(key));
  const candidate = { entry: 'known', story: 'known', evidence: known.evidence, storedAt: NOW };
  return decideStory(fresh, found ? [candidate] : [], NOW);
}

/** Which drafts share a story, as a sorted list of sorted groups of their places in `drafts`. */
export function partition(drafts: readonly Draft[], order: readonly number[]): string {
  const memory = createStoryMemory();
  for (const place of order) memory.add(`${place}`, fingerprint(write(drafts[place] ?? {})), NOW);
  const stories = new Map<string, number[]>();
  for (const place of drafts.keys()) {
    const story = memory.storyOf(`${place}`) ?? '';
    stories.set(story, [...(stories.get(story) ?? []), place]);
  }
  return [...stories.values()]
    .map((places) => places.join('+'))
    .sort()
    .join(' ');
}

/** Numbers from 0 to 1 that are the same in every run. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
