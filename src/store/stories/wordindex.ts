/** Reads the words of stories into the index by which they are searched, and forgets those of stories that are gone. */
import { beijingDay } from '../../text/time.ts';
import type { EditionRow } from '../../model/story.ts';
import { keys, type Store } from '../redis/keys.ts';
import { defineScript } from '../redis/luascript.ts';
import { check } from '../redis/pipeline.ts';
import { namePrefixes, readRows } from './stories.ts';
import { MARKS, marksOf, searchText } from './wordmarks.ts';

const enter = defineScript('words-0', [], ['control', 'marks']);
const tidy = defineScript('tidy-0', [], ['control']);

/** Stories that are read at a time: their texts are some hundred KB. */
const CHUNK = 100;

/** Has these stories found by their words; those that are in no edition need not be. Gives the ids of those that could be read. */
export async function readWords(store: Store, ids: readonly string[]): Promise<Set<string>> {
  const wanted = [...new Set(ids)];
  const read = new Set<string>();
  for (let at = 0; at < wanted.length; at += CHUNK) {
    const rows = await readRows(store, wanted.slice(at, at + CHUNK));
    await enterWords(store, rows);
    for (const { story } of rows) read.add(story.id);
  }
  return read;
}

/** The same for stories that are in hand. */
export async function enterWords(store: Store, rows: readonly EditionRow[]): Promise<void> {
  if (rows.length === 0) return;
  await enter.load(store.redis);
  const pipeline = store.redis.pipeline();
  for (const row of rows) enter.send(pipeline, callOf(store, row));
  await check(pipeline.exec());
}

function callOf(store: Store, row: EditionRow): Parameters<typeof enter.run>[1] {
  const { story } = row;
  const control = {
    story: story.id,
    version: story.version,
    words: keys.words(store, beijingDay(story.orderAt)),
    marks: MARKS,
    ...namePrefixes(store),
  };
  const marks = story.editions.length === 0 ? Buffer.alloc(0) : marksOf(searchText(row));
  return { keys: {}, args: { control: JSON.stringify(control), marks } };
}

/** What a process that stopped, or an older version, left to be read. */
export async function readWaitingWords(
  store: Store,
  progress: (left: number) => void = () => undefined,
  isStopped: () => boolean = () => false,
): Promise<void> {
  const waiting = keys.wordsWaiting(store);
  for (;;) {
    const ids = await store.redis.zrevrange(waiting, 0, CHUNK - 1);
    if (ids.length === 0 || isStopped()) return;
    const read = await readWords(store, ids);
    // No page shows a story whose lead is gone.
    const unread = ids.filter((id) => !read.has(id));
    if (unread.length > 0) await store.redis.zrem(waiting, ...unread);
    progress(await store.redis.zcard(waiting));
  }
}

/** Gives back the room of stories that are gone, day by day. */
export async function tidyWords(store: Store): Promise<void> {
  const days = await store.redis.zrange(keys.wordDays(store), 0, '-1');
  let again = false;
  for (const day of days) {
    const words = keys.words(store, Number(day));
    const control = { day: Number(day), words, stories: keys.stories(store), ...namePrefixes(store) };
    again =
      (await tidy.run(store.redis, { keys: {}, args: { control: JSON.stringify(control) } })) === 'again' || again;
  }
  if (again) await readWaitingWords(store);
}
