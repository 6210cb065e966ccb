import { describe, expect, it } from 'vitest';
import { createPieces, giveWay } from '../../src/text/giveway.ts';

function work(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

/** Turns of the event loop while `during` goes on. */
async function countTurns(during: Promise<unknown>): Promise<number> {
  let turns = 0;
  let over = false;
  const count = () => {
    turns++;
    if (!over) setImmediate(count);
  };
  setImmediate(count);
  await during;
  over = true;
  return turns;
}

describe('long work', () => {
  const inPieces = async (steps: number, ms: number) => {
    const pieces = createPieces();
    for (let i = 0; i < steps; i++) {
      await pieces();
      work(ms);
    }
  };

  it('lets others in once a piece is over, and not after every step', async () => {
    const turns = await countTurns(inPieces(50, 2));
    expect(turns).toBeGreaterThanOrEqual(8);
    expect(turns).toBeLessThanOrEqual(30);
  });

  it('that is short goes through without a pause', async () => {
    const pieces = createPieces();
    expect(pieces()).toBeUndefined();
  });

  it('goes on one at a time, in the order in which it gave way', async () => {
    const went: number[] = [];
    const all = Promise.all([1, 2, 3, 4, 5].map(async (n) => giveWay().then(() => went.push(n))));
    expect(await countTurns(all)).toBeGreaterThanOrEqual(4);
    expect(went).toEqual([1, 2, 3, 4, 5]);
  });
});
