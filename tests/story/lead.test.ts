import { describe, expect, it } from 'vitest';
import { chooseLead } from '../../src/story/lead.ts';
import type { Copy } from '../../src/model/story.ts';

function copy(entry: string, over: Partial<Copy> = {}): Copy {
  return {
    entry,
    source: entry,
    sourceName: `来源${entry}`,
    trust: 50,
    title: '含山段铺轨完成',
    link: null,
    outlet: null,
    published: 1000,
    firstSeen: 2000,
    script: 'hans',
    length: 600,
    why: '',
    ...over,
  };
}

describe('chooseLead', () => {
  it.each([
    ['the more trusted', [copy('a'), copy('b', { trust: 80 })], 'b'],
    ['the whole text before a summary', [copy('a', { length: 60 }), copy('b')], 'b'],
    [
      'the outlet that wrote it',
      [copy('a', { outlet: '皖江日报' }), copy('b', { outlet: '皖江日报', sourceName: '皖江日报' })],
      'b',
    ],
    [
      'the outlet by its page',
      [copy('a', { outlet: '皖江日报' }), copy('b', { outlet: '皖江日报', sourceName: '皖江日报 要闻' })],
      'b',
    ],
    ['the outlet in the other script', [copy('a'), copy('b', { outlet: '滬寧時報', sourceName: '沪宁时报' })], 'b'],
    ['the earlier of equals', [copy('a', { published: 5 }), copy('b', { published: 4 })], 'b'],
    ['the first seen where undated', [copy('a', { published: null, firstSeen: 900 }), copy('b')], 'a'],
    ['the smaller id where all is equal', [copy('b'), copy('a')], 'a'],
    ['a trusted summary before a mirror', [copy('a', { trust: 90, length: 80 }), copy('b', { trust: 20 })], 'a'],
  ])('takes %s', (_, copies, lead) => {
    expect(chooseLead(copies, null)).toBe(lead);
    expect(chooseLead([...copies].reverse(), null)).toBe(lead);
  });

  it('keeps the lead against what is hardly better', () => {
    expect(chooseLead([copy('a'), copy('b', { trust: 60 })], 'a')).toBe('a');
    expect(chooseLead([copy('a'), copy('b', { length: 660 })], 'a')).toBe('a');
  });

  it('gives it to a copy that brings the text, or is trusted far more', () => {
    expect(chooseLead([copy('a', { length: 70 }), copy('b')], 'a')).toBe('b');
    expect(chooseLead([copy('a'), copy('b', { trust: 90 })], 'a')).toBe('b');
  });

  it('chooses anew where the lead is gone', () => {
    expect(chooseLead([copy('b'), copy('c', { trust: 51 })], 'a')).toBe('c');
  });

  it('does not go back and forth', () => {
    const copies = [copy('a', { trust: 52 }), copy('b', { trust: 60 }), copy('c', { length: 500 })];
    const settled = chooseLead(copies, chooseLead(copies, 'c'));
    expect(chooseLead(copies, settled)).toBe(settled);
  });

  it('needs a copy', () => {
    expect(() => chooseLead([], null)).toThrow(RangeError);
  });
});
