/** Draws repeatably from a seed, so that one seed and one start time always give the same demo. */

export interface Random {
  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number;
  pick<T>(list: readonly T[]): T;
  /** True in `share` (0–1) of the draws. */
  chance(share: number): boolean;
}

/**
 * Numbers from 0 (inclusive) to 1 (exclusive), the same for the same seed on every machine. mulberry32 (public domain, Tommy
 * Ettinger): 32 bits of state are plenty where nothing is secret.
 */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function seededRandom(seed: number): Random {
  const next = randomNumbers(seed);
  return {
    whole: (low, high) => low + Math.floor(next() * (high - low + 1)),
    pick: (list) => {
      if (list.length === 0) throw new RangeError('nothing to draw from');
      return list[Math.floor(next() * list.length)] as (typeof list)[number];
    },
    chance: (share) => next() < share,
  };
}
