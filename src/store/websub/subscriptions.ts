/** Keeps WebSub subscriptions in Redis: who wants which topic, until when, and the body that goes out next. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { keys, type Store } from '../redis/keys.ts';
import { defineScript } from '../redis/luascript.ts';
import { check } from '../redis/pipeline.ts';
import { DAY_MS } from '../../text/time.ts';
import { outline } from '../redis/storedjson.ts';

/** One callback's wish for one topic. */
export interface Subscription {
  /** 32 hex digits of a SHA-256 over topic and callback. */
  readonly id: string;
  readonly topic: string;
  readonly edition: string;
  readonly callback: string;
  /** Signs what is sent (HMAC-SHA256); null: unsigned. */
  readonly secret: string | null;
  /** Epoch ms at which the lease ends. */
  readonly expiresAt: number;
  /** Names of the groups that it counts in. */
  readonly groups: readonly string[];
}

/** What was distributed of a topic last. */
export interface TopicBody {
  /** Counts up with each distribution. */
  readonly version: number;
  readonly contentType: string;
  readonly body: Buffer;
}

export interface Topic {
  readonly url: string;
  readonly edition: string;
}

/** Bodies are for deliveries under way and their retries, which end within a day. */
const BODY_MS = DAY_MS;

const SUBSCRIPTION = outline<Omit<Subscription, 'id'>>({
  topic: z.string(),
  edition: z.string(),
  callback: z.string(),
  secret: z.string().nullable(),
  expiresAt: z.number(),
  // Versions before 0.2 counted by host.
  groups: z.array(z.string()).default([]),
});

export function subscriptionId(topic: string, callback: string): string {
  return createHash('sha256').update(`${topic}\n${callback}`, 'utf8').digest('hex').slice(0, 32);
}

/** How many subscriptions of each group a new one may find in force. */
export interface SubscriptionBounds {
  readonly all: number;
  readonly ofTopic: number;
  /** Groups of subscriptions by other things that they have in common, each under a name of its own. */
  readonly groups: readonly { readonly name: string; readonly most: number }[];
  /** Different narrowed topics; null: this one is none. */
  readonly narrowedTopics: number | null;
}

const subscribe = defineScript(
  'subscribe-6-more',
  ['subscription', 'topics', 'distributed', 'narrowed', 'revisions', 'unannounced'],
  ['id', 'json', 'now', 'expiresAt', 'topic', 'edition', 'most', 'mostNarrowed', 'topicPrefix', 'save'],
);

/**
 * Puts a verified subscription in force, or renews it; what its edition says now counts as known to the subscriber. Null,
 * or what is full: `all`, `topic`, `narrowed topics`, or the name of a group. `save` false: asks only.
 */
export async function saveSubscription(
  store: Store,
  one: Omit<Subscription, 'groups'>,
  { all, ofTopic, groups, narrowedTopics }: SubscriptionBounds,
  now: number,
  save = true,
): Promise<string | null> {
  const { id, topic, edition, callback, secret, expiresAt } = one;
  const names = groups.map(({ name }) => name);
  const full = Number(
    await subscribe.run(store.redis, {
      keys: {
        subscription: keys.subscription(store, id),
        topics: keys.topics(store),
        distributed: keys.distributed(store),
        narrowed: keys.narrowedTopics(store),
        revisions: keys.revisions(store),
        unannounced: keys.unannounced(store),
      },
      more: groupKeys(store, topic, names),
      args: {
        id,
        json: JSON.stringify({ topic, edition, callback, secret, expiresAt, groups: names }),
        now,
        expiresAt,
        topic,
        edition,
        most: JSON.stringify([all, ofTopic, ...groups.map(({ most }) => most)]),
        mostNarrowed: narrowedTopics ?? -1,
        topicPrefix: keys.subscriptionsOfTopic(store, ''),
        save: save ? 1 : 0,
      },
    }),
  );
  if (full === 0) return null;
  return full < 0 ? 'narrowed topics' : (['all', 'topic', ...names][full - 1] ?? '');
}

/** The zsets that a subscription counts in. */
function groupKeys(store: Store, topic: string, groups: readonly string[]): string[] {
  const others = groups.map((name) => keys.subscriptionsOf(store, name));
  return [keys.subscriptions(store), keys.subscriptionsOfTopic(store, topic), ...others];
}

