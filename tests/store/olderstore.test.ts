/** Opens a store that deltawire 0.1.0 wrote and holds that everything in it reads as it did there. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Config } from '../../src/model/config.ts';
import { isOpenSession } from '../../src/store/auth/sessions.ts';
import { readSecret } from '../../src/store/auth/secret.ts';
import { readCoverageByDay } from '../../src/store/ledger/coverage.ts';
import { readFigures, readMatching, readTotals } from '../../src/store/ledger/figures.ts';
import { queryLedger } from '../../src/store/ledger/ledger.ts';
import { readRuleCounts } from '../../src/store/ledger/rulecounts.ts';
import { claimLayout } from '../../src/store/redis/connect.ts';
import { keys, type Store } from '../../src/store/redis/keys.ts';
import { readRecurrences, readSpam } from '../../src/store/sources/habits.ts';
import { emptyState } from '../../src/store/sources/state.ts';
import { readSourceState } from '../../src/store/sources/sources.ts';
import { fileOldStories } from '../../src/store/stories/oldindex.ts';
import { entriesOfKey, readEntry, readRevisions, readStory, resolveStory } from '../../src/store/stories/stories.ts';
import { firstBody, readFollowing, readLooks } from '../../src/store/websub/followings.ts';
import { readBody, readSubscription, readTopics } from '../../src/store/websub/subscriptions.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { makeConfig, makeEdition, makeSource, startWeb, type RunningWeb } from '../web/seed.ts';

const FIXTURE = new URL('../fixtures/store/0.1.0', import.meta.url).href;

interface Expected {
  readonly now: number;
  readonly token: string;
  readonly feeds: Readonly<Record<string, string>>;
  readonly [name: string]: unknown;
}

const expected = JSON.parse(readFileSync(new URL(`${FIXTURE}.expected.json`), 'utf8')) as Expected;
const one = (name: string) => Object.entries(expected[name] as Readonly<Record<string, unknown>>);

const EDITION = { regions: ['安徽', '江苏', '上海', '浙江'] };
const CONFIG: Config = makeConfig(
  {
    sources: [
      makeSource('hfrb', { name: '合肥日报', region: '合肥', trust: 80, url: 'https://hfrb.example/rss.xml' }),
      makeSource('jsxw', { name: '江苏新闻', region: '江苏', keep: ['扬子江'], url: 'https://jsxw.example/rss.xml' }),
      makeSource('wbnw', { name: '皖北农网', drop: ['抽奖'], url: 'https://wbnw.example/list.html', kind: 'page' }),
    ],
    editions: [
      makeEdition('delta', { title: '长三角', ...EDITION }),
      makeEdition('anhui', { title: '安徽', regions: ['安徽'] }),
    ],
    rules: [
      { of: 'source', id: 'jsxw', list: 'keep', rule: '扬子江', at: { file: 'sources.yaml', line: 3 } },
      { of: 'source', id: 'wbnw', list: 'drop', rule: '抽奖', at: { file: 'sources.yaml', line: 9 } },
    ],
  },
  { baseUrl: 'https://news.example.org' },
);

let redis: TestRedis;
let store: Store;
let web: RunningWeb;

beforeAll(async () => {
  redis = await startRedis();
  store = redis.store();
  for (const line of readFileSync(new URL(`${FIXTURE}.commands.jsonl`), 'utf8')
    .trim()
    .split('\n')) {
    const [command, key, ...values] = JSON.parse(line) as [string, string, ...(string | { readonly base64: string })[]];
    const bytes = values.map((value) => (typeof value === 'string' ? value : Buffer.from(value.base64, 'base64')));
    await store.redis.call(command, `${store.prefix}${key}`, ...bytes);
  }
  web = await startWeb(redis, { config: CONFIG, store });
  web.set({ now: expected.now });
});
afterAll(async () => {
  await web.close();
  await redis.stop();
});

/** As JSON has it: what is undefined is not there. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('a store written by 0.1.0', () => {
  it('is opened', async () => {
    await expect(claimLayout(store)).resolves.toBeUndefined();
  });

  it.each(Object.keys(expected.feeds))('serves the same items in the same order as %s', async (path) => {
    // Since then the outlet is the author of what nobody signs.
    const unsigned = (item: object) =>
      Object.fromEntries(Object.entries(item).filter(([name]) => !/^authors?$/.test(name)));
    const itemsOf = (body: string) =>
      path.endsWith('.json')
        ? (JSON.parse(body) as { items: object[] }).items.map(unsigned)
        : [...body.matchAll(/<(item|entry)>.*?<\/\1>/gs)].map(([item]) =>
            item.replaceAll(/\s*<dc:creator>[^<]*<\/dc:creator>/g, ''),
          );
    const response = await web.get(`/feeds/${path}`);
    expect(itemsOf(await response.text())).toEqual(itemsOf(expected.feeds[path] ?? ''));
  });

  it.each(one('entries'))('reads the entry %s with its decisions', async (id, entry) => {
    expect(plain(await readEntry(store, id))).toMatchObject(entry as object);
  });

  it.each(one('stories'))('reads the story %s', async (id, story) => {
    expect(plain(await readStory(store, id))).toEqual(story);
  });

  it('follows stories that became part of others', async () => {
    expect(await resolveStory(store, 'wheat')).toBe('market');
  });

  it.each(one('sources'))('reads the state of the source %s', async (id, state) => {
    // What that version did not know is as of a source that was never polled.
    expect(plain(await readSourceState(store, id))).toEqual({
      ...(plain(emptyState(id)) as object),
      ...(state as object),
    });
  });

  it('reads the ledger, by its index too', async () => {
    expect(plain(await queryLedger(store, { limit: 100 }))).toEqual(expected['ledger']);
    const ids = async (query: object) => (await queryLedger(store, { limit: 100, ...query })).rows.map(({ id }) => id);
    expect(await ids({ text: '芜湖' })).toEqual(expected['found']);
    expect(await ids({ region: '340000', decision: 'merged' })).toEqual(expected['byRegion']);
  });

  it('reads figures, rule counts and habits', async () => {
    expect(await readRevisions(store)).toEqual(expected['revisions']);
    expect(await readTotals(store)).toEqual(expected['totals']);
    expect(await readMatching(store)).toEqual(expected['matching']);
    expect(Object.fromEntries(await readFigures(store, expected.now, 3))).toEqual(expected['figures']);
    const days = await readCoverageByDay(store, expected.now, 3);
    expect(days.map(({ day, counts }) => ({ day, counts: Object.fromEntries(counts) }))).toEqual(expected['coverage']);
    expect(await readRuleCounts(store, CONFIG.rules)).toMatchObject(expected['rules'] as object[]);
    expect(Object.fromEntries(await readSpam(store))).toEqual(expected['spam']);
    expect(await readRecurrences(store, 'hfrb')).toBe(expected['recurrences']);
  });

  it('keeps who is logged in, and what addresses are signed with', async () => {
    expect(await isOpenSession(store, expected.token, 'admin:secret', expected.now)).toBe(true);
    expect(await readSecret(store)).toBe(expected['secret']);
  });

  it('keeps subscriptions, followings and the bodies that wait', async () => {
    const subscription = expected['subscription'] as { readonly id: string; readonly topic: string };
    expect(await readSubscription(store, subscription.id)).toEqual({ ...subscription, groups: [] });
    expect(await readTopics(store)).toEqual(expected['topics']);
    expect((await readBody(store, subscription.topic))?.body.toString()).toBe('<rss/>');
    expect(await readFollowing(store, 'hfrb')).toEqual(expected['following']);
    expect(await readLooks(store)).toEqual(expected['looks']);
    expect((await firstBody(store, 'hfrb'))?.body.toString()).toBe('<rss>推送</rss>');
  });

  it('finds its entries by the keys that they had', async () => {
    const old = await readOldKeys();
    expect(old.size).toBeGreaterThan(30);
    const window = { now: expected.now, windowMs: 30 * 86_400_000 };
    const moved: number[] = [];
    const tell = { stories: () => undefined, postings: (done: number) => void moved.push(done) };
    await fileOldStories(store, window, tell);
    expect(moved.length).toBeGreaterThan(20);
    expect(await readOldKeys()).toEqual(new Map());
    const found = new Map<string, ReadonlySet<string>>();
    for (const key of old.keys()) found.set(key, new Set(await entriesOfKey(store, key, window.now, window.windowMs)));
    expect(found).toEqual(old);
    await fileOldStories(store, window, tell);
    expect(moved.length).toBe(new Set(moved).size);
  });
});

/** Key → the entries that an older version posted under it. */
async function readOldKeys(): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const found = new Map<string, Set<string>>();
  const start = keys.postings(store);
  for (const name of await store.redis.keys(`${start}*:*`))
    for (const [field, references] of Object.entries(await store.redis.hgetallBuffer(name))) {
      const key = field.charAt(0) + name.slice(-2) + field.slice(1);
      const entries = found.get(key) ?? new Set();
      for (let at = 0; at < references.length; at += 5) {
        const reference = references.readUIntBE(at, 5);
        const hash = `${keys.entryNames(store)}${Math.floor(reference / 128)}`;
        const entry = await store.redis.hget(hash, String(reference % 128));
        if (entry !== null && (await store.redis.hexists(keys.entry(store, entry), 'v')) === 1) entries.add(entry);
      }
      found.set(key, entries);
    }
  return found;
}
