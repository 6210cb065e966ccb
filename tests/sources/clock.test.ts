import { describe, expect, it } from 'vitest';
import type { ClockReading, SourceState } from '../../src/model/source.ts';
import { clockToRead, learnClock } from '../../src/sources/clock.ts';

const NOW = Date.UTC(2026, 10, 2, 4);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Stamps of new items, in hours after their polls, which are `every` hours apart. */
function after(polls: readonly (readonly number[])[], every = 1): SourceState['clock'] {
  let clock: SourceState['clock'] = null;
  for (const [i, stamps] of polls.entries()) {
    const now = NOW + i * every * HOUR;
    clock = learnClock(
      clock,
      stamps.map((hours) => now + hours * HOUR),
      now - every * HOUR,
      now,
    );
  }
  return clock;
}

const times = (count: number, stamps: readonly number[]) => Array.from({ length: count }, () => stamps);

describe('learnClock', () => {
  it.each<readonly [what: string, polls: readonly (readonly number[])[], reading: ClockReading]>([
    ['three polls of Beijing time', [[7.6], [7.2], [7.9]], 'beijing'],
    ['three polls of Beijing time, with nothing new between', [[7.6], [], [7.2], [], [], [7.9]], 'beijing'],
    ['two polls of Beijing time', [[7.6], [7.2]], 'auto'],
    ['one stamp far ahead at each of many polls of true ones', times(4, [-0.5, -0.2, 7.5]), 'as-given'],
    ['a clock that is 20 minutes fast', times(5, [0.33]), 'auto'],
    ['three polls of true GMT', [[-0.4], [-0.1], [-0.9]], 'as-given'],
    ['one item put in ahead of its time', [[-0.4], [-0.1], [-0.9], [7.5]], 'as-given'],
    ['articles from last week', times(5, [-170]), 'auto'],
    ['a publisher that mended its clock', [[7.6], [7.2], [7.9], [-0.4], [-0.1], [-0.9]], 'as-given'],
  ])('after %s', (_, polls, reading) => {
    expect(after(polls)?.reading ?? 'auto').toBe(reading);
  });

  it('tells nothing of polls a night apart, and of the first', () => {
    expect(after([[-0.4], [-0.1], [-0.9]], 10)).toBeNull();
    expect(learnClock(null, [NOW + 7 * HOUR], null, NOW)).toBeNull();
  });
});

describe('clockToRead', () => {
  it('goes by the operator’s word, then by what was learned', () => {
    const learned = { clock: { reading: 'beijing', told: 'beijing', polls: 3 } } as const;
    expect(clockToRead({ clock: 'auto' }, learned)).toBe('beijing');
    expect(clockToRead({ clock: 'as-given' }, learned)).toBe('as-given');
    expect(clockToRead({ clock: 'auto' }, { clock: null })).toBe('auto');
  });
});
