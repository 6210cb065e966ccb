/** Which changes of editions are delivered and told to hubs: news, and not what a new source published long ago. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { commitEntries } from '../../src/store/stories/commit.ts';
import type { Store } from '../../src/store/redis/keys.ts';
import { saveSubscription } from '../../src/store/websub/subscriptions.ts';
import { createDistributor, type DistributorDeps } from '../../src/websub/distribute.ts';
import { makeCommitOptions, makeEntry, makeSubmission } from '../support/entries.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';

const TOPIC = 'http://a.example/feeds/all.rss';
const BOUNDS = { all: 9, ofTopic: 9, groups: [], narrowedTopics: null };

let redis: TestRedis;
let store: Store;
let now: number;
let told: string[];
let hub: ReturnType<DistributorDeps['hub']>;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());
beforeEach(() => {
  [store, now, told, hub] = [redis.store(), Date.UTC(2026, 10, 27, 4), [], { kind: 'own' }];
});

/** Commits an entry; `firstSeen`: of old news. */
async function commit(id: string, firstSeen?: number): Promise<void> {
  const submission = { ...makeSubmission(makeEntry({ id, title: `${id} 一条新闻`, text: id })), firstSeen };
  await commitEntries(store, [submission], makeCommitOptions(now));
}

async function look(): Promise<readonly string[]> {
  told = [];
  const distributor = createDistributor({
    store,
    now: () => now,
    hub: () => hub,
    render: (_, revision) => Promise.resolve({ etag: revision, contentType: 'a/b', body: Buffer.from(revision) }),
    deliver: (topic) => Promise.resolve(void told.push(topic)),
    ping: (_, topics) => Promise.resolve(void told.push(...topics)),
  });
  await distributor.look();
  now += 2_000;
  await distributor.look();
  return told;
}

const subscribe = (): Promise<string | null> =>
  saveSubscription(
    store,
    { id: 's', topic: TOPIC, edition: 'delta', callback: 'http://b.example/', secret: null, expiresAt: now + 1e9 },
    BOUNDS,
    now,
  );

test('old news is delivered with the next that is new, and not for itself', async () => {
  await commit('old before anyone subscribed', now - 1);
  await subscribe();
  expect(await look()).toEqual([]);
  await commit('older', now - 1);
  expect(await look()).toEqual([]);
  await commit('new');
  expect(await look()).toEqual([TOPIC]);
  expect(await look()).toEqual([]);
  // A change of what was old news once is one.
  const changed = makeSubmission(makeEntry({ id: 'older', title: 'older 一条新闻', text: 'corrected' }));
  await commitEntries(store, [{ ...changed, hash: 'another', firstSeen: now - 1 }], makeCommitOptions(now));
  expect(await look()).toEqual([TOPIC]);
});

test('nor is another hub told of it', async () => {
  hub = { kind: 'other', url: 'http://hub.example/', topics: new Map([['delta', [TOPIC]]]) };
  await commit('first');
  expect(await look()).toEqual([TOPIC]);
  await commit('old', now - 1);
  expect(await look()).toEqual([]);
  await commit('second');
  expect(await look()).toEqual([TOPIC]);
});
