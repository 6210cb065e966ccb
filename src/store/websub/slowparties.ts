/** Remembers for a day whose callbacks were slow to take what was delivered, for every worker. */
import { keys, type Store } from '../redis/keys.ts';

const SLOW_SECONDS = 86_400;

export async function isSlow(store: Store, party: string): Promise<boolean> {
  return (await store.redis.exists(keys.slowParty(store, party))) === 1;
}

export async function noteSpeed(store: Store, party: string, speed: 'slow' | 'prompt'): Promise<void> {
  const key = keys.slowParty(store, party);
  if (speed === 'slow') await store.redis.set(key, '1', 'EX', SLOW_SECONDS);
  else await store.redis.del(key);
}
