import { describe, expect, test } from 'vitest';
import { fold } from '../../src/zh/script.ts';
import { loadGazetteer } from '../../src/divisions/gazetteer.ts';
import { loadTerms, readTermFile, TERM_FILES } from '../../src/region/find/terms.ts';
import { DELTA } from '../support/configs.ts';

const terms = loadTerms(DELTA);
const byText = new Map(terms.map((term) => [term.text, term]));
const { byCode } = loadGazetteer();

describe('the term files', () => {
  test.each([...TERM_FILES])('%s: no stray marks, punctuation or empty terms', (file) => {
    const odd = readTermFile(file).flatMap(({ terms: words, at }) =>
      words
        .filter((word) => !/^[?~!]?[\p{L}\p{N}()（）·\-—–、/]+(?:_\p{L}+)?$/u.test(word))
        .map((word) => `${at} ${word}`),
    );
    expect(odd).toEqual([]);
  });

  test('every term is folded, stands for something and points to places that exist', () => {
    expect(terms.filter(({ text }) => text === '' || fold(text) !== text)).toEqual([]);
    expect(
      terms.filter(({ codes, theme, strength }) => codes.length === 0 && theme === null && strength !== 'block'),
    ).toEqual([]);
    expect(terms.flatMap(({ codes }) => codes).filter((code) => !byCode.has(code))).toEqual([]);
  });

  test('more than 1,500 names of things in the Delta, in all four provinces', () => {
    const things = terms.filter(({ division, codes }) => !division && codes.some((code) => /^3[1-4]/.test(code)));
    for (const province of ['31', '32', '33', '34']) {
      expect(things.filter(({ codes }) => codes.some((code) => code.startsWith(province))).length).toBeGreaterThan(300);
    }
    expect(things.length).toBeGreaterThan(1500);
  });
});

describe('what a term means', () => {
  test.each([
    ['合肥', 'sure', ['340100']],
    ['无为', 'doubtful', ['340281']],
    ['滨江', 'doubtful', expect.arrayContaining(['330108'])],
    ['上海合作组织', 'block', []],
    ['昆山', 'sure', ['320583']],
    ['西湖', 'sure', ['330106']],
    ['宁芜', 'sure', ['320100', '340200']],
    ['淘宝', 'weak', ['330100']],
  ])('%s is %s', (text, strength, codes) => {
    expect(byText.get(text)).toMatchObject({ strength, codes });
  });

  test('every division of the Delta is known by its full name', () => {
    const missing = [...byCode.values()].filter(
      ({ code, name }) => /^3[1-4]/.test(code) && !byText.get(fold(name))?.codes.includes(code),
    );
    expect(missing.map(({ name }) => name)).toEqual([]);
  });
});
