/** Items under new ids are told by title and date. */
import { describe, expect, it } from 'vitest';
import { type Known, matchByTitle } from '../../src/sources/recognise.ts';

const NOON = Date.UTC(2026, 10, 1, 4);
const MINUTE_MS = 60_000;
const known = (id: string, at: number | null, title = '天气预报'): Known => ({ id, title, at });

describe('items under new ids', () => {
  it('are, of those with their title, the ones that are nearest in time, each once', () => {
    const seen = [known('a', NOON), known('b', NOON + 10 * MINUTE_MS), known('c', NOON + 20 * MINUTE_MS)];
    const items = [
      known('1', NOON + 19 * MINUTE_MS),
      known('2', NOON + 20 * MINUTE_MS),
      known('3', NOON, '交通提示'),
      known('4', null),
    ];
    expect([...matchByTitle(items, seen)]).toEqual([
      ['1', 'c'],
      ['2', 'b'],
      ['4', 'a'],
    ]);
  });

  it('are not those of another day', () => {
    expect(matchByTitle([known('1', NOON)], [known('a', NOON - 3 * 86_400_000)]).size).toBe(0);
  });

  it('hold the program for no moment where thousands bear one title', () => {
    const many = (name: string) =>
      Array.from({ length: 5_000 }, (_, i) => known(`${name}${i}`, NOON + (i % 60) * MINUTE_MS));
    const [items, seen] = [many('new'), many('seen')];
    const before = process.cpuUsage();
    expect(matchByTitle(items, seen).size).toBe(5_000);
    const { user, system } = process.cpuUsage(before);
    // Lists and sorts for each item took 1.7 s.
    expect((user + system) / 1_000).toBeLessThan(500);
  });
});
