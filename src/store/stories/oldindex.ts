/** Gives stories that an older version stored the index by which editions are narrowed. */
import { keys, type Store } from '../redis/keys.ts';
import { defineScript } from '../redis/luascript.ts';
import { check } from '../redis/pipeline.ts';
import { facetsOf } from './facets.ts';
import { namePrefixes, readStories } from './stories.ts';

const file = defineScript('file-0', [], ['control']);

/** Counted up when what facets.ts or wordmarks.ts make of a story changes. */
const VERSION = '1';
const CHUNK = 500;

/**
 * Files every stored story by its facets, unless that was done, and leaves its words to `readWaitingWords`. Nothing is
 * lost where it is stopped, or where several processes do it: it begins again, and files what it filed before.
 */
export async function fileOldStories(store: Store, progress: (done: number, all: number) => void): Promise<void> {
  const { redis } = store;
  if ((await redis.get(keys.indexed(store))) === VERSION) return;
  const ids = await redis.zrevrange(keys.stories(store), 0, -1);
  for (let at = 0; at < ids.length; at += CHUNK) {
    const stories = await readStories(store, ids.slice(at, at + CHUNK));
    await file.load(redis);
    const pipeline = redis.pipeline();
    for (const story of stories.values()) {
      const control = {
        story: story.id,
        version: story.version,
        order: story.orderAt,
        facets: facetsOf(story),
        ...namePrefixes(store),
      };
      file.send(pipeline, { keys: {}, args: { control: JSON.stringify(control) } });
    }
    await check(pipeline.exec());
    progress(Math.min(at + CHUNK, ids.length), ids.length);
  }
  await redis.set(keys.indexed(store), VERSION);
}
