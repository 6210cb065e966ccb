/** Items are timed, ordered and converted the same way whatever they come with and in. */
import { describe, expect, test } from 'vitest';
import { convertItem, orderItems, publicationTime } from '../../src/publish/edition.ts';
import { makeCopy, makeItem, NOON } from './sample.ts';

const HOUR_MS = 3_600_000;

describe('publicationTime', () => {
  test.each([
    ['the publisher says when', { published: NOON - HOUR_MS, firstSeen: NOON, updated: NOON }, NOON - HOUR_MS],
    ['unsaid: first seen', { published: null, firstSeen: NOON, updated: NOON + HOUR_MS }, NOON],
    [
      'a clock five minutes ahead is believed',
      { published: NOON + 300_000, firstSeen: NOON, updated: NOON },
      NOON + 300_000,
    ],
    ['local time labelled GMT is not', { published: NOON + 8 * HOUR_MS, firstSeen: NOON, updated: NOON }, NOON],
    [
      'later than first seen, but known since',
      { published: NOON + HOUR_MS, firstSeen: NOON, updated: NOON + 2 * HOUR_MS },
      NOON + HOUR_MS,
    ],
    ['the epoch is no date', { published: 0, firstSeen: NOON, updated: NOON }, NOON],
    ['not a number', { published: Number.NaN, firstSeen: NOON, updated: NOON }, NOON],
    ['a year that no date has', { published: 9e15, firstSeen: NOON, updated: NOON }, NOON],
    ['nothing but the update', { published: null, firstSeen: Number.NaN, updated: NOON }, NOON],
    ['nothing at all', { published: null, firstSeen: Number.NaN, updated: -1 }, null],
  ])('%s', (_, times, expected) => {
    expect(publicationTime(times)).toBe(expected);
  });

  test('no time lies after the document', () => {
    expect(publicationTime({ published: NOON + HOUR_MS, firstSeen: NOON, updated: NOON + HOUR_MS }, NOON)).toBe(NOON);
  });
});

describe('orderItems', () => {
  const items = [
    makeItem({ id: 'early', published: NOON - HOUR_MS }),
    makeItem({ id: 'tie-seen-late', published: NOON, firstSeen: NOON + 2000 }),
    makeItem({ id: 'tie-seen-early', published: NOON, firstSeen: NOON + 1000 }),
    makeItem({ id: 'unsaid', published: null, firstSeen: NOON + 1 }),
    makeItem({ id: 'twin-b', published: NOON - 5 }),
    makeItem({ id: 'twin-a', published: NOON - 5 }),
  ];
  const expected = ['unsaid', 'tie-seen-late', 'tie-seen-early', 'twin-a', 'twin-b', 'early'];

  test('newest first, first seen as tie-break and stand-in', () => {
    expect(orderItems(items).map(({ id }) => id)).toEqual(expected);
  });

  test('does not depend on the order given and leaves that alone', () => {
    const turned = [...items].reverse();
    expect(orderItems(turned).map(({ id }) => id)).toEqual(expected);
    expect(turned[0]?.id).toBe('twin-a');
  });
});

describe('convertItem', () => {
  const item = makeItem({
    title: '干部走访后里台门',
    summary: '头发的发与发展的发。',
    content:
      '<p title="发展" class="x">发展<a href="https://x.example/发展?a=发">头发</a><img src="https://x.example/发.jpg" alt="理发"></p>',
    authors: ['范后'],
    outlet: '新华社',
    categories: ['发展'],
    regions: [{ code: '340100', name: '合肥县区划' }],
    copies: [makeCopy({ title: '发展', outlet: '晚报', script: 'hans' }), makeCopy({ title: '發展', script: 'hant' })],
  });
  const converted = convertItem(item, 'hant');

  test('converts title, text, names of outlets, regions and categories', () => {
    expect(converted.title).toContain('幹部');
    expect(converted.summary).toBe('頭髮的發與發展的發。');
    expect(converted).toMatchObject({
      outlet: '新華社',
      categories: ['發展'],
      regions: [{ code: '340100', name: '合肥縣區劃' }],
    });
    expect(converted.script).toBe('hant');
  });

  test('converts text nodes, alt and title, and no tag, address or other attribute', () => {
    expect(converted.content).toBe(
      '<p title="發展">發展<a href="https://x.example/%E5%8F%91%E5%B1%95?a=%E5%8F%91">頭髮</a><img src="https://x.example/%E5%8F%91.jpg" alt="理髮"></p>',
    );
  });

  test('leaves the names of people and every address', () => {
    expect(converted.authors).toEqual(['范后']);
    expect(converted.link).toBe(item.link);
    expect(converted.source).toEqual(item.source);
  });

  test('converts each copy once', () => {
    expect(converted.copies.map(({ title }) => title)).toEqual(['發展', '發展']);
  });

  test('leaves an item of that script as it is', () => {
    const hant = makeItem({ title: '后裡', script: 'hant' });
    expect(convertItem(hant, 'hant')).toBe(hant);
    expect(convertItem(converted, 'hant')).toBe(converted);
  });

  test('reads markup as markup: an escaped tag stays text', () => {
    expect(convertItem(makeItem({ content: '<p>&lt;发 &amp; 展&gt;</p>' }), 'hant').content).toBe(
      '<p>&lt;發 &amp; 展&gt;</p>',
    );
  });
});
