/** Of a day's ordinary headlines the Delta's edition takes hardly any that are of elsewhere. */
import { expect, it } from 'vitest';
import { scoreOf } from '../../eval/outcome.ts';
import { isAboutDelta } from '../../eval/region.ts';
import { streamOf } from '../../eval/stream.ts';

it('takes the headlines of the Delta out of six thousand, and few others', () => {
  const stream = streamOf(6000);
  expect(new Set(stream.map(({ title }) => title)).size).toBeGreaterThan(3000);
  const outcomes = stream.map(({ title, in: want }) => ({
    item: title,
    want,
    got: isAboutDelta({ title, summary: '' }),
  }));
  const { precision, recall } = scoreOf(outcomes);
  const wrong = [...new Set(outcomes.filter(({ want, got }) => got && !want).map(({ item }) => item))];
  expect(precision >= 0.95 ? [] : wrong).toEqual([]);
  expect(recall).toBeGreaterThanOrEqual(0.95);
});
