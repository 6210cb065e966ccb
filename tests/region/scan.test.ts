import { describe, expect, test } from 'vitest';
import { blankForms } from '../../src/region/find/maskphrases.ts';
import { buildScanner, longestAt, scan } from '../../src/region/find/scan.ts';
import { loadLexicon, standsAlone } from '../../src/region/find/lexicon.ts';

describe('scan', () => {
  const terms = ['合肥', '和县', '兴和县', '合肥南站', '肥南', '南站街', '皖', '天台', '台州'];
  const rank = (term: number): number => (terms[term] === '天台' ? 0 : 1);
  const found = (text: string): readonly string[] =>
    scan(buildScanner(terms), text, rank).map(({ start, end }) => text.slice(start, end));

  test.each([
    ['the longer of two that begin together', '到合肥南站乘车', ['合肥南站']],
    ['the longer of two that end together', '兴和县', ['兴和县']],
    ['the earlier of two as long that overlap', '合肥南', ['合肥']],
    ['the longer one, though it begins later', '合肥南站街', ['合肥南站']],
    ['of two as long the one that ranks higher', '昨天台州有雨', ['台州']],
    ['side by side', '皖合肥和县', ['皖', '合肥', '和县']],
    ['nothing', '今天天气', []],
    ['an empty text', '', []],
    ['a term cut off by the end', '合肥南', ['合肥']],
  ])('%s', (_, text, expected) => {
    expect(found(text)).toEqual(expected);
  });
});

describe('standsAlone', () => {
  const lexicon = loadLexicon(
    () => false,
    new Map([
      ['宁国', 150],
      ['辽宁', 1500],
      ['同里', 150],
      ['合肥', 1500],
    ]),
  );
  const alone = (text: string, name: string): boolean => {
    const start = text.indexOf(name);
    return standsAlone(lexicon, text, start, start + name.length);
  };

  test.each([
    ['辽宁国企改革', '宁国', false],
    ['来到宁国采访', '宁国', true],
    ['胡同里的老槐树', '同里', false],
    ['同里古镇', '同里', true],
    ['复合肥价格上涨', '合肥', false],
    ['合肥今天有雨', '合肥', true],
    ['合肥', '合肥', true],
  ])('%s: %s %s', (text, name, expected) => {
    expect(alone(text, name)).toBe(expected);
  });
});

describe('blankForms', () => {
  const terms = [
    '宁波',
    '安徽',
    '嘉兴',
    '南京',
    '海宁',
    '望江',
    '奉化',
    '芜湖',
    '浙江',
    '余杭',
    '上海',
    '南京东路步行街',
  ];
  const scanner = buildScanner(terms);
  const names = {
    isPlace: (name: string): boolean => terms.includes(name),
    endOfTerm: (text: string, start: number): number => longestAt(scanner, text, start)?.end ?? start,
  };
  const blank = (text: string): string => blankForms(text, names, ['南京西餐厅']).replaceAll('\u0001', '□');

  test.each([
    ['a road', '宁波路拓宽', '□□路拓宽'],
    ['a road with a direction', '南京东路夜景', '□□东路夜景'],
    ['a subdistrict named after a road', '嘉兴路街道', '□□路街道'],
    ['a street', '温州街和宁波街', '温州街和□□街'],
    ['a person after an office', '市长韩海宁出席', '市长□□□出席'],
    ['a person who speaks', '冯海宁:这是误解', '□□□:这是误解'],
    ['a person addressed', '感谢陈宁波先生', '感谢□□□先生'],
    ['a person’s origin', '两个奉化人的往事', '两个□□人的往事'],
    ['a stock index', '沪指收跌', '□□收跌'],
    ['a broker’s research', '浙商宏观点评', '□□□□点评'],
    ['an exclusion of the operator', '南京西餐厅开业', '□□□□□开业'],
  ])('blanks %s', (_, text, expected) => {
    expect(blank(text)).toBe(expected);
  });

  test.each([
    ['a road network', '南京路网加密'],
    ['street scenes', '上海街头'],
    ['a road that is itself known', '南京东路步行街夜景'],
    ['a subdistrict of its own name', '余杭街道党群中心'],
    ['a province before a city and a colon', '浙江宁波:老厂房变身'],
    ['an industry of a city', '上海汽车集团重组'],
    ['finance of a city', '沪金融业发布报告'],
  ])('leaves %s', (_, text) => {
    expect(blank(text)).toBe(text);
  });
});
