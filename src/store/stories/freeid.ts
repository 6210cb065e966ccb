/** Gives an entry that leaves its story an id for a story of its own. */
import { keys, type Store } from '../redis/keys.ts';
import { resolveStory } from './stories.ts';

const MAX_IDS = 100;

/** The entry's own id, which was its story's before that was merged into `from`, or one made of it. */
export async function freeId(store: Store, entry: string, from: string): Promise<string> {
  for (let i = 1; i <= MAX_IDS; i++) {
    const id = i === 1 ? entry : `${entry}-${i}`;
    const [standing, leads] = await Promise.all([
      store.redis.exists(keys.story(store, id)),
      store.redis.get(keys.alias(store, id)),
    ]);
    if (standing === 0 && (leads === null || (await resolveStory(store, id)) === from)) return id;
  }
  throw new Error(`${entry} left its story ${MAX_IDS} times`);
}
