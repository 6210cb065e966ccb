import { describe, expect, it } from 'vitest';
import { convertScript } from '../../src/zh/convert.ts';
import { detectScript, fold } from '../../src/zh/script.ts';
import { isoWithOffset } from '../../src/text/time.ts';

describe('fold', () => {
  const cases: [name: string, text: string, folded: string][] = [
    ['Traditional', '長三角幹部掛職', '长三角干部挂职'],
    ['Simplified stays', '长三角干部挂职', '长三角干部挂职'],
    ['variants that writers mix', '顯著 裏面 甯波 乾燥', '显着 里面 宁波 干燥'],
    ['width and case', 'Ｇ６０　ＡＢｃ', 'g60 abc'],
    ['characters outside the BMP stay whole', '𠮷野家、𫭟', '𠮷野家、𫭟'],
    ['lone surrogates stay', 'a\ud800b', 'a\ud800b'],
    ['nothing', '', ''],
  ];
  it.each(cases)('%s', (_, text, folded) => {
    expect(fold(text)).toBe(folded);
    expect(fold(text)).toHaveLength(text.length);
  });

  it('gives long texts the same fold again, also after others', () => {
    const texts = Array.from({ length: 9 }, (_, i) => `第${i}篇，長江三角洲。`.repeat(20));
    const first = texts.map(fold);
    expect(texts.map(fold)).toEqual(first);
    expect(first[3]).toContain('第3篇，长江三角洲。'.replace('，', ','));
  });
});

describe('detectScript', () => {
  const cases: [string, 'hans' | 'hant' | null][] = [
    ['上海发布', 'hans'],
    ['上海發布', 'hant'],
    ['長三角干部的實務課堂', 'hant'],
    ['合肥', null],
    ['Hello', null],
    ['', null],
  ];
  it.each(cases)('%s', (text, script) => expect(detectScript(text)).toBe(script));
});

describe('convertScript', () => {
  it('converts by phrases, not by characters', () => {
    expect(convertScript('干部在后面理头发，皇后发展', 'hant')).toBe('幹部在後面理頭髮，皇后發展');
    expect(convertScript('乾隆皇帝著名', 'hans')).toBe('乾隆皇帝著名');
  });
});

describe('isoWithOffset', () => {
  const cases: [number, string, string][] = [
    [Date.UTC(2021, 5, 9, 0, 49, 33), 'Asia/Shanghai', '2021-06-09T08:49:33+08:00'],
    // China kept daylight saving time in the summers of 1986 to 1991.
    [Date.UTC(1988, 6, 1), 'Asia/Shanghai', '1988-07-01T09:00:00+09:00'],
    [Date.UTC(2021, 0, 1), 'America/New_York', '2020-12-31T19:00:00-05:00'],
    [Date.UTC(2021, 0, 1), 'Asia/Kathmandu', '2021-01-01T05:45:00+05:45'],
    [Date.UTC(2021, 0, 1), 'UTC', '2021-01-01T00:00:00+00:00'],
  ];
  it.each(cases)('%d in %s', (at, zone, text) => expect(isoWithOffset(at, zone)).toBe(text));
});
