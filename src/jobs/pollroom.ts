/** Lets polls begin while there is room for what they bring: in this worker's memory, and in the queue of what waits to be ingested. */
import type { Job } from 'bullmq';
import { spreadOf } from '../sources/nextpoll.ts';
import { createBytesInHand } from './bytesinhand.ts';
import { comeBack } from './hostturn.ts';
import type { PollJob, Queues } from './queues.ts';
import type { Store } from '../store/redis/keys.ts';
import { weighWaiting } from '../store/redis/waitingjobs.ts';

const MIB = 2 ** 20;
/** What is read of a document takes several times its bytes; three of the largest that are fetched by default. */
const MOST_BYTES = 32 * MIB;
/** Most feeds are a tenth of this, and no crowd of them fills memory. */
const SMALL_BYTES = MIB;
/** What waits to be ingested is in Redis whole, and is held here as a job of half a million characters (newitems.ts) at a time. */
const MOST_WAITING_BYTES = 64 * MIB;
/** How long their weight holds: many polls begin in a second. */
const WEIGHT_HOLDS_MS = 1_000;
/** A poll for which there is no room comes back after this, and as much again by its source. */
const CROWDED_MS = 4_000;
const LARGE_MS = 1_000;

export interface PollRoom {
  /** Runs the poll, or gives the job back for some seconds where there is no room for what it is known to bring. */
  readonly begin: <T>(job: Job<PollJob>, token: string | undefined, poll: () => Promise<T>) => Promise<T>;
  /** Does something with a document that came, once there is room for it. */
  readonly hold: <T>(source: string, bytes: number, work: () => Promise<T>) => Promise<T>;
}

export function createPollRoom(store: Store, { ingest }: Pick<Queues, 'ingest'>, now: () => number): PollRoom {
  const fetching = createBytesInHand(MOST_BYTES, SMALL_BYTES);
  const reading = createBytesInHand(MOST_BYTES, SMALL_BYTES);
  /** Source → bytes of its last document, where that was large. */
  const sizes = new Map<string, number>();
  let weighedAt = -Infinity;
  let weight: Promise<number> = Promise.resolve(0);
  const isCrowded = async () => {
    if (performance.now() - weighedAt >= WEIGHT_HOLDS_MS) {
      weighedAt = performance.now();
      weight = weighWaiting(store, ingest);
    }
    return (await weight) > MOST_WAITING_BYTES;
  };

  return {
    async begin(job, token, poll) {
      const { source } = job.data;
      const later = (ms: number) => comeBack({ now }, job, token, ms * (1 + spreadOf(source)));
      if (await isCrowded()) return later(CROWDED_MS);
      const leave = fetching.tryTake(sizes.get(source) ?? 0);
      if (leave === null) return later(LARGE_MS);
      try {
        return await poll();
      } finally {
        leave();
      }
    },
    async hold(source, bytes, work) {
      if (bytes > SMALL_BYTES) sizes.set(source, bytes);
      else sizes.delete(source);
      const leave = await reading.take(bytes);
      try {
        return await work();
      } finally {
        leave();
      }
    },
  };
}
