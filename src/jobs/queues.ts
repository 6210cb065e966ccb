/** Names, jobs and options of the BullMQ queues. */
import type { StoredReason } from '../model/reason.ts';
import { type JobsOptions, Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { HubRequest } from '../websub/request.ts';
import type { HubWish } from '../websub/send.ts';
import { queuePrefix } from '../store/redis/keys.ts';
import { subscriptionId } from '../store/websub/subscriptions.ts';
import type { RawItem } from '../model/feed.ts';

export const QUEUE_NAMES = ['poll', 'fulltext', 'ingest', 'push', 'verify', 'slow', 'alert'] as const;
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
  /** Number of the reading that brought them (`noteReading`); jobs of versions before 0.3 do not say. */
  readonly reading?: number | undefined;
  readonly items: readonly {
    readonly item: RawItem;
    readonly hash: string;
    /** When it is taken to have been seen first, where that is not now: it is old news (see sources/oldnews.ts). */
    readonly firstSeen?: number | undefined;
  }[];
}

/** An item whose article page is fetched before it is ingested. */
export interface FullTextJob extends Omit<IngestJob, 'items'> {
  readonly item: RawItem;
  readonly hash: string;
  /** As of `IngestJob`. */
  readonly firstSeen?: number | undefined;
}

/** Editions changed: it is decided again for every stored story which of them it is in. */
export interface PlaceJob {
  /** For people to read. */
  readonly editions: readonly string[];
  /** See pipeline/placement.ts; jobs of versions before 0.3 do not say. */
  readonly placement?: string;
}

/** Name of the job that carries a PlaceJob; other jobs of the queue are named after their source. */
export const PLACE = 'place stories in editions';

/** A source's hub sent something, which waits in its inbox. */
export interface ReceiveJob {
  readonly source: string;
}

/** Name of the job that carries a ReceiveJob. */
export const RECEIVE = 'read what a hub sent';

/**
 * WebSub: ask whether a subscription is meant, send one subscriber the newest body, tell another hub what changed; ask
 * the hub of a source to push it, or to stop.
 */
export type PushJob =
  | {
      readonly kind: 'verify';
      readonly edition: string;
      readonly request: HubRequest;
      /** Of which feed, and of whom; jobs of versions before 0.2 do not say. */
      readonly isNarrowed?: boolean;
      readonly from?: string;
    }
  | { readonly kind: 'deliver'; readonly subscription: string; readonly hub: string }
  | { readonly kind: 'ping'; readonly hub: string; readonly topics: readonly string[] }
  | { readonly kind: 'follow'; readonly source: string }
  | ({ readonly kind: 'unfollow' } & HubWish);

/** What the operator's webhook gets: one change of a source's state. */
export interface AlertJob {
  readonly source: string;
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly why: StoredReason;
  readonly at: number;
  /** The source's address, as configured but for what is secret. */
  readonly url: string;
}

export interface Queues {
  readonly poll: Queue<PollJob>;
  readonly fulltext: Queue<FullTextJob>;
  readonly ingest: Queue<IngestJob | PlaceJob | ReceiveJob>;
  readonly push: Queue<PushJob>;
  /** Questions to those who want to subscribe: whoever is slow to answer delays no delivery. */
  readonly verify: Queue<PushJob>;
  /** Deliveries to those who are slow to take them. */
  readonly slow: Queue<PushJob>;
  readonly alert: Queue<AlertJob>;
}

const KEEP: JobsOptions = {
  removeOnComplete: { count: 500, age: 86_400 },
  removeOnFail: { count: 1_000, age: 7 * 86_400 },
};

/** A poll that fails is asked again by the schedule, with back-off; a retry here would only hammer. */
const POLL_OPTIONS: JobsOptions = { ...KEEP, attempts: 1 };
/** What fails here is the store or a defect: try again for about two minutes, then keep it for a person to retry. */
const INGEST_OPTIONS: JobsOptions = { ...KEEP, attempts: 6, backoff: { type: 'exponential', delay: 2_000 } };

/** A page that does not come is tried four times, by `pauseBefore` over ten minutes; then the feed's own text is taken. */
export const FULL_TEXT_OPTIONS: JobsOptions = { ...KEEP, attempts: 4, backoff: { type: 'page' } };

/** A subscriber that is away is tried for about half an hour; the next change tries again. */
const PUSH_OPTIONS: JobsOptions = {
  ...KEEP,
  attempts: 10,
  backoff: { type: 'exponential', delay: 2_000, jitter: 0.5 },
};
/** Each may take ten seconds, of which ten run at a time: the next change tries again. */
const SLOW_ATTEMPTS = 4;
/** Nothing is kept of what holds a secret, nor of what its own schedule repeats. */
const PASSING: ReadonlySet<PushJob['kind']> = new Set(['verify', 'follow', 'unfollow']);
const PASSING_OPTIONS: JobsOptions = { ...PUSH_OPTIONS, attempts: 4, removeOnComplete: true, removeOnFail: true };

/** A webhook that is away is tried for about two days. What was told stays a week: its id keeps it from being told twice. */
const ALERT_OPTIONS: JobsOptions = {
  removeOnComplete: { age: 7 * 86_400 },
  removeOnFail: { age: 7 * 86_400 },
  attempts: 13,
  backoff: { type: 'exponential', delay: 30_000, jitter: 0.2 },
};

