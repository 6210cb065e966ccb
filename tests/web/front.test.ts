/** Holds that no source fills the first page of an edition, and that what it leaves out stands on the next ones. */
import { parseAtomFeed } from 'feedsmith';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keys } from '../../src/store/redis/keys.ts';
import { readFront } from '../../src/store/stories/front.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { makeConfig, makeEdition, makeSource, NOW, type RunningWeb, seedEntries, startWeb } from './seed.ts';

let redis: TestRedis;
let web: RunningWeb;

beforeAll(async () => {
  redis = await startRedis();
  const config = makeConfig({
    sources: ['x', 'a', 'b', 'c'].map((id) => makeSource(id)),
    editions: ['flood', 'two', 'one', 'few'].map((id) => makeEdition(id, { size: 8 })),
  });
  web = await startWeb(redis, { config });
  const seed = (edition: string, sources: string) =>
    seedEntries(
      web.store,
      // The first is the newest.
      sources.split('').map((source, i) => ({
        id: `${edition}-${source}${i}`,
        source,
        at: NOW - (i + 1) * 60_000,
        editions: [edition],
      })),
    );
  await seed('flood', `${'x'.repeat(30)}ab${'x'.repeat(10)}abcabcab`);
  await seed('two', 'xxxxaxxxxxxxxx');
  await seed('one', 'xxxxxxxxxxxx');
  await seed('few', 'xxxab');
});
afterAll(async () => {
  await web.close();
  await redis.stop();
});

const shown = (body: string) =>
  [...body.matchAll(/news\.example\/([a-z]+-[a-z]\d+)\.html" title/g)].map(([, id]) => id ?? '');
const read = async (path: string) => (await web.get(path)).text();
const sourcesOf = (ids: readonly string[]) => ids.map((id) => /-([a-z])/.exec(id)?.[1] ?? '').join('');

function nextOf(body: string): string | null {
  const found = parseAtomFeed(body).links?.find(({ rel }) => rel === 'next')?.href;
  return found === undefined ? null : found.slice(web.url.length);
}

describe('the first page', () => {
  test.each([
    ['flood', 'xxababcc', 'two of eight are led by any source, the one that floods too'],
    ['two', 'xxxxaxxx', 'where others do not fill the page, the newest do'],
    ['one', 'xxxxxxxx', 'a source alone has all of it'],
    ['few', 'xxxab', 'an edition that fits is whole'],
  ])('of %s is %s: %s', async (edition, sources) => {
    expect(sourcesOf(shown(await read(`/feeds/${edition}.atom`)))).toBe(sources);
  });

  test.each(['flood', 'two', 'one', 'few'])('of %s leads to every story, and to each once', async (edition) => {
    const seen: string[] = [];
    let pages = 0;
    for (let at: string | null = `/feeds/${edition}.atom`; at !== null && pages < 20; pages++) {
      const body = await read(at);
      for (const id of shown(body)) seen.push(id);
      at = nextOf(body);
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toHaveLength(await web.store.redis.zcard(keys.edition(web.store, edition)));
  });

  test('asked for by source, has what that source has', async () => {
    const ids = shown(await read('/feeds/flood.atom?source=x'));
    expect(sourcesOf(ids)).toBe('xxxxxxxx');
  });

  test('finds the source of a lead whose name or id must be escaped in JSON', async () => {
    const id = 'od"d\\';
    const ids = ['a', 'b', 'c'].map((n) => `${id}${n}`);
    await seedEntries(
      web.store,
      ids.map((one, i) => ({ id: one, source: i < 2 ? 'q"q' : 'z', at: NOW - i, editions: ['odd'] })),
    );
    const { rows, next } = await readFront(web.store, 'odd', { since: null, limit: 2, most: 1 });
    expect(rows.map(({ lead }) => lead.id)).toEqual([ids[0], ids[2]]);
    expect(next?.story).toBe(ids[0]);
  });
});
