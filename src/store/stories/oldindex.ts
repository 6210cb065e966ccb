/** Gives what an older version stored the indexes of this one: by which editions are narrowed, and by which copies are found. */
import { keys, type Store } from '../redis/keys.ts';
import { defineScript } from '../redis/luascript.ts';
import { check } from '../redis/pipeline.ts';
import { facetsOf } from './facets.ts';
import { moveOldPostings } from '../entries/oldpostings.ts';
import { namePrefixes, readStories } from './stories.ts';

const file = defineScript('file-0', [], ['control']);

/** Counted up when what facets.ts or wordmarks.ts make of a story changes, or how postings.ts keeps keys. */
const VERSION = '3';
/** The same, without the Latin words and numbers among the words. */
const WITHOUT_WHOLE_WORDS = '2';
/** The same stories' facets, the words likewise, and keys in the form that oldpostings.ts reads. */
const WITH_OLD_POSTINGS = '1';
const CHUNK = 500;

type Progress = (done: number, all: number) => void;

/**
 * Files every stored story by its facets and moves old postings, unless that was done. Nothing is lost where it is
 * stopped, or where several processes do it: it begins again, and files what it filed before.
 */
export async function fileOldStories(
  store: Store,
  window: { readonly now: number; readonly windowMs: number },
  tell: { readonly stories: Progress; readonly postings: Progress },
): Promise<void> {
  const { redis } = store;
  const indexed = await redis.get(keys.indexed(store));
  if (indexed === VERSION) return;
  if (indexed === WITHOUT_WHOLE_WORDS || indexed === WITH_OLD_POSTINGS) await readAllWordsAgain(store);
  else await fileByFacets(store, tell.stories);
  if (indexed !== WITHOUT_WHOLE_WORDS) await moveOldPostings(store, window, tell.postings);
  await redis.set(keys.indexed(store), VERSION);
}

/** Every search takes a story that waits into account, so that nothing is missed meanwhile. */
async function readAllWordsAgain(store: Store): Promise<void> {
  await store.redis.zunionstore(keys.wordsWaiting(store), 1, keys.stories(store));
}

/** Leaves the words of the stories to `readWaitingWords`. */
async function fileByFacets(store: Store, progress: Progress): Promise<void> {
  const { redis } = store;
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
}