/**
 * Opens the queues for adding and watching; `close` each when done. `onError` hears what goes wrong between calls: an
 * outage, which the connection tells of by itself.
 */
export function openQueues(
  connection: Redis,
  prefix: string,
  onError: (error: Error) => void = () => undefined,
): Queues {
  const options = { connection, prefix: queuePrefix(prefix) };
  const queues: Queues = {
    poll: new Queue<PollJob>('poll', { ...options, defaultJobOptions: POLL_OPTIONS }),
    fulltext: new Queue<FullTextJob>('fulltext', { ...options, defaultJobOptions: FULL_TEXT_OPTIONS }),
    ingest: new Queue<IngestJob | PlaceJob | ReceiveJob>('ingest', { ...options, defaultJobOptions: INGEST_OPTIONS }),
    push: new Queue<PushJob>('push', { ...options, defaultJobOptions: PUSH_OPTIONS }),
    verify: new Queue<PushJob>('verify', { ...options, defaultJobOptions: PASSING_OPTIONS }),
    slow: new Queue<PushJob>('slow', { ...options, defaultJobOptions: PUSH_OPTIONS }),
    alert: new Queue<AlertJob>('alert', { ...options, defaultJobOptions: ALERT_OPTIONS }),
  };
  // BullMQ prints what nobody listens to.
  for (const queue of Object.values(queues)) queue.on('error', onError);
  return queues;
}

export async function closeQueues(queues: Queues): Promise<void> {
  await Promise.all(Object.values(queues).map((queue: Queue) => queue.close()));
}

/** Jobs added at one go: ten thousand at once would hold this process, and its memory, for a second. */
const BULK = 500;

/**
 * Adds a poll of each source; one that waits or runs already is not added twice. Returns how many were asked for.
 * `delays`: for each source in its order, the milliseconds after which its poll begins; at once unless given.
 */
export async function addPolls(
  queues: Queues,
  sources: readonly string[],
  why: string,
  delays: readonly number[] = [],
): Promise<number> {
  for (let at = 0; at < sources.length; at += BULK)
    await queues.poll.addBulk(
      sources.slice(at, at + BULK).map((source, i) => ({
        name: source,
        data: { source, why },
        opts: { ...POLL_OPTIONS, deduplication: { id: source }, delay: Math.ceil(delays[at + i] ?? 0) },
      })),
    );
  return sources.length;
}

/** Has it decided again for every stored story which editions it is in; one placement has one job at a time. */
export async function addPlacing(
  queues: Pick<Queues, 'ingest'>,
  placement: string,
  editions: readonly string[],
): Promise<void> {
  await queues.ingest.add(PLACE, { editions, placement }, { deduplication: { id: `place.${placement}` } });
}

/** Has what a hub sent read. One job reads all that waits; what comes meanwhile has the next. */
export async function addReceipt(queues: Pick<Queues, 'ingest'>, source: string): Promise<void> {
  const deduplication = { id: `receive.${source}`, keepLastIfActive: true };
  await queues.ingest.add(RECEIVE, { source }, { deduplication });
}

/** Delayed jobs of a queue that are looked at. */
const MOST_DELAYED = 10_000;

/** Has everything that waits for its time run now, since the time that it waits for means nothing any more. Returns how many. */
export async function promoteDelayed(queues: Queues): Promise<number> {
  let promoted = 0;
  for (const queue of Object.values(queues) as Queue[])
    for (const job of await queue.getDelayed(0, MOST_DELAYED - 1))
      await job.promote().then(
        () => promoted++,
        // It ran meanwhile.
        () => undefined,
      );
  return promoted;
}

/** Push jobs that wait. */
export async function countUndone({ push, verify, slow }: Pick<Queues, 'push' | 'verify' | 'slow'>): Promise<number> {
  const counts = await Promise.all(
    [push, verify, slow].map((queue) => queue.getJobCountByTypes('waiting', 'prioritized', 'delayed')),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

/**
 * Adds jobs of a push queue. Of those for one subscriber the last one waits while another runs; more would say the same.
 * `priority`: the lower goes first.
 */
export async function addPushes<Name extends 'push' | 'verify' | 'slow' = 'push'>(
  queues: Pick<Queues, Name>,
  jobs: readonly PushJob[],
  name: Name = 'push' as Name,
  priority = 0,
): Promise<void> {
  if (jobs.length === 0) return;
  await queues[name].addBulk(
    jobs.map((data) => ({
      name: data.kind,
      data,
      opts: {
        ...(PASSING.has(data.kind) ? PASSING_OPTIONS : PUSH_OPTIONS),
        ...(name === 'slow' ? { attempts: SLOW_ATTEMPTS } : {}),
        priority,
        deduplication: { id: nameOf(data), keepLastIfActive: true },
      },
    })),
  );
}

function nameOf(job: PushJob): string {
  if (job.kind === 'deliver') return `deliver.${job.subscription}`;
  if (job.kind === 'follow') return `follow.${job.source}`;
  if (job.kind === 'unfollow') return `unfollow.${subscriptionId(job.topic, job.callback)}`;
  if (job.kind === 'ping') return `ping.${subscriptionId(job.topics.join(' '), job.hub)}`;
  return `verify.${job.request.mode}.${subscriptionId(job.request.topic, job.request.callback)}`;
}
