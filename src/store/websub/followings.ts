/** Keeps in Redis which sources other hubs push to this daemon, how that stands, and the bodies that have come. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { Store } from '../redis/keys.ts';
import { toScript } from '../redis/script.ts';
import type { Advert } from '../../websub/advert.ts';
import { tokenOf } from '../../websub/callbackurl.ts';

/** One source that a hub was asked to push. */
export interface Following extends Advert {
  readonly source: string;
  /** Where the hub sends to; its last part is the hub's secret and ours. */
  readonly callback: string;
  /** Signs what the hub sends. */
  readonly secret: string;
  /** The source's configured address; another one is another source. */
  readonly address: string;
  /** Address of the document, against which its links are read. */
  readonly documentUrl: string;
  /** `active`: the hub confirmed; its lease may have ended since. `denied`: it will not. */
  readonly state: 'asked' | 'active' | 'denied';
  /** Requests since the hub last confirmed. */
  readonly tries: number;
  readonly askedAt: number | null;
  /** End of the lease. */
  readonly expiresAt: number | null;
  /** When the hub last sent something. */
  readonly pushedAt: number | null;
  /** When a poll last found what the hub should have sent. */
  readonly missedAt: number | null;
  /** Why it is not active; null where it is, or where nothing is known. */
  readonly why: string | null;
}

/** A body as a hub sent it. */
export interface PushedBody {
  readonly id: string;
  readonly contentType: string;
  readonly body: Buffer;
}

const followingKeys = {
  /** Hash: the fields of a Following. */
  following: (s: Store, source: string) => `${s.prefix}push:following:${source}`,
  /** Zset: source → when its following is to be looked at next. */
  looks: (s: Store) => `${s.prefix}push:followings`,
  /** String: topic of a subscription that ended here, for its hub to have confirmed. */
  left: (s: Store, token: string) => `${s.prefix}push:left:${token}`,
  /** List: ids of bodies that wait, oldest first. */
  inbox: (s: Store, source: string) => `${s.prefix}push:inbox:${source}`,
  pushed: (s: Store, id: string) => `${s.prefix}push:pushed:${id}`,
};

const SECRET_BYTES = 32;
const DAY_SECONDS = 86_400;
/** Bodies of one source that may wait; a hub that sends more is asked to come again. */
const MAX_WAITING = 8;

type Fields = Readonly<Record<string, string>>;

const TIMES = ['askedAt', 'expiresAt', 'pushedAt', 'missedAt'] as const;

export async function readFollowing(store: Store, source: string): Promise<Following | null> {
  const fields: Fields = await store.redis.hgetall(followingKeys.following(store, source));
  const { hub, topic, callback, secret, address, documentUrl, state, tries, why } = fields;
  if (!hub || !topic || !callback || !secret || !address || !documentUrl) return null;
  const times = TIMES.map((name) => [name, fields[name] ? Number(fields[name]) : null] as const);
  return {
    source,
    hub,
    topic,
    callback,
    secret,
    address,
    documentUrl,
    state: state === 'active' || state === 'denied' ? state : 'asked',
    tries: Number(tries ?? 0),
    why: why ? why : null,
    ...(Object.fromEntries(times) as Record<(typeof TIMES)[number], number | null>),
  };
}

/** Notes that a hub is to be asked for a source, at the next look. */
export async function startFollowing(
  store: Store,
  wish: Advert & Pick<Following, 'source' | 'callback' | 'address' | 'documentUrl'>,
  now: number,
): Promise<void> {
  const { source, ...fields } = wish;
  const key = followingKeys.following(store, source);
  const secret = randomBytes(SECRET_BYTES).toString('base64url');
  await store.redis
    .multi()
    .del(key)
    .hset(key, { ...fields, secret, state: 'asked', tries: '0' })
    .zadd(followingKeys.looks(store), String(now), source)
    .exec();
}

/** Only where the callback is still the one that is meant: the subscription may have been left or made anew meanwhile. */
const changeIfSame = toScript(
  "if redis.call('HGET', KEYS[1], 'callback') ~= ARGV[1] then return 0 end " +
    "redis.call('HSET', KEYS[1], unpack(ARGV, 4)) redis.call('ZADD', KEYS[2], ARGV[3], ARGV[2]) return 1",
);

