/** Holds that the config references are what `npm run docs` writes, and that every key is described in both languages. */
import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { keysOf, partOf, writeConfigPaper } from '../../scripts/papers/config.ts';
import { FILE_NAMES } from '../../src/config/filenames.ts';

const CHINESE = /[\u4e00-\u9fff]/;
/** Names that English takes as they are. */
const NAMES = /长三角|钉钉|飞书|企业微信|安徽早报/g;

test.each([
  ['en', 'config.md'],
  ['zh', 'config.zh-CN.md'],
] as const)('the reference in %s is what `npm run docs` writes', (language, file) => {
  expect(readFileSync(new URL(`../../docs/${file}`, import.meta.url), 'utf8')).toBe(writeConfigPaper(language));
});

describe.each(FILE_NAMES)('%s', (file) => {
  it.each(keysOf(file).map(({ path, node }) => [path, node.description] as const))('%s', (_path, description = '') => {
    expect(partOf(description, 'zh')).toMatch(CHINESE);
    expect(partOf(description, 'en')).toMatch(/[a-z]{2}/);
    expect(partOf(description, 'en').replaceAll(NAMES, '')).not.toMatch(CHINESE);
  });
});

it('a description in one language would be found', () => {
  expect([partOf('标题 · its title', 'zh'), partOf('标题 · its title', 'en')]).toEqual(['标题', 'its title']);
  expect(partOf('标题', 'en')).toMatch(CHINESE);
});
