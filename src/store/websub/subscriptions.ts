/** Keeps WebSub subscriptions in Redis: who wants which topic, until when, and the body that goes out next. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { keys, type Store } from '../redis/keys.ts';
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
});

export function subscriptionId(topic: string, callback: string): string {
  return createHash('sha256').update(`${topic}\n${callback}`, 'utf8').digest('hex').slice(0, 32);
}

/** What stands in force already, beside one more subscription. */
export interface SubscriptionCounts {
  readonly all: number;
  readonly ofTopic: number;
  /** Of the callback's host. */
  readonly ofHost: number;
  /** Different topics, those included whose last lease ended since their last change. */
  readonly topics: number;
  /** The topic is among them. */
  readonly topicKnown: boolean;
}

/** Counts for a wished subscription; null where it stands already and would be renewed. */
export async function countSubscriptions(
  store: Store,
  wish: Pick<Subscription, 'id' | 'topic' | 'callback'>,
  now: number,
): Promise<SubscriptionCounts | null> {
  const { redis } = store;
  if ((await redis.exists(keys.subscription(store, wish.id))) === 1) return null;
  const [allKey, hostKey] = [keys.subscriptions(store), keys.subscriptionsOfHost(store, hostOf(wish.callback))];
  await Promise.all([allKey, hostKey].map((key) => redis.zremrangebyscore(key, '-inf', now)));
  const [all, ofTopic, ofHost, topics, known] = await Promise.all([
    redis.zcard(allKey),
    redis.zcount(keys.subscriptionsOfTopic(store, wish.topic), `(${now}`, '+inf'),
    redis.zcard(hostKey),
    redis.hlen(keys.topics(store)),
    redis.hexists(keys.topics(store), wish.topic),
  ]);
  return { all, ofTopic, ofHost, topics, topicKnown: known === 1 };
}

/** Puts a verified subscription in force, or renews it. What its edition says now counts as known to the subscriber. */
export async function saveSubscription(store: Store, one: Subscription): Promise<void> {
  const { id, topic, edition, callback, secret, expiresAt } = one;
  const revision = (await store.redis.hget(keys.revisions(store), edition)) ?? '0';
  const key = keys.subscription(store, id);
  await check(
    store.redis
      .multi()
      .set(key, JSON.stringify({ topic, edition, callback, secret, expiresAt }))
      .pexpireat(key, expiresAt)
      .zadd(keys.subscriptions(store), expiresAt, id)
      .zadd(keys.subscriptionsOfTopic(store, topic), expiresAt, id)
      .zadd(keys.subscriptionsOfHost(store, hostOf(callback)), expiresAt, id)
      .hset(keys.topics(store), topic, edition)
      .hsetnx(keys.distributed(store), topic, revision)
      .exec(),
  );
}

export async function removeSubscription(
  store: Store,
  { id, topic, callback }: Pick<Subscription, 'id' | 'topic' | 'callback'>,
): Promise<void> {
  await check(
    store.redis
      .multi()
      .del(keys.subscription(store, id))
      .zrem(keys.subscriptions(store), id)
      .zrem(keys.subscriptionsOfTopic(store, topic), id)
      .zrem(keys.subscriptionsOfHost(store, hostOf(callback)), id)
      .exec(),
  );
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
  await store.redis.hset(keys.topicBody(store, topic), 'sent', etag);
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

function hostOf(callback: string): string {
  return URL.canParse(callback) ? new URL(callback).hostname : '';
}
