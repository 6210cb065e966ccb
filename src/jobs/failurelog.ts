/** Logs what breaks in workers: the same fault once in a while with its count, not once for each job. */
import { UnrecoverableError } from 'bullmq';
import type { Logger } from 'pino';
import { isOutage } from '../store/redis/connect.ts';
import { HOUR_MS } from '../text/time.ts';

/** The same fault is told again after this. */
const AGAIN_MS = HOUR_MS;
/** Faults that are remembered; more kinds at a time are told anew. */
const MOST_KNOWN = 200;

export interface FailureLog {
  /** Listens to a worker's jobs that failed. */
  failed(queue: string): (job: { readonly name: string } | undefined, error: Error) => void;
  /** Listens to faults of a worker itself. */
  broken(queue: string): (error: Error) => void;
}

/** True of a failure that the job itself has told already, with its reason. */
export function isTold(error: Error): boolean {
  return error instanceof UnrecoverableError;
}

export function createFailureLog(log: Logger, now: () => number): FailureLog {
  const known = new Map<string, { toldAt: number; since: number }>();
  const tell = (queue: string, job: string | undefined, error: Error, message: string) => {
    // The connection tells of an outage, once for all.
    if (isTold(error) || isOutage(error)) return;
    // Faults differ in their numbers: ids, offsets, lines.
    const key = `${queue} ${error.message.replaceAll(/\d+/g, '#')}`;
    const before = known.get(key);
    if (before !== undefined && now() - before.toldAt < AGAIN_MS) {
      before.since++;
      return;
    }
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(key, { toldAt: now(), since: 0 });
    const times = before === undefined ? {} : { timesSinceToldLast: before.since };
    log.error({ queue, job, error: error.message, stack: error.stack, ...times }, message);
  };
  return {
    failed: (queue) => (job, error) => tell(queue, job?.name, error, 'job failed'),
    broken: (queue) => (error) => tell(queue, undefined, error, 'worker failed'),
  };
}
