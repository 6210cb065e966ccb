/** Keeps in Redis which sources other hubs push to this daemon, how that stands, and the bodies that have come. */
import { randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { keys, type Store } from '../redis/keys.ts';
import { check } from '../redis/pipeline.ts';
import type { Reason, StoredReason } from '../../model/reason.ts';
import { defineScript } from '../redis/luascript.ts';

/** One source that a hub was asked to push. */
export interface Following {
  readonly source: string;
  readonly hub: string;
  /** Address that the hub knows the source's document by. */
  readonly topic: string;
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
  readonly why: StoredReason | null;
}

/** A body as a hub sent it. */
export interface PushedBody {
  readonly id: string;
  readonly contentType: string;
  readonly body: Buffer;
  /** Number of the source's last whole reading when it came. */
  readonly sinceWhole: number;
}

const SECRET_BYTES = 32;
const DAY_SECONDS = 86_400;
/** Bodies of one source that may wait; a hub that sends more is asked to come again. */
const MAX_WAITING = 8;

const putIntoInbox = defineScript(
  'inbox-3',
  ['body', 'inbox', 'source'],
  ['id', 'contentType', 'body', 'most', 'keepSeconds'],
);

type Fields = Readonly<Record<string, string>>;

const REASON = z.object({
  code: z.string(),
  params: z.record(z.string(), z.unknown()).optional(),
}) as z.ZodType<Reason>;

const TIMES = ['askedAt', 'expiresAt', 'pushedAt', 'missedAt'] as const;

export async function readFollowing(store: Store, source: string): Promise<Following | null> {
  const fields: Fields = await store.redis.hgetall(keys.following(store, source));
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
    why: readWhy(why),
    ...(Object.fromEntries(times) as Record<(typeof TIMES)[number], number | null>),
  };
}

/** A reason is kept as JSON; versions before 0.2 kept a sentence, which may be the hub's own and look like anything. */
function readWhy(stored: string | undefined): StoredReason | null {
  if (!stored) return null;
  try {
    return REASON.parse(JSON.parse(stored));
  } catch {
    return stored;
  }
}

/** Notes that a hub is to be asked for a source, at the next look. */
export async function startFollowing(
  store: Store,
  wish: Pick<Following, 'source' | 'hub' | 'topic' | 'callback' | 'address' | 'documentUrl'>,
  now: number,
): Promise<void> {
  const { source, ...fields } = wish;
  const key = keys.following(store, source);
  const secret = randomBytes(SECRET_BYTES).toString('base64url');
  await check(
    store.redis
      .multi()
      .del(key)
      .hset(key, { ...fields, secret, state: 'asked', tries: '0' })
      .zadd(keys.looks(store), String(now), source)
      .exec(),
  );
}

const changeIfSame = defineScript('following-2', ['following', 'looks'], ['callback', 'source', 'lookAt', 'fields']);

/** Changes a following, and when it is looked at next; nothing where its callback is another by now. */
export async function changeFollowing(
  store: Store,
  { source, callback }: Pick<Following, 'source' | 'callback'>,
  fields: Partial<Omit<Following, 'source' | 'callback'>>,
  lookAt: number,
): Promise<void> {
  const values = Object.entries(fields).map(([name, value]) => [
    name,
    typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? ''),
  ]);
  await changeIfSame.run(store.redis, {
    keys: { following: keys.following(store, source), looks: keys.looks(store) },
    args: { callback, source, lookAt, fields: JSON.stringify(Object.fromEntries(values)) },
  });
}

/** Notes when the hub sent something (`pushedAt`) or failed to (`missedAt`). */
export async function noteFollowing(
  store: Store,
  { source }: Pick<Following, 'source'>,
  what: 'pushedAt' | 'missedAt',
  now: number,
): Promise<void> {
  const key = keys.following(store, source);
  if ((await store.redis.exists(key)) === 1) await store.redis.hset(key, what, String(now));
}

/** Forgets a following; for a day its hub finds under `token`, which only it knows, that this was meant. */
export async function forgetFollowing(
  store: Store,
  { source, topic }: Pick<Following, 'source' | 'topic'>,
  token: string,
): Promise<void> {
  await check(
    store.redis
      .multi()
      .del(keys.following(store, source), keys.inbox(store, source))
      .zrem(keys.looks(store), source)
      .set(keys.leftTopic(store, token), topic, 'EX', DAY_SECONDS)
      .exec(),
  );
}

/** The topic of a subscription that was left; null where there was none. */
export async function readLeft(store: Store, token: string): Promise<string | null> {
  return store.redis.get(keys.leftTopic(store, token));
}

/** All followed sources, with when each is to be looked at. */
export async function readLooks(store: Store): Promise<{ readonly source: string; readonly at: number }[]> {
  const rows = await store.redis.zrange(keys.looks(store), '0', '-1', 'WITHSCORES');
  return Array.from({ length: rows.length / 2 }, (_, i) => ({
    source: rows[2 * i] ?? '',
    at: Number(rows[2 * i + 1]),
  }));
}

/** Keeps a body until it is read; false where too many wait. */
export async function keepBody(
  store: Store,
  source: string,
  { contentType, body }: Pick<PushedBody, 'contentType' | 'body'>,
): Promise<boolean> {
  const id = randomUUID();
  const kept = await putIntoInbox.run(store.redis, {
    keys: { body: keys.pushed(store, id), inbox: keys.inbox(store, source), source: keys.source(store, source) },
    args: { id, contentType, body, most: MAX_WAITING, keepSeconds: DAY_SECONDS },
  });
  return kept === 1;
}

/** The oldest body that waits; null where none does. It stays until `dropBody`. */
export async function firstBody(store: Store, source: string): Promise<PushedBody | null> {
  for (;;) {
    const id = await store.redis.lindex(keys.inbox(store, source), 0);
    if (id === null) return null;
    const fields = await store.redis.hmgetBuffer(keys.pushed(store, id), 'contentType', 'body', 'whole');
    const [contentType, body, whole] = fields;
    if (contentType && body)
      return { id, contentType: contentType.toString(), body, sinceWhole: Number(whole?.toString() ?? 0) };
    await dropBody(store, source, id);
  }
}

export async function dropBody(store: Store, source: string, id: string): Promise<void> {
  await check(store.redis.multi().lrem(keys.inbox(store, source), 1, id).del(keys.pushed(store, id)).exec());
}
