import { describe, expect, test } from 'vitest';
import type { Reason } from '../../src/model/reason.ts';
import type { Rule } from '../../src/model/rule.ts';
import { say } from '../../src/reasons/render.ts';
import { compileRules, ruleProblem } from '../../src/region/decide/rules.ts';

const entry = {
  title: '合肥軌道交通ＡＢＣ號線通車',
  text: '首班车六点发车。',
  categories: ['城市', '交通'],
  outlet: '某某晚报',
  authors: ['王某某', '李某'],
  link: 'https://news.example.com/2026/metro.html',
};

describe('compileRules', () => {
  test.each([
    ['a word in the title, across scripts and widths', '轨道交通abc号', true],
    ['a part of a Latin word is no word', 'bc', false],
    ['a Latin word as a whole', 'abc', true],
    ['a part of a link', { link: 'metro' }, true],
    ['a part of a word in a link', { link: 'etro.h' }, true],
    ['a word in the text', '首班车', true],
    ['a word that is nowhere', '公交', false],
    ['a pattern', '/轨道交通[a-z]+/', true],
    ['a pattern in the other script', '/軌道.{2}ABC/', true],
    ['an escape keeps its meaning', '/\\S+abc\\S/', true],
    ['a class of letters', '/\\p{Han}{4}abc/', true],
    ['a category', { category: '交通' }, true],
    ['a link', { link: '/2026\\/metro/' }, true],
    ['any author', { author: '李某' }, true],
    ['all fields must match', { title: '轨道', outlet: '日报' }, false],
    ['fields that all match', { title: '轨道', outlet: '晚报' }, true],
    ['an invalid pattern never matches', '/(/', false],
    ['a blank word never matches', ' ', false],
  ])('%s', (_, rule, expected) => {
    expect(compileRules([rule])(entry)).toEqual(expected ? rule : null);
  });

  test('names the first that matches', () => {
    expect(compileRules(['公交', '通车', '轨道'])(entry)).toBe('通车');
  });

  test('an entry without outlet or link matches no rule on them', () => {
    const bare = { ...entry, outlet: null, link: null };
    expect(compileRules([{ outlet: '/.*/' }, { link: '/.*/' }])(bare)).toBeNull();
  });

  test('a pattern that backtracking engines choke on ends at once', () => {
    const hostile = compileRules(['/(a+)+$/']);
    expect(hostile({ ...entry, title: `${'a'.repeat(50_000)}!`, text: '' })).toBeNull();
  });
});

describe('ruleProblem', () => {
  const said = (rule: Rule) => say(ruleProblem(rule) ?? '', 'en');

  test.each([['合肥'], ['/合肥|芜湖/i'], [{ title: '合肥' }], ['/not closed'], ['/']])('%j is fine', (rule) => {
    expect(ruleProblem(rule)).toBeNull();
  });

  test.each([
    ['an unclosed group', '/(合肥/', /invalid regular expression/],
    ['a look-ahead, which is not linear', '/(?=合肥)/', /invalid regular expression/],
    ['a blank word', '  ', /match everything/],
    ['no field', {}, /title, text, category/],
    ['a bad pattern in a field', { title: '/[/' }, /^title: invalid/],
  ])('%s', (_, rule, message) => {
    expect(said(rule)).toMatch(message);
  });

  test('an unknown field', () => {
    const rule = { titel: '合肥' } as object;
    expect(said(rule)).toMatch(/unknown field "titel"/);
  });

  test.each([
    ['/(/', 'missing closing )', 'no-parenthesis'],
    ['/)/', 'unexpected )', 'parenthesis'],
    ['/[a/', 'missing closing ]', 'no-bracket'],
    ['/[b-a]/', 'invalid character class range', 'class-range'],
    ['/\\q/', 'invalid escape sequence', 'escape'],
    ['/(?<a/', 'invalid named capture', 'named-capture'],
    ['/(?<a>b)(?<a>c)/', 'duplicate capture group name', 'same-name'],
    ['/(?=a)/', 'invalid or unsupported Perl syntax', 'perl'],
    ['/a**/', 'invalid nested repetition operator', 'nested-repetition'],
    ['/a{1001}/', 'invalid repeat count', 'repeat-count'],
    ['/*/', 'missing argument to repetition operator', 'nothing-repeated'],
    ['/a\\/', 'trailing backslash at end of expression', 'backslash'],
    [`/${'('.repeat(1_001)}a${')'.repeat(1_001)}/`, 'expression nests too deeply', 'too-deep'],
    [`/${'a{1000}'.repeat(4_000)}/`, 'expression too large', 'too-large'],
  ])('the words of re2js have a code: %.20s', (pattern, words, code) => {
    const why = ruleProblem(pattern)?.params?.['why'] as Reason;
    expect(why.params?.['what']).toEqual({ code: `config.pattern.${code}` });
    expect(say(why, 'en')).toContain(`error parsing regexp: ${words}`);
  });
});