/** Changes a following, and when it is looked at next. */
export async function changeFollowing(
  store: Store,
  { source, callback }: Pick<Following, 'source' | 'callback'>,
  fields: Partial<Omit<Following, 'source' | 'callback'>>,
  lookAt: number,
): Promise<void> {
  const values = Object.entries(fields).flatMap(([name, value]) => [name, String(value ?? '')]);
  const names = [followingKeys.following(store, source), followingKeys.looks(store)];
  await changeIfSame(store.redis, names, [callback, source, lookAt, ...values]);
}

/** Notes when the hub sent something (`pushedAt`) or failed to (`missedAt`). */
export async function noteFollowing(
  store: Store,
  { source }: Pick<Following, 'source'>,
  what: 'pushedAt' | 'missedAt',
  now: number,
): Promise<void> {
  const key = followingKeys.following(store, source);
  if ((await store.redis.exists(key)) === 1) await store.redis.hset(key, what, String(now));
}

/** Forgets a following; for a day its hub finds that this was meant. */
export async function forgetFollowing(store: Store, { source, callback, topic }: Following): Promise<void> {
  await store.redis
    .multi()
    .del(followingKeys.following(store, source), followingKeys.inbox(store, source))
    .zrem(followingKeys.looks(store), source)
    .set(followingKeys.left(store, tokenOf(callback)), topic, 'EX', DAY_SECONDS)
    .exec();
}

/** The topic of a subscription that was left; null where there was none. */
export async function readLeft(store: Store, token: string): Promise<string | null> {
  return store.redis.get(followingKeys.left(store, token));
}

/** All followed sources, with when each is to be looked at. */
export async function readLooks(store: Store): Promise<{ readonly source: string; readonly at: number }[]> {
  const rows = await store.redis.zrange(followingKeys.looks(store), '0', '-1', 'WITHSCORES');
  return Array.from({ length: rows.length / 2 }, (_, i) => ({
    source: rows[2 * i] ?? '',
    at: Number(rows[2 * i + 1]),
  }));
}

export function leaseHolds({ state, expiresAt }: Pick<Following, 'state' | 'expiresAt'>, now: number): boolean {
  return state === 'active' && expiresAt !== null && expiresAt > now;
}

/** True where polling may be rare: the lease holds, and what was new last came from the hub. */
export function isPushed(following: Following, now: number): boolean {
  const { pushedAt, missedAt } = following;
  return leaseHolds(following, now) && pushedAt !== null && (missedAt === null || pushedAt >= missedAt);
}

/** Keeps a body until it is read; false where too many wait. */
export async function keepBody(
  store: Store,
  source: string,
  { contentType, body }: Omit<PushedBody, 'id'>,
): Promise<boolean> {
  const inbox = followingKeys.inbox(store, source);
  if ((await store.redis.llen(inbox)) >= MAX_WAITING) return false;
  const id = randomUUID();
  const key = followingKeys.pushed(store, id);
  await store.redis
    .multi()
    .hset(key, { contentType, body })
    .expire(key, DAY_SECONDS)
    .rpush(inbox, id)
    .expire(inbox, DAY_SECONDS)
    .exec();
  return true;
}

/** The oldest body that waits; null where none does. It stays until `dropBody`. */
export async function firstBody(store: Store, source: string): Promise<PushedBody | null> {
  for (;;) {
    const id = await store.redis.lindex(followingKeys.inbox(store, source), 0);
    if (id === null) return null;
    const [contentType, body] = await store.redis.hmgetBuffer(followingKeys.pushed(store, id), 'contentType', 'body');
    if (contentType && body) return { id, contentType: contentType.toString(), body };
    await dropBody(store, source, id);
  }
}

export async function dropBody(store: Store, source: string, id: string): Promise<void> {
  await store.redis.multi().lrem(followingKeys.inbox(store, source), 1, id).del(followingKeys.pushed(store, id)).exec();
}
