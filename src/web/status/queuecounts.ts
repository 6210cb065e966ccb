/** Reads how many jobs each queue holds, and whether that is work which waits or runs. */
import { QUEUE_NAMES, type QueueName, type Queues } from '../../jobs/queues.ts';

const COUNTED = ['waiting', 'prioritized', 'active', 'delayed', 'failed', 'completed'] as const;
type Counted = (typeof COUNTED)[number];
/** Jobs in these are work that waits or runs. */
const UNDONE: readonly Counted[] = ['waiting', 'prioritized', 'active', 'delayed'];
/** Queues that bring news. What is only told to others (a webhook that is away for hours) leaves the daemon idle. */
const NEWS = new Set(['poll', 'fulltext', 'ingest']);

export interface QueueStatus {
  readonly name: QueueName;
  readonly counts: Readonly<Record<Counted, number>>;
}

export function readQueues(queues: Queues): Promise<QueueStatus[]> {
  return Promise.all(
    QUEUE_NAMES.map(async (name): Promise<QueueStatus> => {
      const counts = await queues[name].getJobCounts(...COUNTED);
      return {
        name,
        counts: Object.fromEntries(COUNTED.map((state) => [state, counts[state] ?? 0])) as Record<Counted, number>,
      };
    }),
  );
}

export function isIdle(rows: readonly QueueStatus[]): boolean {
  return rows.every(({ name, counts }) => !NEWS.has(name) || UNDONE.every((state) => counts[state] === 0));
}
