/** Near names: what a slip of the hand makes of a word leads back to it, other words do not. */
import { describe, expect, test } from 'vitest';
import { editDistance, nearest } from '../../src/text/near.ts';

describe('editDistance', () => {
  test.each([
    ['', 'abc', 3],
    ['schedul', 'schedule', 1],
    ['feed', 'fede', 1],
    ['kitten', 'sitting', 3],
    ['合服市', '合肥市', 1],
    ['same', 'same', 0],
  ])('%s → %s: %i', (a, b, distance) => {
    expect(editDistance(a, b, 5)).toBe(distance);
    expect(editDistance(b, a, 5)).toBe(distance);
  });

  test('stops beyond its limit', () => {
    expect(editDistance('abcdefgh', 'zyxwvuts', 2)).toBe(3);
    expect(editDistance('a', 'abcdefgh', 2)).toBe(3);
  });
});

describe('nearest', () => {
  test.each([
    ['schedul', ['select', 'schedule'], 'schedule'],
    ['ulr', ['url', 'id'], 'url'],
    ['full_text', ['fullText'], 'fullText'],
    ['TimeoutMS', ['timeoutMs', 'maxBytes'], 'timeoutMs'],
    ['colour', ['url', 'kind', 'trust'], null],
    ['id', ['ip', 'ig'], null],
    ['page', ['feed', 'page'], null],
  ])('%s among %j: %s', (word, known, meant) => {
    expect(nearest(word, known)).toBe(meant);
  });
});
