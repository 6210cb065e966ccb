import { expect, it } from 'vitest';
import { inPortions } from '../../src/store/redis/portions.ts';

it('does all in order, and leaves the event loop a turn between portions', async () => {
  let turns = 0;
  let running = true;
  const turn = () => {
    turns++;
    if (running) setImmediate(turn);
  };
  turn();
  const all = Array.from({ length: 20_000 }, (_, i) => i);
  const sizes: number[] = [];
  const done = await inPortions(all, async (portion) => {
    sizes.push(portion.length);
    return portion;
  });
  running = false;
  expect(done).toEqual(all);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(500);
  expect(turns).toBeGreaterThanOrEqual(sizes.length - 1);
  expect(await inPortions([], async () => [1])).toEqual([]);
});
