import { describe, expect, it } from 'vitest';
import { outlets } from '../../src/demo/sampleoutlets.ts';
import { createWorld } from '../../src/demo/world.ts';
import type { Item, World } from '../../src/demo/world.ts';

const START = Date.UTC(2026, 10, 23, 3, 0, 0);
const INTERVAL_MS = 4000;

const begin = (seed: number): World => createWorld({ startedAt: START, intervalMs: INTERVAL_MS, seed });

/** Every item that `count` arrivals bring, and the clock's order of them. */
function watch(world: World, count: number): Item[] {
  const seen = new Map<string, Item>();
  const note = (): void => {
    for (const { id } of outlets) for (const item of world.itemsOf(id)) seen.set(item.path, item);
  };
  note();
  const before = seen.size;
  for (let tick = 1; tick <= count; tick++) {
    world.advance(START + tick * INTERVAL_MS);
    note();
  }
  return [...seen.values()].slice(before);
}

describe('arrivals', () => {
  it('come one an interval, dated by the clock, and not before', () => {
    const world = begin(1);
    world.advance(START + INTERVAL_MS - 1);
    expect(world.arrivals()).toBe(0);
    world.advance(START + INTERVAL_MS);
    expect(world.arrivals()).toBe(1);
    world.advance(START);
    expect(world.arrivals()).toBe(1);
    const items = watch(begin(1), 50);
    expect(items.map(({ at }) => at)).toEqual(items.map((_item, index) => START + (index + 1) * INTERVAL_MS));
  });

  it.each([1, 2, 3])('repeat no title in 2000, and reach every outlet that tells (seed %i)', (seed) => {
    const world = begin(seed);
    const first = outlets.flatMap(({ id }) => world.itemsOf(id)).map(({ title }) => title);
    const titles = [...first, ...watch(world, 2000).map(({ title }) => title)];
    expect(titles.length).toBe(first.length + 2000);
    expect(new Set(titles).size).toBe(titles.length);
    expect(titles.filter((title) => title.includes('（续'))).toEqual([]);
    const telling = outlets.filter(({ deltaShare }) => deltaShare !== null);
    expect(telling.map(({ id }) => world.itemsOf(id).length)).toEqual(telling.map(() => 30));
  });

  it('are the same whether they were watched one by one or asked for at once', () => {
    const [step, leap] = [begin(4), begin(4)];
    watch(step, 300);
    leap.advance(START + 300 * INTERVAL_MS);
    for (const { id } of outlets) expect(leap.itemsOf(id)).toEqual(step.itemsOf(id));
  });

  it('stay bounded after a long sleep, and go on', () => {
    const world = begin(5);
    const year = 365 * 24 * 3_600_000;
    world.advance(START + year);
    expect(world.arrivals()).toBe(1500);
    const newest = Math.max(...outlets.flatMap(({ id }) => world.itemsOf(id)).map(({ at }) => at));
    expect(newest).toBeGreaterThan(START + year - INTERVAL_MS);
    world.advance(START + year + 2 * INTERVAL_MS);
    expect(world.arrivals()).toBe(1502);
  });

  it('leave old pages behind but keep those that a list still shows', () => {
    const world = begin(6);
    const first = world.itemsOf('jianghuai')[0];
    for (let tick = 1000; tick <= 8000; tick += 1000) world.advance(START + tick * INTERVAL_MS);
    expect(world.itemAt(first?.path ?? '')).toBeNull();
    for (const { id } of outlets) for (const { path } of world.itemsOf(id)) expect(world.itemAt(path)?.path).toBe(path);
  });
});