export async function removeSubscription(store: Store, id: string): Promise<void> {
  const one = await readSubscription(store, id);
  if (one === null) return;
  const transaction = store.redis.multi().del(keys.subscription(store, id));
  for (const key of groupKeys(store, one.topic, one.groups)) transaction.zrem(key, id);
  await check(transaction.exec());
}

/** The subscription in force under this id; null where its lease ended or there never was one. */
export async function readSubscription(store: Store, id: string): Promise<Subscription | null> {
  const key = keys.subscription(store, id);
  const json = await store.redis.get(key);
  return json === null ? null : { ...SUBSCRIPTION.read(json, key), id };
}

/** Ids of a topic's subscriptions in force; a topic without subscribers is forgotten. */
export async function subscribersOf(store: Store, topic: string, now: number): Promise<string[]> {
  const key = keys.subscriptionsOfTopic(store, topic);
  const ids = await store.redis.zrangebyscore(key, `(${now}`, '+inf');
  await store.redis.zremrangebyscore(key, '-inf', now);
  if (ids.length === 0) await forgetTopic(store, topic);
  return ids;
}

export async function forgetTopic(store: Store, topic: string): Promise<void> {
  await check(
    store.redis
      .multi()
      .hdel(keys.topics(store), topic)
      .zrem(keys.narrowedTopics(store), topic)
      .hdel(keys.distributed(store), topic)
      .del(keys.subscriptionsOfTopic(store, topic))
      .exec(),
  );
}

/** Topics with subscribers, and what was distributed of each last. */
export async function readTopics(
  store: Store,
): Promise<{ readonly topics: readonly Topic[]; readonly done: Readonly<Record<string, string>> }> {
  const topics = await store.redis.hgetall(keys.topics(store));
  const names = Object.entries(topics).map(([url, edition]) => ({ url, edition }));
  return { topics: names, done: names.length === 0 ? {} : await store.redis.hgetall(keys.distributed(store)) };
}

/** The name under which `markDone` keeps what another hub was told of an edition. */
export function pingOf(edition: string): string {
  return `ping ${edition}`;
}

/** What was told to another hub last, by edition; `markDone` writes it. */
export async function readDone(store: Store, names: readonly string[]): Promise<(string | null)[]> {
  return names.length === 0 ? [] : store.redis.hmget(keys.distributed(store), ...names);
}

export async function markDone(store: Store, topic: string, revision: string): Promise<void> {
  await store.redis.hset(keys.distributed(store), topic, revision);
}

/** True where this body has gone to the subscribers already. */
export async function wasSent(store: Store, topic: string, etag: string): Promise<boolean> {
  return (await store.redis.hget(keys.topicBody(store, topic), 'sent')) === etag;
}

export async function markSent(store: Store, topic: string, etag: string): Promise<void> {
  const key = keys.topicBody(store, topic);
  await check(store.redis.multi().hset(key, 'sent', etag).pexpire(key, BODY_MS).exec());
}

/** Takes what the feed says now for sent, where nothing was sent yet: a first change elsewhere is then no news here. */
export async function startFrom(store: Store, topic: string, etag: string): Promise<void> {
  const key = keys.topicBody(store, topic);
  await check(store.redis.multi().hsetnx(key, 'sent', etag).pexpire(key, BODY_MS).exec());
}

/** Keeps a body for delivery. */
export async function saveBody(
  store: Store,
  topic: string,
  { contentType, body }: { readonly contentType: string; readonly body: Buffer },
): Promise<void> {
  const key = keys.topicBody(store, topic);
  await check(
    store.redis.multi().hset(key, { contentType, body }).hincrby(key, 'version', 1).pexpire(key, BODY_MS).exec(),
  );
}

/** The version of the body that waits for delivery; null where there is none. */
export async function readBodyVersion(store: Store, topic: string): Promise<string | null> {
  return store.redis.hget(keys.topicBody(store, topic), 'version');
}

export async function readBody(store: Store, topic: string): Promise<TopicBody | null> {
  const [version, contentType, body] = await store.redis.hmgetBuffer(
    keys.topicBody(store, topic),
    'version',
    'contentType',
    'body',
  );
  if (!version || !contentType || !body) return null;
  return { version: Number(version), contentType: contentType.toString(), body };
}
