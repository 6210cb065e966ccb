/** Candidates of a srcset are read as browsers read them, whatever commas and blanks stand around. */
import { describe, expect, it } from 'vitest';
import { readSrcset } from '../../src/text/srcset.ts';

describe('readSrcset', () => {
  it.each([
    ['a.jpg', [['a.jpg', '']]],
    [
      'a.jpg 1x, b.jpg 2x',
      [
        ['a.jpg', '1x'],
        ['b.jpg', '2x'],
      ],
    ],
    [
      'a.jpg 480w,b.jpg 800w',
      [
        ['a.jpg', '480w'],
        ['b.jpg', '800w'],
      ],
    ],
    [
      'a.jpg, b.jpg 2x',
      [
        ['a.jpg', ''],
        ['b.jpg', '2x'],
      ],
    ],
    ['a,b.jpg 1x', [['a,b.jpg', '1x']]],
    [
      '  a.jpg\n 1.5x ,\n b.jpg  ',
      [
        ['a.jpg', '1.5x'],
        ['b.jpg', ''],
      ],
    ],
    [', ,', []],
    ['', []],
  ] as const)('%s', (value, candidates) => {
    expect(readSrcset(value).map(({ url, size }) => [url, size])).toEqual(candidates);
  });

  it('says where each address stands', () => {
    const value = 'a.jpg 1x,b.jpg 2x, c.jpg';
    for (const { url, at } of readSrcset(value)) expect(value.slice(at, at + url.length)).toBe(url);
  });

  it('does not read what no page means', () => expect(readSrcset(','.repeat(8001))).toEqual([]));
});
