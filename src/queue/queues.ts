/** Names, jobs and options of the BullMQ queues. */
import { type JobsOptions, Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { RawItem } from '../types.ts';

export const QUEUE_NAMES = ['poll', 'ingest'] as const;
export type QueueName = (typeof QUEUE_NAMES)[number];

export interface PollJob {
  readonly source: string;
  /** Why this poll: `schedule`, `asked` or `start`. */
  readonly why: string;
}

/** The unseen or changed items of one poll. */
export interface IngestJob {
  readonly source: string;
  readonly feedTitle: string | null;
  /** Address that relative links of the items' HTML resolve against. */
  readonly baseUrl: string;
  readonly items: readonly { readonly item: RawItem; readonly hash: string }[];
}

/** Editions changed: every stored story finds its place in them anew. */
export interface PlaceJob {
  readonly editions: readonly string[];
}

/** Name of the job that carries a PlaceJob; other jobs of the queue are named after their source. */
export const PLACE = 'place stories in editions';

export interface Queues {
  readonly poll: Queue<PollJob>;
  readonly ingest: Queue<IngestJob | PlaceJob>;
}

const KEEP: JobsOptions = {
  removeOnComplete: { count: 500, age: 86_400 },
  removeOnFail: { count: 1_000, age: 7 * 86_400 },
};

/** A poll that fails is asked again by the schedule, with back-off; a retry here would only hammer. */
export const POLL_OPTIONS: JobsOptions = { ...KEEP, attempts: 1 };
/** What fails here is the store or a defect: try again for about two minutes, then keep it for a person to retry. */
export const INGEST_OPTIONS: JobsOptions = { ...KEEP, attempts: 6, backoff: { type: 'exponential', delay: 2_000 } };

/** BullMQ's key prefix under the store's. */
export function queuePrefix(prefix: string): string {
  return `${prefix}bull`;
}

/** Opens the queues for adding and watching; `close` each when done. */
export function openQueues(connection: Redis, prefix: string): Queues {
  const options = { connection, prefix: queuePrefix(prefix) };
  return {
    poll: new Queue<PollJob>('poll', { ...options, defaultJobOptions: POLL_OPTIONS }),
    ingest: new Queue<IngestJob | PlaceJob>('ingest', { ...options, defaultJobOptions: INGEST_OPTIONS }),
  };
}

export async function closeQueues(queues: Queues): Promise<void> {
  await Promise.all([queues.poll.close(), queues.ingest.close()]);
}

/** Adds a poll of each source; one that waits or runs already is not added twice. Returns how many were asked for. */
export async function addPolls(queues: Queues, sources: readonly string[], why: string): Promise<number> {
  if (sources.length === 0) return 0;
  await queues.poll.addBulk(
    sources.map((source) => ({
      name: source,
      data: { source, why },
      opts: { ...POLL_OPTIONS, deduplication: { id: source } },
    })),
  );
  return sources.length;
}

/** Has every stored story placed anew; `signature` names the state of the editions, so that one change is worked once. */
export async function addPlacing(queues: Queues, editions: readonly string[], signature: string): Promise<void> {
  await queues.ingest.add(PLACE, { editions }, { deduplication: { id: `place.${signature}` } });
}
