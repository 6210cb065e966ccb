/** Keeps who is logged in to the desk, for every web process: a token's hash and what it stands for, until it expires. */
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { keys, type Store } from '../redis/keys.ts';
import { outline } from '../redis/storedjson.ts';

/** OWASP's Session Management Cheat Sheet asks for 64 bits at least. */
const TOKEN_BYTES = 32;
/** A session that is not used for so long has ended. */
const IDLE_SECONDS = 12 * 3_600;
/** A new login is asked for after so long, however much the session is used. */
export const LONGEST_SECONDS = 7 * 86_400;

interface Kept {
  /** Epoch milliseconds of the login. */
  readonly since: number;
  readonly seal: string;
}

const KEPT = outline<Kept>({ since: z.number(), seal: z.string() });

/** Redis knows the hash only: a leak of its data opens no session. */
function keyOf(store: Store, token: string): string {
  return keys.session(store, createHash('sha256').update(token).digest('hex'));
}

/** Ties a session to the login it was opened with, by a key that is kept nowhere: a new password ends every session. */
function sealOf(token: string, login: string): string {
  return createHmac('sha256', token).update(login).digest('base64');
}

/** Opens a session under a token that never was before, and returns it. `login`: user and password in force. */
export async function openSession(store: Store, login: string, now: number): Promise<string> {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  const kept: Kept = { since: now, seal: sealOf(token, login) };
  await store.redis.set(keyOf(store, token), JSON.stringify(kept), 'EX', IDLE_SECONDS);
  return token;
}

/** True where the token's session is open for this login; its idle time starts over. */
export async function isOpenSession(store: Store, token: string, login: string, now: number): Promise<boolean> {
  const key = keyOf(store, token);
  const found = await store.redis.getex(key, 'EX', IDLE_SECONDS);
  if (found === null) return false;
  const { since, seal } = KEPT.read(found, key);
  return now - since < LONGEST_SECONDS * 1_000 && seal === sealOf(token, login);
}

export async function closeSession(store: Store, token: string): Promise<void> {
  await store.redis.del(keyOf(store, token));
}
