import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { WORDS } from '../../src/web/ui/words/site.ts';

const SRC = fileURLToPath(new URL('../../src/', import.meta.url));
/** Why stories could not be arranged is said by the name that the store gives it. */
const REASONS = new Set(['store/stories/arrange.ts', 'store/stories/withdraw.ts']);

/** What the pages' code says: everything but the tables of words themselves. */
const said = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => REASONS.has(file) || (/^web\/.*\.tsx?$/.test(file) && !file.startsWith('web/ui/words/')))
  .map((file) => readFileSync(SRC + file, 'utf8'))
  .join('\n');

/** By name, or by the part before what is filled in: `state_${state}`. */
function isSaid(phrase: string): boolean {
  const family = phrase.slice(0, phrase.indexOf('_') + 1);
  return (
    said.includes(`'${phrase}'`) || said.includes(`="${phrase}"`) || (family !== '' && said.includes(`\`${family}\${`))
  );
}

test('every phrase is said somewhere', () => {
  expect(Object.keys(WORDS).filter((phrase) => !isSaid(phrase))).toEqual([]);
});

test('a phrase that nobody says would be found', () => {
  expect(isSaid('nobody')).toBe(false);
});
