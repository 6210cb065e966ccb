/** Holds the catalogue: what must not compile, and that every code has its sentence in both languages. */
import { describe, expect, it, test } from 'vitest';
import { CATALOGUE, reason } from '../../src/reasons/catalogue.ts';
import { type Row, rows } from '../../src/reasons/catalogue/row.ts';
import type { Language } from '../../src/reasons/language.ts';
import { say } from '../../src/reasons/render.ts';
import { codes, PROPER, sampleOf, TYPED } from '../support/reasons.ts';

describe('every code', () => {
  test.each(codes)('%s has a sentence in each language', (code) => {
    const sample = sampleOf(code);
    const said = (language: Language) => say(sample, language);
    // A hole that nothing fills is shown as a question mark.
    const marks = (text: string) => text.split('?').length;
    expect(marks(said('zh'))).toBe(marks(CATALOGUE[code].zh));
    expect(marks(said('en'))).toBe(marks(CATALOGUE[code].en));
    expect(said('zh').replaceAll(TYPED, '').replaceAll(PROPER, '')).not.toMatch(/[A-Za-z]{2,}|[{}|]/);
    expect(said('en').replaceAll(TYPED, '')).not.toMatch(/[{}|]/);
    expect(
      said('en')
        .replaceAll(TYPED, '')
        .replaceAll(/某某|甲|乙|阜阳市?/g, ''),
    ).not.toMatch(/[\u4e00-\u9fff]/);
    expect(said('zh')).not.toMatch(/[，：；]{2}|\s$|^\s/);
  });

  test.each(codes)('%s uses what it is given', (code) => {
    const { params = {}, zh, en }: Row = CATALOGUE[code];
    const unused = Object.keys(params).filter((name) => !zh.includes(`{${name}}`) && !en.includes(`{${name}`));
    // Pages make a link of an entry's id; it is no part of a sentence.
    expect(unused.filter((name) => name !== 'entry')).toEqual([]);
  });
});

describe('what does not compile', () => {
  it('a row without a language, or with a hole that has no parameter', () => {
    // @ts-expect-error: no Chinese sentence
    rows({ 'a.b': { en: 'an apple' } });
    // @ts-expect-error: no English sentence
    rows({ 'a.b': { zh: '苹果' } });
    // @ts-expect-error: {size} is not declared
    rows({ 'a.b': { params: { colour: 'text' }, zh: '{colour}的{size}苹果', en: 'a {colour} apple' } });
    // @ts-expect-error: {sizes|apple|apples} is not declared
    rows({ 'a.b': { params: { size: 'count' }, zh: '{size} 个苹果', en: '{size} {sizes|apple|apples}' } });
    // @ts-expect-error: no such kind
    rows({ 'a.b': { params: { size: 'number' }, zh: '{size} 个苹果', en: '{size} apples' } });
    const right = rows({ 'a.b': { params: { size: 'count' }, zh: '{size} 个苹果', en: '{size} {size|apple|apples}' } });
    expect(Object.keys(right)).toEqual(['a.b']);
  });

  it('a reason without what its sentence needs', () => {
    // @ts-expect-error: no such code
    reason('story.nothing');
    // @ts-expect-error: without its parameters
    reason('story.parts');
    // @ts-expect-error: without one of them
    reason('story.parts', { one: '上' });
    // @ts-expect-error: of the wrong kind
    reason('story.parts', { one: '上', other: 2 });
    // @ts-expect-error: it takes none
    reason('story.new', { one: '上' });
    expect(reason('story.parts', { one: '上', other: '下' })).toEqual({
      code: 'story.parts',
      params: { one: '上', other: '下' },
    });
  });
});
