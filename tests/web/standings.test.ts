/** What is said of where stories are costs no more than it has to, and knows digests and the ids that readers see. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keepDigest } from '../../src/store/keptdigests.ts';
import { ASSEMBLER } from '../../src/pipeline/assemble.ts';
import { rankOf } from '../../src/store/stories/ranks.ts';
import { joinStories } from '../../src/store/stories/arrange.ts';
import { withdrawStory } from '../../src/store/stories/withdraw.ts';
import { createPageTurns } from '../../src/web/feeds/pageturns.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { makeConfig, makeEdition, NOW, type RunningWeb, seedEntries, startWeb } from './seed.ts';

const STORIES = 60;
const digest = { atMinute: 450, stories: 2 };
const config = makeConfig({
  editions: [
    makeEdition('delta'),
    makeEdition('shared', { size: 5, perSource: 2 }),
    makeEdition('morning', { digest }),
  ],
});
const byHand = { now: NOW, configVersion: 'c1', ledgerCount: 1000, assembler: ASSEMBLER };

let redis: TestRedis;
let web: RunningWeb;
/** What readers of story pages made the server look up. */
let lookups = 0;

beforeAll(async () => {
  redis = await startRedis();
  web = await startWeb(redis, {
    config,
    desk: {
      placesOf: async () => {
        lookups++;
        return [];
      },
    },
  });
  await seedEntries(
    web.store,
    Array.from({ length: STORIES }, (_, n) => ({
      id: `s${n}`,
      source: ['hfrb', 'jsxw', 'gone'][n % 3] ?? '',
      at: NOW - n * 1000,
      editions: ['delta', 'shared', 'morning'],
    })),
  );
});
afterAll(async () => {
  await web.close();
  await redis.stop();
});

interface Why {
  readonly entry: { readonly id: string };
  readonly in: readonly { readonly edition: string; readonly page: number; readonly day: string }[];
  readonly out: readonly { readonly edition: string; readonly by: string }[];
}

const ask = async (query: Record<string, string>) =>
  (await (await web.get(`/api/why?${new URLSearchParams(query)}`)).json()) as Why;

describe('/api/why', () => {
  test.each([
    { id: 'urn:deltawire:story:s7' },
    { url: 'urn:deltawire:story:s7' },
    { url: 'https://wire.example/news/stories/s7' },
    { url: 'http://127.0.0.1:8480/stories/s7.json?lang=en#copies' },
    { id: '/stories/s7' },
  ])('knows a story by what readers see of it: %j', async (query) => {
    expect((await ask(query)).entry.id).toBe('s7');
  });

  test('tells of an edition of digests which one tells of a story, or that none does', async () => {
    const line = { title: 't', outlet: 'o', others: [], summary: '', place: null };
    const tell = (day: string, at: number, stories: readonly string[]) =>
      keepDigest(web.store, 'morning', { day, at, lines: stories.map((story) => ({ ...line, story })) });
    await tell('2026-06-01', NOW - 2 * 86_400_000, ['s3', 's4']);
    await tell('2026-06-02', NOW - 86_400_000, ['s5']);
    const inMorning = { edition: 'morning', page: 1, day: '2026-06-01' };
    expect((await ask({ id: 's3', edition: 'morning' })).in).toMatchObject([inMorning]);
    const none = await ask({ id: 's8', edition: 'morning' });
    expect([none.in, none.out.map(({ by }) => by)]).toEqual([[], ['digest']]);
    await withdrawStory(web.store, 's4', 'taken back', byHand);
    const gone = await ask({ id: 's4', edition: 'morning' });
    expect([gone.in, gone.out.map(({ by }) => by)]).toEqual([[], ['withdrawn']]);
  });
});

describe('the page of a story', () => {
  test('has nothing looked up where it is gone or lives elsewhere, and only the editions for readers', async () => {
    const server = { ...config.settings.server, admin: { user: 'ops', password: 'secret' } };
    web.set({ config: { ...config, settings: { ...config.settings, server } } });
    await withdrawStory(web.store, 's10', 'taken back', byHand);
    await joinStories(web.store, 's11', 's12', byHand);
    const statuses = await Promise.all(
      ['s10', 's10.json', 's12', 'nothing'].map(async (id) => (await web.get(`/stories/${id}`)).status),
    );
    expect([statuses, lookups]).toEqual([[410, 410, 301, 404], 0]);
    expect((await web.get('/stories/s11')).status).toBe(200);
    expect(lookups).toBe(1);
    web.set({ config });
  });
});

describe('the page on which a story is, with `perSource`', () => {
  const readLeads = async () => {
    const stats = await redis.connect().info('commandstats');
    return Number(/cmdstat_hmget:calls=(\d+)/.exec(stats)?.[1] ?? 0);
  };

  test('is found without walking the pages before it again, until the edition changes', async () => {
    const turns = createPageTurns();
    const looked = async (story: string) => {
      const rank = await rankOf(web.store, 'shared', story);
      const before = await readLeads();
      const asked = { edition: 'shared', since: null, size: 5, perSource: 2, story, rank: rank ?? -1 };
      const found = await turns.find(web.store, asked);
      return { found, looks: (await readLeads()) - before };
    };
    const first = await looked('s55');
    expect(first.looks).toBeGreaterThan(50);
    const again = await looked('s55');
    expect(again.found).toEqual(first.found);
    expect(again.looks).toBeLessThan(10);
    const fresh = createPageTurns();
    for (const story of ['s50', 's20', 's2', 's41', 's58']) {
      const rank = (await rankOf(web.store, 'shared', story)) ?? -1;
      const asked = { edition: 'shared', since: null, size: 5, perSource: 2, story, rank };
      expect([story, (await looked(story)).found]).toEqual([story, await createPageTurns().find(web.store, asked)]);
      expect(await fresh.find(web.store, asked)).toEqual((await looked(story)).found);
    }
    await seedEntries(web.store, [{ id: 'newest', at: NOW + 1, editions: ['shared'] }]);
    const later = await looked('s55');
    expect(later.looks).toBeGreaterThan(50);
    expect(later.found).toEqual((await looked('s55')).found);
  });

  test('is found too where stories come before it meanwhile', async () => {
    const turns = createPageTurns();
    const rank = (await rankOf(web.store, 'shared', 's30')) ?? -1;
    const asked = { edition: 'shared', since: null, size: 5, perSource: 2, story: 's30', rank: rank - 4 };
    expect(await turns.find(web.store, asked)).toEqual(await createPageTurns().find(web.store, { ...asked, rank }));
  });
});
