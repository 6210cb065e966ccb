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

  it('goes on in the order in which it gave way, a piece a turn', async () => {
    const went: number[] = [];
    const goOn = async (n: number) => {
      await giveWay();
      went.push(n);
      work(5);
    };
    const turns = await countTurns(Promise.all([1, 2, 3, 4, 5, 6].map(goOn)));
    expect(turns).toBeGreaterThanOrEqual(3);
    expect(went).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('of a moment goes on in one turn, however many gave way', async () => {
    const turns = await countTurns(Promise.all(Array.from({ length: 200 }, async () => giveWay())));
    expect(turns).toBeLessThanOrEqual(10);
  });

  it('that gives way while others go on is not forgotten', async () => {
    const twice = async () => {
      await giveWay();
      await giveWay();
    };
    await expect(Promise.all([twice(), giveWay(), twice()])).resolves.toHaveLength(3);
    await expect(giveWay()).resolves.toBeUndefined();
  });
});
