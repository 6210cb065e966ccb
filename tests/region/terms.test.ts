import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { convertScript } from '../../src/zh/convert.ts';
import { fold } from '../../src/zh/script.ts';
import { isProvince, liesIn } from '../../src/divisions/codes.ts';
import { createClassifier } from '../../src/region/classify.ts';
import { loadGazetteer } from '../../src/divisions/gazetteer.ts';
import { loadTerms, readTermFile, TERM_FILES } from '../../src/region/find/terms.ts';
import { DELTA } from '../support/configs.ts';
import { BLANK } from './blank.ts';

const terms = loadTerms(DELTA);
const byText = new Map(terms.map((term) => [term.text, term]));
const { byCode } = loadGazetteer();

describe('the term files', () => {
  test.each([...TERM_FILES])('%s: no stray marks, punctuation or empty terms', (file) => {
    const odd = readTermFile(file).flatMap(({ terms: words, at }) =>
      words
        .filter((word) =>
          file === 'english.txt'
            ? !/^~?[\p{L}\p{N}]+(?:[ '-][\p{L}\p{N}'-]+)*$/u.test(word)
            : !/^[?~!]?[\p{L}\p{N}()（）·\-—–、/]+(?:_\p{L}+)?$/u.test(word),
        )
        .map((word) => `${at} ${word}`),
    );
    expect(odd).toEqual([]);
  });

  test.each([...TERM_FILES])('%s: what stands after a term is a place or a sight in it', (file) => {
    const sights = new Set(['横店', '钱江源', '普陀山']);
    const odd = readTermFile(file).flatMap(({ terms: words, at }) =>
      words
        .map((word) => word.split('_')[1])
        .filter((aside) => aside !== undefined && !sights.has(aside) && !loadGazetteer().byName.has(fold(aside)))
        .map((aside) => `${at} _${aside}`),
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

describe('every division is found by every form of its name', () => {
  const { classify } = createClassifier({ groups: {}, home: DELTA, terms: [], exclusions: [] });
  const isFound = (name: string, code: string): boolean =>
    classify({ ...BLANK, title: `${name}召开工作会议` }).regions.some((hit) => hit.code === code);
  const inBothScripts = (names: readonly string[]): readonly string[] => [
    ...new Set(names.flatMap((name) => [name, convertScript(name, 'hant')])),
  ];
  const places = [...byCode.values()];

  test('provinces', () => {
    const provinces = places.filter(({ level }) => level === 'province');
    const missed = provinces.flatMap(({ code, name, short }) =>
      inBothScripts([name, short]).filter((form) => !isFound(form, code)),
    );
    expect(missed).toEqual([]);
  });

  test('of the Delta: full and short, in both scripts, after the place above', () => {
    // The short name of a district that is also that of its city means the city.
    const shared = ['淮安淮安', '黄山黄山', '黄山黃山'];
    const missed = places
      .filter(({ code, parent }) => /^3[1-4]/.test(code) && parent !== null)
      .flatMap(({ code, name, short, parent }) => {
        const above = byCode.get(parent ?? '')?.short ?? '';
        return inBothScripts([name, short])
          .map((form) => `${above}${form}`)
          .filter((form) => !isFound(form, code));
      });
    expect(missed).toEqual(shared);
  });

  test('elsewhere: full, after the place above', () => {
    // 城区 and 矿区 are words of their own, and so are the two at whose seam another county's name stands.
    const known = [
      '阳泉城区',
      '阳泉矿区',
      '晋城城区',
      '汕尾城区',
      '信阳新县',
      '西安新城区',
      '西安长安区',
      '嘉峪关嘉峪关市',
    ];
    const missed = places
      .filter(({ level }) => level === 'county')
      .flatMap(({ code, name, parent }) => {
        const form = `${byCode.get(parent ?? '')?.short ?? ''}${name}`;
        return isProvince(parent ?? '') || isFound(form, code) ? [] : [form];
      });
    expect(missed.toSorted()).toEqual(known.toSorted());
  });
});

test('no term that says where it is swallows a narrower place', () => {
  const swallowed = [...byCode.values()].flatMap(({ code, name, short, parent }) => {
    const above = byCode.get(parent ?? '');
    if (!above || !/^3[1-4]/.test(code)) return [];
    return [above.name, above.short].flatMap((before) =>
      [name, short].flatMap((own) => {
        const term = byText.get(fold(before + own));
        const misses = term && !term.division && term.codes.every((one) => !liesIn(one, code));
        return misses ? [`${term.label} is ${name}`] : [];
      }),
    );
  });
  expect(swallowed).toEqual([]);
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
    ['杭州西湖', 'sure', ['330106']],
    ['六安市金安区', 'sure', ['341502']],
    ['淮安发布', 'sure', ['320800']],
    ['江苏南通二建', 'sure', ['320600']],
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

describe('names in Latin letters', () => {
  const { classify } = createClassifier({ groups: {}, home: DELTA, terms: [], exclusions: [] });
  const placesIn = (title: string): readonly string[] => classify({ ...BLANK, title }).regions.map(({ name }) => name);

  test('every city of the Delta is found, or the larger city that is written alike', () => {
    const lesser = ['Suzhou', 'Taizhou'];
    const cities = [...byCode.values()].filter(({ code, level }) => /^3[1-4]/.test(code) && level === 'city');
    const unfound = cities.flatMap(({ code }) => {
      const term = terms.find(({ codes, text }) => codes.includes(code) && /^[a-z'’]+$/.test(text));
      return term && placesIn(`New bridge opens in ${term.label}`).includes(byCode.get(code)?.name ?? '')
        ? []
        : [term?.label ?? code];
    });
    expect(unfound.toSorted()).toEqual(lesser);
  });

  test('every county of the Delta is found, alone or before its city, but for those that are written as a larger place', () => {
    const latin = new Map(
      readFileSync(new URL('../../src/divisions/data/pinyin.tsv', import.meta.url), 'utf8')
        .split('\n')
        .map((line) => line.split('\t'))
        .map(([code = '', name = '']) => [code, name]),
    );
    const counties = [...byCode.values()].filter(({ code, level }) => /^3[1-4]/.test(code) && level === 'county');
    const unfound = counties.filter(({ code, name, parent }) => {
      const [own, above] = [latin.get(code) ?? '', latin.get(parent ?? '') ?? ''];
      return ![`New bridge opens in ${own} County`, `New bridge opens in ${own}, ${above}`].some((title) =>
        placesIn(title).includes(name),
      );
    });
    expect(counties.length).toBeGreaterThan(300);
    // Written as 丽水, 奉贤, 淮安 and 黄山 are.
    expect(unfound.map(({ name }) => name)).toEqual(['溧水区', '丰县', '淮安区', '黄山区']);
  });

  test.each([
    ['Changzhou opens a new line', ['常州市']],
    ['Fire crews train in Suzhou, Anhui', ['宿州市', '安徽省']],
    ['Suzhou opens a tower', ['苏州市']],
    ['Fuyang farmers plant early', ['阜阳市']],
    ['Fuyang District of Hangzhou opens a bridge', ['杭州市', '富阳区']],
    ['Lu’an tea is picked', ['六安市']],
    ['Maanshan steel works cut dust', ['马鞍山市']],
    ['Yiwu traders look abroad', ['义乌市', '金华市']],
    ['Rain in Shexian and Taiping, Anhui', ['歙县', '黄山市', '安徽省']],
  ])('%s', (title, places) => {
    expect(new Set(placesIn(title))).toEqual(new Set(places));
  });

  test.each([
    'Shanghai Cooperation Organization meets in autumn',
    'Shanghai Composite falls',
    'Wang Ningbo wins a prize',
    'An Olympic feast',
    'Rape of Nanking remembered',
  ])('nothing in: %s', (title) => {
    expect(placesIn(title)).toEqual([]);
  });
});
