import { reason } from '../../src/reasons/catalogue.ts';
import { describe, expect, it } from 'vitest';
import { identify } from '../../src/feed/items/identity.ts';
import type { Identifiable } from '../../src/feed/items/identity.ts';
import type { Identity } from '../../src/model/source.ts';
import { fixture, readOk } from './documents.ts';

const item = (more: Partial<Identifiable>): Identifiable => ({
  guid: null,
  link: null,
  title: '题目',
  date: '',
  body: '',
  image: null,
  enclosures: [],
  ...more,
});
const ids = (...items: Identifiable[]): string[] => identify('s', items).map(({ id }) => id);

describe('identify', () => {
  it('gives 20 lower-case base32 characters that depend on the source', () => {
    const one = item({ guid: 'a' });
    expect(ids(one)[0]).toMatch(/^[a-z2-7]{20}$/);
    expect(identify('other', [one])[0]?.id).not.toBe(ids(one)[0]);
  });

  it.each([
    ['a title edit under a guid', item({ guid: 'a', title: '旧' }), item({ guid: 'a', title: '新' })],
    [
      'a title edit under a link',
      item({ link: 'http://e.cn/1', title: '旧' }),
      item({ link: 'http://e.cn/1', title: '新' }),
    ],
    ['another fragment', item({ link: 'http://e.cn/1#top' }), item({ link: 'http://e.cn/1#bottom' })],
    ['another counter', item({ guid: 'http://e.cn/1#0' }), item({ guid: 'http://e.cn/1#1' })],
    ['another relative date', item({ title: '无链接' }), item({ title: '无链接' })],
  ])('survives %s', (_, before, after) => {
    expect(ids(after)).toEqual(ids(before));
  });

  it.each([
    ['links', item({ link: 'http://e.cn/1' }), item({ link: 'http://e.cn/2' })],
    ['routes behind #', item({ link: 'http://e.cn/#/1' }), item({ link: 'http://e.cn/#/2' })],
    [
      'titles on the front page',
      item({ link: 'http://e.cn/', title: '甲' }),
      item({ link: 'http://e.cn/', title: '乙' }),
    ],
    ['dates without guid and link', item({ date: '2024-05-01' }), item({ date: '2024-05-02' })],
  ])('tells %s apart', (_, a, b) => {
    expect(ids(a)).not.toEqual(ids(b));
  });

  it('gives items that share a guid ids that their order does not change', () => {
    const [a, b] = [item({ guid: 'live', title: '早' }), item({ guid: 'live', title: '晚' })];
    const [first, second] = ids(a, b);
    expect(first).not.toBe(second);
    expect(ids(b, a)).toEqual([second, first]);
  });

  it.each<readonly [Identity, Partial<Identifiable>]>([
    ['guid', { link: 'http://e.cn/2', title: '乙' }],
    ['link', { guid: 'b', title: '乙' }],
    ['title+date', { guid: 'b', link: 'http://e.cn/2' }],
  ])('goes by %s alone where the source says so', (identity, other) => {
    const whole = { guid: 'a', link: 'http://e.cn/1', title: '甲', date: '2024-05-01' };
    const idOf = (more: Partial<Identifiable>) => identify('s', [item({ ...whole, ...more })], identity)[0]?.id;
    expect(idOf(other)).toBe(idOf({}));
    expect(idOf({ guid: 'c', link: 'http://e.cn/3', title: '丙' })).not.toBe(idOf({}));
  });

  it('folds an item without guid and link that says what another one says, and no other', () => {
    const one = item({ title: '停水通知', date: '2026-11-01', body: '明日停水。'.repeat(60) });
    const others = [
      { ...one, body: `${one.body}本周恢复。` },
      { ...one, date: '2026-11-02' },
      { ...one, enclosures: [{ url: 'https://e.cn/1.mp3' }] },
    ];
    const all = ids(one, ...others);
    expect(new Set(all).size).toBe(4);
    expect(ids(one, { ...one }, ...others, { ...one })).toEqual(all);
    // Of items that say nothing at all nothing shows that they are the same.
    expect(ids(item({ title: '' }), item({ title: '' }))).toHaveLength(2);
  });

  it('folds an item that is repeated under #0 and #1', async () => {
    const { items, repairs } = await readOk(fixture('repeats.xml'));
    expect(items.map(({ title }) => title)).toEqual(['同一条', '早间播报', '晚间播报', '首页推荐甲', '首页推荐乙']);
    expect(new Set(items.map(({ id }) => id)).size).toBe(5);
    expect(repairs).toContainEqual(reason('repair.items-folded', { items: 1 }));
  });
});
