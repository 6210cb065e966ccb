import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { writeCharacters, writeTaiwanWords } from '../../scripts/papers/chinese.ts';

it.each([
  ['characters', writeCharacters],
  ['taiwanwords', writeTaiwanWords],
])('src/zh/data/%s.tsv is what npm run docs writes', (name, write) => {
  expect(readFileSync(new URL(`../../src/zh/data/${name}.tsv`, import.meta.url), 'utf8')).toBe(write());
});
