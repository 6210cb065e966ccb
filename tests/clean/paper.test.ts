import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { writeRulesPaper } from '../../scripts/papers/rules.ts';

it('docs/rules.md is what `npm run docs` writes from the rows', () => {
  expect(readFileSync(new URL('../../docs/rules.md', import.meta.url), 'utf8')).toBe(writeRulesPaper());
});
