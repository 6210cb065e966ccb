import { describe, expect, test } from 'vitest';
import { blankForms } from '../../src/region/find/maskphrases.ts';
import { type Choice, longestAt, scan } from '../../src/region/find/scan.ts';
import { buildTrie } from '../../src/region/find/trie.ts';
import { loadLexicon, standsAlone } from '../../src/region/find/lexicon.ts';

describe('scan', () => {
  const terms = ['合肥', '和县', '兴和县', '合肥南站', '肥南', '南站街', '皖', '天台', '台州', '肥城市', '肥城'];
  const choice: Choice = {
    rank: (term) => (terms[term] === '天台' ? 0 : 1),
    stands: () => true,
    mayFail: () => true,
  };
  const found = (text: string, more: Partial<Choice> = {}): readonly string[] =>
    scan(buildTrie(terms), text, { ...choice, ...more }).map(({ start, end }) => text.slice(start, end));

  test.each([
    ['the longer of two that begin together', '到合肥南站乘车', ['合肥南站']],
    ['the longer of two that end together', '兴和县', ['兴和县']],
    ['the earlier of two as long that overlap', '合肥南', ['合肥']],
    ['the longer one, though it begins later', '合肥城市', ['肥城市']],
    ['the earlier of two as long, though each has more to it', '合肥南站街', ['合肥南站']],
    ['of two as long the one that ranks higher', '昨天台州有雨', ['台州']],
    ['side by side', '皖合肥和县', ['皖', '合肥', '和县']],
    ['nothing', '今天天气', []],
    ['an empty text', '', []],
    ['a term cut off by the end', '合肥南', ['合肥']],
  ])('%s', (_, text, expected) => {
    expect(found(text)).toEqual(expected);
    expect(found(text, { mayFail: () => false })).toEqual(expected);
  });

  const without =
    (...names: readonly string[]) =>
    ({ term }: { readonly term: number }): boolean =>
      !names.includes(terms[term] ?? '');

  test('where the best of several does not stand, the next is tried', () => {
    expect(found('合肥城市', { stands: without('肥城市') })).toEqual(['合肥']);
    expect(found('合肥城市', { stands: without('肥城市', '合肥') })).toEqual(['肥城']);
    expect(found('合肥城市', { stands: without('肥城市', '合肥', '肥城') })).toEqual([]);
    expect(found('兴和县', { stands: without('兴和县') })).toEqual(['和县']);
  });

  test('says whether another name lies partly within', () => {
    const crossed = new Set<string>();
    found('合肥城市，兴和县', {
      stands: ({ term }, _, isCrossed) => {
        if (isCrossed) crossed.add(terms[term] ?? '');
        return true;
      },
    });
    expect([...crossed]).toEqual(['肥城市', '合肥', '肥城']);
  });

  test('keeps the losers of a term that may fail, those that stand, the best first', () => {
    const losers = (more: Partial<Choice>): readonly string[] =>
      scan(buildTrie(terms), '合肥城市', { ...choice, ...more }).flatMap((one) =>
        one.losers.map(({ term }) => terms[term] ?? ''),
      );
    expect(losers({})).toEqual(['合肥', '肥城']);
    expect(losers({ stands: without('合肥') })).toEqual(['肥城']);
    expect(losers({ mayFail: () => false })).toEqual([]);
  });
});

describe('standsAlone', () => {
  const lexicon = loadLexicon(() => false, new Set(['宁国', '辽宁', '同里', '合肥', '宝应', '云和']), 400);
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
    ['几个充电宝应急', '宝应', false],
    ['来到宝应采访', '宝应', true],
    ['马云和同事谈话', '云和', false],
    ['走进云和梯田', '云和', true],
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
    '吴江',
    '上海',
    '湖北',
    '湖南',
    '南京东路步行街',
  ];
  const trie = buildTrie(terms);
  const names = {
    isPlace: (name: string): boolean => terms.includes(name),
    endOfTerm: (text: string, start: number): number => longestAt(trie, text, start)?.end ?? start,
  };
  const blank = (text: string): string => blankForms(text, names, ['南京西餐厅']).replaceAll('\u0001', '□');

  test.each([
    ['a road', '宁波路拓宽', '□□路拓宽'],
    ['a road with a direction', '南京东路夜景', '□□东路夜景'],
    ['a subdistrict named after a road', '嘉兴路街道', '□□路街道'],
    ['a road round a lake', '巢湖市环湖北路拓宽', '巢湖市环□□路拓宽'],
    ['a road after another name', '合肥湖南路拓宽', '合肥□□路拓宽'],
    ['a shore', '巢湖北岸绿道', '巢□□岸绿道'],
    ['a street', '温州街和宁波街', '温州街和□□街'],
    ['a person after an office', '市长韩海宁出席', '市长□□□出席'],
    ['a person after an office whose surname begins another place', '数学家吴江宁讲课', '数学家□□□讲课'],
    ['a person of a trade whose given name is any place', '画家李余杭的新作', '画家□□□的新作'],
    ['a person of whom such is told', '王余杭病逝', '□□□病逝'],
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
    ['a place after a preposition that is a surname', '志愿者向余杭捐款'],
    ['a place that begins with what is a surname', '画家江南余杭行'],
    ['a place before a person of office', '余杭教授受聘'],
    ['a province before a city and a colon', '浙江宁波:老厂房变身'],
    ['an industry of a city', '上海汽车集团重组'],
    ['a place in a list, though what follows reads as a given name', '昆山、吴江宁国两地'],
    ['finance of a city', '沪金融业发布报告'],
  ])('leaves %s', (_, text) => {
    expect(blank(text)).toBe(text);
  });
});
