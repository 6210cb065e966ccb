/** Brings the indexes of stories and entries up to date at the start, and tells how far it is. */
import type { Logger } from 'pino';
import type { Store } from '../store/redis/keys.ts';
import { fileOldStories } from '../store/stories/oldindex.ts';
import { readWaitingWords } from '../store/stories/wordindex.ts';
import { messageOf } from '../text/messageof.ts';

/** How often progress is told. */
const EVERY_MS = 5_000;

/**
 * Before anything is served or read: narrowed feeds would lack what is not filed, and copies would find nothing. A store
 * of this version is done at once. `windowMs`: how long copies are looked for.
 */
export function fileStories(store: Store, windowMs: number, log: Logger): Promise<void> {
  const isTime = pauses();
  const tell = (what: string) => (done: number, all: number) => {
    if (done === all || isTime()) log.info({ done, all }, what);
  };
  const stories = tell('filing stored stories by place, source and outlet');
  const postings = tell('moving the keys by which copies are found into this version’s index');
  return fileOldStories(store, { now: Date.now(), windowMs }, { stories, postings });
}

/** Reads the words of stories that wait for it, while all else goes on; gives what ends that. */
export function startReadingWords(store: Store, log: Logger): () => Promise<void> {
  const isTime = pauses();
  let isStopped = false;
  const tell = (left: number) => {
    if (left === 0 || isTime()) log.info({ left }, 'reading the words of stored stories');
  };
  const done = readWaitingWords(store, tell, () => isStopped).catch((error: unknown) => {
    if (!isStopped) log.error({ error: messageOf(error) }, 'the words of stored stories could not be read');
  });
  return () => {
    isStopped = true;
    return done;
  };
}

/** True once in `EVERY_MS`. */
function pauses(): () => boolean {
  let last = performance.now();
  return () => {
    if (performance.now() - last < EVERY_MS) return false;
    last = performance.now();
    return true;
  };
}