describe('what is told', () => {
  const items = watch(begin(9), 1500);
  const of = (id: string): Item[] => items.filter(({ outlet }) => outlet.id === id);

  it('leaves no slot of a template open', () => {
    for (const { title, paragraphs } of items) expect(title + paragraphs.join('')).not.toMatch(/[{}=]|undefined|NaN/);
  });

  it('keeps the numbers of its sentences in their ranges', () => {
    const months = items.flatMap(({ paragraphs }) =>
      [...paragraphs.join('').matchAll(/试行(\d+)个月/g)].map(([, n]) => Number(n)),
    );
    expect(months.length).toBeGreaterThan(10);
    expect(Math.max(...months)).toBeLessThanOrEqual(20);
  });

  it('lets about a third of the national outlet concern the region', () => {
    const own = of('national').filter(({ isCopy }) => !isCopy);
    const delta = own.filter(({ title }) => DELTA.test(title));
    expect(own.length).toBeGreaterThan(80);
    expect(delta.length / own.length).toBeGreaterThan(0.2);
    expect(delta.length / own.length).toBeLessThan(0.5);
  });

  it.each([
    '王?.宁波',
    '沪宁新书',
    '复合肥',
    '兴和县',
    '苏州河',
    '南京西路',
    '家长宁可',
    '辽宁国企',
    '合肥路',
    '长宁县',
  ])('has the misleading name %s', (pattern) => {
    expect(items.some(({ title }) => new RegExp(pattern).test(title))).toBe(true);
  });

  it('copies stories under other headlines, with the origin named', () => {
    const copies = items.filter(({ isCopy, outlet }) => isCopy && outlet.form !== 'rss-mirror');
    expect(copies.length).toBeGreaterThan(100);
    const titles = new Set(items.map(({ title }) => title));
    const marks = /^(本网关注丨|快讯 \| |【转载】|\[样报\] )/;
    for (const { title, paragraphs, origin, outlet, province } of copies) {
      expect(title).toMatch(marks);
      expect(outlet.provinces.length === 0 || outlet.provinces.includes(province)).toBe(true);
      expect(paragraphs.at(-1)).toBe(`（来源：${origin}）`);
    }
    const found = copies.filter(({ title }) => titles.has(title.replace(marks, '')));
    expect(found.length / copies.length).toBeGreaterThan(0.9);
  });

  it('gives some stories to three outlets', () => {
    const copies = new Map<string, Set<string>>();
    for (const { outlet, paragraphs, isCopy } of items) {
      if (!isCopy || outlet.form === 'rss-mirror') continue;
      const key = paragraphs[0] ?? '';
      copies.set(key, (copies.get(key) ?? new Set()).add(outlet.id));
    }
    expect([...copies.values()].filter((ids) => ids.size >= 2).length).toBeGreaterThan(5);
  });

  it('gives most stories a picture, which their copies show too, and machine-made copies none', () => {
    const own = items.filter(({ isCopy, paragraphs }) => !isCopy && paragraphs.length > 0);
    const share = own.filter(({ picture }) => picture !== null).length / own.length;
    expect([share > 0.6, share < 0.73]).toEqual([true, true]);
    expect(items.every(({ picture, paragraphs }) => picture === null || paragraphs.length > 0)).toBe(true);
    const pictures = new Set(own.map(({ picture }) => picture));
    const copies = items.filter(({ isCopy, picture }) => isCopy && picture !== null);
    expect(copies.length).toBeGreaterThan(50);
    expect(copies.filter(({ picture }) => !pictures.has(picture)).length).toBeLessThan(copies.length / 10);
    expect(of('jinghua-hant').filter(({ picture }) => picture !== null)).toEqual([]);
  });

  it('puts lines that are no news into the newspaper, and nowhere else', () => {
    const notices = items.filter(({ topic }) => ['版面', '广告'].includes(topic));
    expect(notices.length).toBeGreaterThan(3);
    expect(new Set(notices.map(({ outlet }) => outlet.id))).toEqual(new Set(['changjiang']));
  });

  it('marks every person as a sample', () => {
    for (const { reporter, editor } of items) {
      expect(reporter).toMatch(/^.样.$/);
      expect(editor).toMatch(/^.样.$/);
    }
  });
});

const DELTA =
  /合肥(?!路|每)|芜湖|蚌埠|淮南|马鞍山|淮北|铜陵|安庆|黄山|滁州|阜阳|宿州|六安|亳州|池州|宣城|上海|南京|无锡|徐州|常州|苏州(?!路)|南通|连云港|淮安|盐城|扬州|镇江(?!关)|泰州|宿迁|杭州|宁波(?!获)|温州|嘉兴|湖州|绍兴|金华|衢州|舟山|台州|丽水|长三角/;
