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
    [
      'the outlet in the other script',
      [copy('a', { outlet: '沪宁时报' }), copy('b', { outlet: '滬寧時報', sourceName: '沪宁时报' })],
      'b',
    ],
    ['no claim that nobody else makes', [copy('a'), copy('b', { outlet: '沪宁时报', sourceName: '沪宁时报' })], 'a'],
    [
      'no claim that only its own source repeats',
      [
        copy('b', { outlet: '沪宁时报', sourceName: '沪宁时报' }),
        copy('a', { published: 500 }),
        copy('c', { source: 'b', outlet: '沪宁时报', sourceName: '沪宁时报' }),
      ],
      'a',
    ],
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

  it.each<[string, Partial<Copy>, Partial<Copy>]>([
    ['is trusted far more', {}, { trust: 90 }],
    ['is trusted a little more and brings the text', { length: 70 }, { trust: 51 }],
    ['is the fuller text of the same source', { length: 70 }, { source: 'a' }],
    [
      'is the fuller text of the same outlet',
      { length: 70, sourceName: '皖江日报 快讯' },
      { sourceName: '皖江日报 要闻' },
    ],
  ])('gives it to a copy that %s', (_, now, rival) => {
    expect(chooseLead([copy('a', now), copy('b', rival)], 'a')).toBe('b');
  });

  it.each<[string, Partial<Copy>, Partial<Copy>]>([
    ['names itself as the outlet', { outlet: '坏站' }, { outlet: '坏站', sourceName: '坏站' }],
    ['names the outlet of the lead', { outlet: '皖江日报', sourceName: '皖江日报' }, { outlet: '皖江日报' }],
    ['brings more text and no more trust', { length: 70 }, { length: 9000 }],
    ['is the fuller text of the same outlet, trusted less', { length: 70 }, { source: 'a', trust: 49 }],
    ['begins its name alike', { length: 70, sourceName: '皖江日报' }, { sourceName: '皖江晚报' }],
  ])('keeps the lead against a copy that %s', (_, now, rival) => {
    expect(chooseLead([copy('a', now), copy('b', rival)], 'a')).toBe('a');
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
