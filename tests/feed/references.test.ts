/** References in long texts are decoded portion by portion, as if at one go, and no further than is kept. */
import { expect, it } from 'vitest';
import { decodeReferences, decodeStart, noEntities } from '../../src/feed/markup/references.ts';

const REFERENCES = '&#x5408;&amp;肥&bull;a&b&CounterClockwiseContourIntegral;&#32942; 新闻&quot;&unknown;&';

// Of prime lengths, so that each place of the text comes to stand at the end of a portion.
it.each([1, 7, 31, 101])('is as at one go, %i characters between', (gap) => {
  const text = `${REFERENCES}${'文'.repeat(gap)}`.repeat(Math.ceil(400_000 / (REFERENCES.length + gap)));
  expect(decodeStart(text, noEntities(), Infinity)).toBe(decodeReferences(text, noEntities()));
});

it.each(['&', '&#x5408;', '&amp;amp;', '合', '&a'])('ends soon after what is wanted: %s', (piece) => {
  const text = piece.repeat(2_000_000);
  const start = decodeStart(text, noEntities(), 100_000);
  expect(start.length).toBeGreaterThanOrEqual(100_000);
  expect(start.length).toBeLessThan(200_000);
  expect(start).toBe(decodeReferences(text.slice(0, 100_000 * piece.length * 2), noEntities()).slice(0, start.length));
});
