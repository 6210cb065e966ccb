import { describe, expect, test } from 'vitest';
import { chooseWeightiest, weightOf } from '../../src/publish/storyweight.ts';
import type { Member } from '../../src/model/story.ts';

const NOW = Date.UTC(2026, 2, 3);
const DAY_MS = 86_400_000;

/** A story of copies, each as its outlet and source. */
function told(id: string, ageMs: number, copies: readonly (readonly [outlet: string, source: string])[]) {
  const members = copies.map(
    ([outlet, source], i) => ({ entry: `${id}${i}`, source, sourceName: source, outlet }) as Member,
  );
  return { id, lead: `${id}0`, orderAt: NOW - ageMs, copies: members };
}

describe('the weight of a story', () => {
  test.each([
    ['one outlet, now', told('a', 0, [['甲', 's']]), 1],
    [
      'the same outlet twice by one source',
      told('a', 0, [
        ['甲', 's'],
        ['甲', 's'],
      ]),
      1,
    ],
    [
      'its reprint by another source',
      told('a', 0, [
        ['甲', 's'],
        ['甲', 't'],
      ]),
      1.25,
    ],
    [
      'two outlets by one source',
      told('a', 0, [
        ['甲', 's'],
        ['乙', 's'],
      ]),
      2,
    ],
    [
      'a day later',
      told('a', DAY_MS, [
        ['甲', 's'],
        ['乙', 's'],
      ]),
      1,
    ],
    ['dated in the future', told('a', -DAY_MS, [['甲', 's']]), 1],
  ])('%s', (_, story, weight) => {
    expect(weightOf(story, NOW)).toBeCloseTo(weight);
  });
});

test('of equal weight the newest comes first, and no more than asked for are chosen', () => {
  const one = (id: string, ageMs: number) => told(id, ageMs, [['甲', 's']]);
  const stories = [one('old', DAY_MS), one('future', -2), one('new', 0), one('later', -1)];
  expect(chooseWeightiest(stories, 3, NOW).map(({ id }) => id)).toEqual(['future', 'later', 'new']);
});
