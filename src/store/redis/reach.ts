/** Reaches Redis at a start: waits while it loads its data, and says in one sentence what else keeps it from serving. */
import type { Redis } from 'ioredis';
import { type Code, reason } from '../../reasons/catalogue.ts';
import { ReasonError, whyOf } from '../../reasons/whyof.ts';
import { messageOf } from '../../text/messageof.ts';
import { connectOnceMore, connectRedis, pingRedis, type RedisAddress } from './connect.ts';
import type { Store } from './keys.ts';
import { StoreError } from './storeerror.ts';

/** A Redis that nobody answers at is waited for so long: it may be starting, too. */
const ANSWER_MS = 10_000;
/** One attempt to connect and to be answered. */
const ATTEMPT_MS = 2_000;
const PAUSE_MS = 100;

/** Errors that no waiting mends, by how the server's begin (redis.io, "ACL" and "SELECT"), and what to do about each. */
const REFUSALS = [
  [/^(?:WRONGPASS|ERR invalid password)/, 'redis.wrong-password'],
  [/^NOAUTH/, 'redis.no-password'],
  [/^NOPERM/, 'redis.no-permission'],
  [/^ERR (?:DB index|invalid DB index)/, 'redis.no-database'],
] as const satisfies readonly (readonly [begins: RegExp, code: Code])[];

/** `isAway` hears what keeps Redis from answering, after each attempt, and Redis is waited for without limit. */
export interface Waiting {
  readonly signal?: AbortSignal | undefined;
  readonly isAway?: ((said: string) => void) | undefined;
}

/**
 * Resolves once Redis takes commands on the database that the address names. `tell` hears once that its data is still
 * being loaded, which is waited for without limit. Throws StoreError `unreachable`, with the sentence for a person, also
 * where `signal` ended the waiting.
 */
export async function reachRedis(
  address: RedisAddress,
  tell: (message: string) => void,
  { signal, isAway }: Waiting = {},
): Promise<void> {
  let deadline = performance.now() + ANSWER_MS;
  let toldLoading = false;
  for (;;) {
    const fault = await attempt(connectRedis(address, 'once'));
    if (fault === null) return;
    const said = fault.message;
    if (signal?.aborted === true) throw new StoreError('unreachable', reason('start.ended'));
    isAway?.(said);
    const refusal = REFUSALS.find(([begins]) => begins.test(said));
    if (refusal !== undefined) throw new StoreError('unreachable', reason(refusal[1], { said }));
    if (said.startsWith('LOADING')) {
      if (!toldLoading) tell('Redis loads its data: waiting for it');
      toldLoading = true;
      deadline = performance.now() + ANSWER_MS;
    } else if (isAway === undefined && performance.now() > deadline)
      throw new StoreError('unreachable', reason('redis.silent', { ms: ANSWER_MS, why: whyOf(fault) }));
    await new Promise((done) => setTimeout(done, PAUSE_MS));
  }
}

/** What a new connection to the store's Redis meets: an error of the server or the system, or a ReasonError; null: it is served. */
export function meetAnew(store: Pick<Store, 'redis'>): Promise<Error | null> {
  return attempt(connectOnceMore(store));
}

/** What kept a new connection from its database; null: nothing did. */
async function attempt(redis: Redis): Promise<Error | null> {
  // Faults of the handshake come as events: the connection goes on without password or database.
  const faults: Error[] = [];
  redis.on('error', (error: Error) => faults.push(error));
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Error>((done) => {
    timer = setTimeout(() => done(new ReasonError(reason('redis.no-command'))), ATTEMPT_MS);
  });
  const asked = greet(redis).then(
    () => faults[0] ?? null,
    (error: unknown) => faults[0] ?? new Error(messageOf(error)),
  );
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
    redis.disconnect();
  }
}

async function greet(redis: Redis): Promise<void> {
  await redis.connect();
  await redis.select(redis.options.db ?? 0);
  await pingRedis({ redis });
}
