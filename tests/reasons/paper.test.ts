import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { writeReasonsPaper } from '../../scripts/papers/reasons.ts';

it('docs/reasons.md is what npm run docs writes', () => {
  expect(readFileSync(new URL('../../docs/reasons.md', import.meta.url), 'utf8')).toBe(writeReasonsPaper());
});
