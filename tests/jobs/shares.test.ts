import { describe, expect, it } from 'vitest';
import { createShares, ingestShare, pageShare, pollShare, type Shares } from '../../src/jobs/shares.ts';
import { makeConfig, makeSource } from '../support/configs.ts';
import { makeItem } from '../support/entries.ts';

const NOW = 1_000_000;
/** Of three places. */
const MANY = { of: 'ingests of many items', most: 2 };

function takeMany(shares: Shares, name: string, most: number, count: number) {
  return Array.from({ length: count }, () => shares.take([{ of: name, most }]));
}
const waits = (taken: ReturnType<typeof takeMany>) => taken.map((one) => ('waitMs' in one ? one.waitMs : 0));

describe('shares', () => {
  it('let so many of one name start, and have each of the rest come back at a moment of its own', () => {
    expect(
      waits(
        takeMany(
          createShares(() => NOW),
          'a',
          2,
          5,
        ),
      ),
    ).toEqual([0, 0, 100, 200, 300]);
  });

  it('let others pass by', () => {
    const shares = createShares(() => NOW);
    takeMany(shares, 'a', 1, 500);
    expect(waits(takeMany(shares, 'b', 1, 1))).toEqual([0]);
  });

  it('are free again once one leaves, however often it says so', () => {
    const shares = createShares(() => NOW);
    const [first] = takeMany(shares, 'a', 2, 2);
    if (first !== undefined && 'leave' in first) for (let i = 0; i < 3; i++) first.leave();
    expect(waits(takeMany(shares, 'a', 2, 2))).toEqual([0, 100]);
  });

  it('take all or none', () => {
    const shares = createShares(() => NOW);
    takeMany(shares, 'site', 1, 1);
    expect(
      'waitMs' in
        shares.take([
          { of: 'source', most: 1 },
          { of: 'site', most: 1 },
        ]),
    ).toBe(true);
    expect(waits(takeMany(shares, 'source', 1, 1))).toEqual([0]);
  });
});

it('jobs of many items leave a place to others, and one of them always finds one', () => {
  const items = Array.from({ length: 200 }, (_, i) => ({ item: makeItem({ id: `${i}` }), hash: '' }));
  const shareOf = (source: string, places: number) =>
    ingestShare({ source, feedTitle: null, baseUrl: '', items }, places);
  for (const [places, most] of [
    [1, 1],
    [2, 1],
    [5, 4],
  ] as const) {
    const shares = createShares(() => NOW);
    const taken = Array.from({ length: 8 }, (_, i) => shares.take(shareOf(`s${i}`, places)));
    expect(taken.filter((one) => 'leave' in one)).toHaveLength(most);
  }
});

describe('what a job takes', () => {
  const config = makeConfig({
    sources: [
      makeSource({ id: 'a', url: 'https://rss.one.example.cn/a.xml' }),
      makeSource({ id: 'b', url: 'https://m.one.example.cn:8443/b.xml' }),
      makeSource({ id: 'hub', url: 'rsshub://x' }),
    ],
    fetch: { concurrency: 20, perHostConcurrency: 1 },
  });
  const shareOf = (source: string) => pollShare(config, { source, why: 'schedule' });

  it('a poll: a quarter for one registered domain', () => {
    expect(shareOf('a')).toEqual([{ of: 'poll example.cn', most: 5 }]);
    expect(shareOf('b')).toEqual(shareOf('a'));
    expect([shareOf('hub'), shareOf('none')]).toEqual([[], []]);
  });

  it('pages: of the source, and of the site that they lie at', () => {
    const pages = (link: string | null) =>
      pageShare({ source: 'a', feedTitle: null, baseUrl: '', hash: '', item: makeItem({ id: '1', link }) });
    expect(pages('http://www.two.example:81/n/1')).toEqual([
      { of: 'pages of a', most: 3 },
      { of: 'pages at two.example', most: 3 },
    ]);
    expect(pages(null)).toEqual([{ of: 'pages of a', most: 3 }]);
  });

  it.each([
    [20, []],
    [21, [{ of: 'ingest a', most: 1 }]],
    [100, [{ of: 'ingest a', most: 1 }]],
    [101, [{ of: 'ingest a', most: 1 }, MANY]],
  ])('%i items to read', (count, wanted) => {
    const items = Array.from({ length: count }, (_, i) => ({ item: makeItem({ id: `${i}` }), hash: '' }));
    expect(ingestShare({ source: 'a', feedTitle: null, baseUrl: '', items }, 3)).toEqual(wanted);
    expect(ingestShare({ source: 'a' }, 3)).toEqual([{ of: 'ingest a', most: 1 }]);
  });

  it.each([
    [1, 200_000, []],
    [1, 300_000, [{ of: 'long ingests', most: 1 }]],
    // In batches of twenty.
    [200, 20_000, [{ of: 'ingest a', most: 1 }, MANY, { of: 'long ingests', most: 1 }]],
    [200, 10_000, [{ of: 'ingest a', most: 1 }, MANY]],
  ])('%i items of %i characters', (count, characters, wanted) => {
    const item = makeItem({ id: 'i', content: '文'.repeat(characters) });
    const items = Array.from({ length: count }, () => ({ item, hash: '' }));
    expect(ingestShare({ source: 'a', feedTitle: null, baseUrl: '', items }, 3)).toEqual(wanted);
  });
});
