/** What stands under an entry's keys is ranked as by a plain count of it. */
import { expect, it } from 'vitest';
import { randomNumbers } from '../../../src/demo/random.ts';
import { rank, type Topics } from '../../../src/store/entries/rank.ts';

/** The same by sorting all that is counted. */
function plainly(found: readonly (readonly number[])[], { count, least }: Topics): readonly number[] {
  const all = [...new Set(found.flat())].map((reference) => {
    const under = found.flatMap((references, i) => (references.includes(reference) ? [i] : []));
    const weight = under.reduce((sum, i) => sum + 1 / (found[i]?.length ?? 1), 0);
    return { reference, weight, fits: under.some((i) => i >= count) || under.length >= least };
  });
  return all
    .filter(({ fits }) => fits)
    .sort((a, b) => b.weight - a.weight || b.reference - a.reference)
    .map(({ reference }) => reference);
}

it('has those first that share rare keys or many, and of equals the newest', () => {
  expect(rank([[1, 2, 3, 4], [4, 1], [9]])).toEqual([9, 4, 1, 3, 2]);
});

it('passes over what shares topics alone, and too few', () => {
  const found = [[1, 2], [2, 3], [3]];
  expect(rank(found, { count: 2, least: 2 })).toEqual([3, 2]);
  expect(rank(found, { count: 3, least: 2 })).toEqual([3, 2]);
  expect(rank(found, { count: 2, least: 1 })).toEqual([3, 2, 1]);
});

it('ranks few and many, of a young store and an old one, one after the other', () => {
  const next = randomNumbers(1);
  for (let round = 0; round < 200; round++) {
    const [keys, most] = [1 + Math.floor(next() * 30), 1 + Math.floor(next() * 48)];
    const spread = round % 2 === 0 ? 100 : 1_000_000;
    // References have five bytes.
    const newest = round % 3 === 0 ? 2 ** 39 : spread;
    const found = Array.from({ length: keys }, () => [
      ...new Set(Array.from({ length: most }, () => newest - Math.floor(next() * spread) + 1)),
    ]);
    const topics = { count: Math.floor(next() * keys), least: Math.floor(next() * 4) };
    expect(rank(found, topics)).toEqual(plainly(found, topics));
  }
});
