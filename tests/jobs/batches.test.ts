import { describe, expect, it } from 'vitest';
import { batchesOf } from '../../src/jobs/newitems.ts';
import { makeItem } from '../support/entries.ts';

const MOST_ITEMS = 200;
const MOST_CHARACTERS = 500_000;

function freshItem(id: number, characters: number) {
  const item = makeItem({ id: String(id), title: '题', content: 'x'.repeat(characters - 1) });
  return { item, hash: String(id), kind: 'new' as const };
}

describe('what becomes one job', () => {
  it.each<[name: string, characters: readonly number[], jobs: readonly number[]]>([
    ['none', [], []],
    ['a feed as usual', Array.from({ length: 30 }, () => 2_000), [30]],
    ['many short items', Array.from({ length: 450 }, () => 100), [MOST_ITEMS, MOST_ITEMS, 50]],
    ['long items', Array.from({ length: 5 }, () => MOST_CHARACTERS / 2), [2, 2, 1]],
    ['an item that is longer than a job', [10, MOST_CHARACTERS * 3, 10], [1, 1, 1]],
  ])('%s', (_name, characters, jobs) => {
    const items = characters.map((count, i) => freshItem(i, count));
    const batches = batchesOf(items);
    expect(batches.map(({ batch }) => batch.length)).toEqual(jobs);
    expect(batches.flatMap(({ batch }) => batch)).toEqual(items);
    const several = batches.filter(({ batch }) => batch.length > 1);
    for (const { characters: counted } of several) expect(counted).toBeLessThanOrEqual(MOST_CHARACTERS);
  });
});
