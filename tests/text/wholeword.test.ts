import { describe, expect, it } from 'vitest';
import { hasWholeWord } from '../../src/text/wholeword.ts';

describe('a word that begins or ends in a Latin letter or a digit', () => {
  it.each([
    ['ai', 'ai大模型落地合肥'],
    ['ai', '合肥发布ai新规'],
    ['ai', '(ai)'],
    ['ai', 'shanghai用ai治堵'],
    ['5g', '合肥5g基站'],
    ['g60', 'g60科创走廊'],
    ['new year', 'a new year begins'],
    ['ai大模型', '首个ai大模型'],
    ['c++', '用c++写成'],
  ])('%s is in %s', (word, text) => {
    expect(hasWholeWord(text, word)).toBe(true);
  });

  it.each([
    ['ai', 'shanghai metro'],
    ['ai', 'email'],
    ['ai', 'ai2'],
    ['ai', 'caí, aí'],
    ['5g', '15g'],
    ['60', '160人'],
    ['ai大模型', 'xai大模型'],
    ['a', '𝒜a'.normalize('NFKC').toLowerCase()],
  ])('%s is not in %s', (word, text) => {
    expect(hasWholeWord(text, word)).toBe(false);
  });
});

it('finds Chinese words wherever they stand, and an empty one nowhere', () => {
  expect(hasWholeWord('合肥市民', '肥市')).toBe(true);
  expect(hasWholeWord('合肥', '')).toBe(false);
});
