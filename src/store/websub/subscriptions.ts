/** Keeps WebSub subscriptions in Redis: who wants which topic, until when, and the body that goes out next. */
import { createHash } from 'node:crypto';
import { keys, type Store } from '../redis/keys.ts';

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
const BODY_MS = 86_400_000;

export const subscriptionLimits = { all: 10_000, perTopic: 5_000, perHost: 500, topics: 200 } as const;

const pushKeys = {
  subscription: (s: Store, id: string) => `${s.prefix}push:subscription:${id}`,
  /** Zset: subscription id → end of its lease; of all, of a topic, of a callback's host. */
  all: (s: Store) => `${s.prefix}push:all`,
  topic: (s: Store, url: string) => `${s.prefix}push:topic:${url}`,
  host: (s: Store, host: string) => `${s.prefix}push:host:${host}`,
  /** Hash: topic → edition, for topics that anyone subscribes to. */
  topics: (s: Store) => `${s.prefix}push:topics`,
  /** Hash: topic → revision of its edition that was distributed last. */
  done: (s: Store) => `${s.prefix}push:done`,
  body: (s: Store, url: string) => `${s.prefix}push:body:${url}`,
};

export function subscriptionId(topic: string, callback: string): string {
  return createHash('sha256').update(`${topic}\n${callback}`, 'utf8').digest('hex').slice(0, 32);
}

/** Why no further subscription of this kind is taken; null where there is room. A renewal always has room. */
export async function refuseForLimits(
  store: Store,
  wish: Pick<Subscription, 'id' | 'topic' | 'callback'>,
  now: number,
): Promise<string | null> {
  const { redis } = store;
  if ((await redis.exists(pushKeys.subscription(store, wish.id))) === 1) return null;
  const [allKey, hostKey] = [pushKeys.all(store), pushKeys.host(store, hostOf(wish.callback))];
  await Promise.all([allKey, hostKey].map((key) => redis.zremrangebyscore(key, '-inf', now)));
  const [all, ofTopic, ofHost, topics, known] = await Promise.all([
    redis.zcard(allKey),
    redis.zcount(pushKeys.topic(store, wish.topic), `(${now}`, '+inf'),
    redis.zcard(hostKey),
    redis.hlen(pushKeys.topics(store)),
    redis.hexists(pushKeys.topics(store), wish.topic),
  ]);
  if (all >= subscriptionLimits.all) return 'this hub has no room for more subscriptions';
  if (ofTopic >= subscriptionLimits.perTopic) return 'this topic has no room for more subscriptions';
  if (ofHost >= subscriptionLimits.perHost) return 'too many subscriptions from one host';
  if (known === 1 || topics < subscriptionLimits.topics) return null;
  // Topics whose last lease ended are forgotten at their next change; for room it is done now.
  const { topics: kept } = await readTopics(store);
  const living = await Promise.all(kept.map(({ url }) => subscribersOf(store, url, now)));
  const taken = living.filter((ids) => ids.length > 0).length;
  return taken >= subscriptionLimits.topics ? 'too many different topics are subscribed to' : null;
}

/** Puts a verified subscription in force, or renews it. What its edition says now counts as known to the subscriber. */
export async function saveSubscription(store: Store, one: Subscription): Promise<void> {
  const { id, topic, edition, callback, secret, expiresAt } = one;
  const revision = (await store.redis.hget(keys.revisions(store), edition)) ?? '0';
  const key = pushKeys.subscription(store, id);
  await store.redis
    .multi()
    .set(key, JSON.stringify({ topic, edition, callback, secret, expiresAt }))
    .pexpireat(key, expiresAt)
    .zadd(pushKeys.all(store), expiresAt, id)
    .zadd(pushKeys.topic(store, topic), expiresAt, id)
    .zadd(pushKeys.host(store, hostOf(callback)), expiresAt, id)
    .hset(pushKeys.topics(store), topic, edition)
    .hsetnx(pushKeys.done(store), topic, revision)
    .exec();
}

export async function removeSubscription(
  store: Store,
  { id, topic, callback }: Pick<Subscription, 'id' | 'topic' | 'callback'>,
): Promise<void> {
  await store.redis
    .multi()
    .del(pushKeys.subscription(store, id))
    .zrem(pushKeys.all(store), id)
    .zrem(pushKeys.topic(store, topic), id)
    .zrem(pushKeys.host(store, hostOf(callback)), id)
    .exec();
}

/** The subscription in force under this id; null where its lease ended or there never was one. */
export async function readSubscription(store: Store, id: string): Promise<Subscription | null> {
  const json = await store.redis.get(pushKeys.subscription(store, id));
  return json === null ? null : { id, ...(JSON.parse(json) as Omit<Subscription, 'id'>) };
}

/** Ids of a topic's subscriptions in force; a topic that nobody wants any more is forgotten. */
export async function subscribersOf(store: Store, topic: string, now: number): Promise<string[]> {
  const key = pushKeys.topic(store, topic);
  const ids = await store.redis.zrangebyscore(key, `(${now}`, '+inf');
  await store.redis.zremrangebyscore(key, '-inf', now);
  if (ids.length === 0) await forgetTopic(store, topic);
  return ids;
}

export async function forgetTopic(store: Store, topic: string): Promise<void> {
  await store.redis
    .multi()
    .hdel(pushKeys.topics(store), topic)
    .hdel(pushKeys.done(store), topic)
    .del(pushKeys.topic(store, topic))
    .exec();
}

/** Topics with subscribers, and what was distributed of each last. */
export async function readTopics(
  store: Store,
): Promise<{ readonly topics: readonly Topic[]; readonly done: Readonly<Record<string, string>> }> {
  const topics = await store.redis.hgetall(pushKeys.topics(store));
  const names = Object.entries(topics).map(([url, edition]) => ({ url, edition }));
  return { topics: names, done: names.length === 0 ? {} : await store.redis.hgetall(pushKeys.done(store)) };
}

/** What was told to another hub last, by edition; `markDone` writes it. */
export async function readDone(store: Store, names: readonly string[]): Promise<(string | null)[]> {
  return names.length === 0 ? [] : store.redis.hmget(pushKeys.done(store), ...names);
}

export async function markDone(store: Store, topic: string, revision: string): Promise<void> {
  await store.redis.hset(pushKeys.done(store), topic, revision);
}

/** True where this body has gone to the subscribers already. */
export async function wasSent(store: Store, topic: string, etag: string): Promise<boolean> {
  return (await store.redis.hget(pushKeys.body(store, topic), 'sent')) === etag;
}

export async function markSent(store: Store, topic: string, etag: string): Promise<void> {
  await store.redis.hset(pushKeys.body(store, topic), 'sent', etag);
}

/** Takes what the feed says now for sent, where nothing was sent yet: a first change elsewhere is then no news here. */
export async function startFrom(store: Store, topic: string, etag: string): Promise<void> {
  const key = pushKeys.body(store, topic);
  await store.redis.multi().hsetnx(key, 'sent', etag).pexpire(key, BODY_MS).exec();
}

/** Keeps a body for delivery. */
export async function saveBody(
  store: Store,
  topic: string,
  { contentType, body }: { readonly contentType: string; readonly body: Buffer },
): Promise<void> {
  const key = pushKeys.body(store, topic);
  await store.redis.multi().hset(key, { contentType, body }).hincrby(key, 'version', 1).pexpire(key, BODY_MS).exec();
}

export async function readBody(store: Store, topic: string): Promise<TopicBody | null> {
  const [version, contentType, body] = await store.redis.hmgetBuffer(
    pushKeys.body(store, topic),
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
