/** Keeps the secret that daemons over one Redis sign with. */
import { randomBytes } from 'node:crypto';
import { keys, type Store } from '../redis/keys.ts';

const SECRET_BYTES = 32;

/** The secret, made at the first call of all; base64url. */
export async function readSecret(store: Store): Promise<string> {
  const key = keys.secret(store);
  await store.redis.set(key, randomBytes(SECRET_BYTES).toString('base64url'), 'NX');
  const kept = await store.redis.get(key);
  if (kept === null) throw new Error('Redis forgot the secret as it was made');
  return kept;
}
