/** The attempts on the program that the tests make are many, of every kind, and all found. */
import { expect, test } from 'vitest';
import { countAttempts } from './support/attempts.ts';

test('attempts of every kind are made, three hundred and more', { timeout: 120_000 }, async () => {
  const counts = await countAttempts();
  expect(counts.flatMap(({ empty }) => empty)).toEqual([]);
  // The sanitiser's vectors are counted apart, lest they stand for all.
  const others = counts.filter(({ kind }) => !kind.includes('sanitiser'));
  expect(others.reduce((sum, { attempts }) => sum + attempts, 0)).toBeGreaterThan(1000);
  expect(counts.filter(({ attempts }) => attempts === 0)).toEqual([]);
});
