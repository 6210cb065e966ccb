/** Reads the words of stories into the index by which they are searched, and forgets those of stories that are gone. */
import { beijingDay } from '../../text/time.ts';
import type { EditionRow } from '../../model/story.ts';
import { keys, type Store } from '../redis/keys.ts';
import { defineScript } from '../redis/luascript.ts';
import { check } from '../redis/pipeline.ts';
import { namePrefixes, readRows } from './stories.ts';
import { CHUNK_BYTES, CHUNK_STORIES, markStory, searchText } from './wordmarks.ts';

const takePlace = defineScript('wordplace-0', [], ['control']);
const enter = defineScript('words-0', [], ['control', 'bits']);
const tidy = defineScript('tidy-0', [], ['control']);

/** Stories that are read at a time: their texts are some hundred KB. */
const AT_ONCE = 100;

/** Has these stories found by their words; those that are in no edition need not be. Gives the ids of those that could be read. */
export async function readWords(store: Store, ids: readonly string[]): Promise<Set<string>> {
  const wanted = [...new Set(ids)];
  const read = new Set<string>();
  for (let at = 0; at < wanted.length; at += AT_ONCE) {
    const rows = await readRows(store, wanted.slice(at, at + AT_ONCE));
    await enterWords(store, rows);
    for (const { story } of rows) read.add(story.id);
  }
  return read;
}

/** The same for stories that are in hand. */
export async function enterWords(store: Store, rows: readonly EditionRow[]): Promise<void> {
  if (rows.length === 0) return;
  const places = await takePlaces(store, rows);
  const chunks = new Map<string, [row: EditionRow, place: number][]>();
  for (const [i, row] of rows.entries()) {
    const place = places[i] as number;
    if (place < 0) continue;
    const chunk = `${wordsOf(store, row)}:${Math.floor(place / CHUNK_STORIES)}`;
    chunks.set(chunk, [...(chunks.get(chunk) ?? []), [row, place]]);
  }
  if (chunks.size === 0) return;
  await enter.load(store.redis);
  const entering = store.redis.pipeline();
  for (const [chunk, stories] of chunks) {
    const bits = Buffer.alloc(CHUNK_BYTES);
    for (const [row, place] of stories) markStory(bits, place, searchText(row));
    const placed = stories.map(([{ story }, place]) => [story.id, place, story.version]);
    const control = JSON.stringify({ chunk, stories: placed, ...namePrefixes(store) });
    enter.send(entering, { keys: {}, args: { control, bits } });
  }
  await check(entering.exec());
}

function wordsOf(store: Store, { story }: EditionRow): string {
  return keys.words(store, beijingDay(story.orderAt));
}

/** Of each its place among the words of its day; -1: it has none. */
async function takePlaces(store: Store, rows: readonly EditionRow[]): Promise<readonly number[]> {
  const stories = rows.map((row) => {
    const { id, version, editions } = row.story;
    return [id, version, wordsOf(store, row), editions.length > 0];
  });
  const control = JSON.stringify({ stories, ...namePrefixes(store) });
  return (await takePlace.run(store.redis, { keys: {}, args: { control } })) as number[];
}

/** What a process that stopped, or an older version, left to be read. */
export async function readWaitingWords(
  store: Store,
  progress: (left: number) => void = () => undefined,
  isStopped: () => boolean = () => false,
): Promise<void> {
  const waiting = keys.wordsWaiting(store);
  for (;;) {
    const ids = await store.redis.zrevrange(waiting, 0, AT_ONCE - 1);
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
