/** Has narrowed feeds rendered one at a time, so that many of them leave room for the plain ones. */
import { giveWay } from '../../text/giveway.ts';

/** Renderings that may wait or run at a time; beyond, a reader is asked to come back. */
const MAX_WAITING = 200;

export interface NarrowedQueue {
  readonly isFull: () => boolean;
  /** Runs `work` after what came before it, whether that failed or not. */
  readonly run: <T>(work: () => Promise<T>) => Promise<T>;
}

export function createNarrowedQueue(): NarrowedQueue {
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();
  return {
    isFull: () => waiting >= MAX_WAITING,
    run: (work) => {
      waiting++;
      // Renderings that find their stories in memory would otherwise follow each other without a turn of the event loop.
      const mine = last
        .then(() => giveWay())
        .then(work)
        .finally(() => waiting--);
      last = mine.catch(() => undefined);
      return mine;
    },
  };
}
