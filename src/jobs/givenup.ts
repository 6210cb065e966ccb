/** Has a source read whole again where the queue gave up a job of its: what the job was to store is nowhere else. */
import type { Job } from 'bullmq';
import type { Logger } from 'pino';
import type { Store } from '../store/redis/keys.ts';
import { distrustSource } from '../store/sources/sources.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../text/time.ts';

/** A job that fails whenever it is run must not have its source asked without end. */
const FIRST_WAIT_MS = MINUTE_MS;
const LONGEST_WAIT_MS = 6 * HOUR_MS;
/** Sources that had no trouble for so long begin anew. */
const FORGOTTEN_MS = DAY_MS;
const MOST_KNOWN = 10_000;

/** Given up for good: the last attempt failed, or workers died or lost Redis in the middle of it again and again. */
function isGivenUp(job: Job, error: Error): boolean {
  return error.message.includes('more than allowable limit') || job.attemptsMade >= (job.opts.attempts ?? 1);
}

/** Listens to `failed` of workers whose jobs name their source; the first time it is due at once, then ever later. */
export function watchGivenUp(
  { store, log, now }: { readonly store: Store; readonly log: Logger; readonly now: () => number },
  onError: (error: Error) => void,
): (job: Job<{ readonly source?: string }> | undefined, error: Error) => void {
  const known = new Map<string, { readonly times: number; readonly at: number }>();
  return (job, error) => {
    const source = job?.data.source;
    if (job === undefined || source === undefined || !isGivenUp(job, error)) return;
    const at = now();
    const before = known.get(source);
    const times = before === undefined || at - before.at > FORGOTTEN_MS ? 0 : before.times;
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(source, { times: times + 1, at });
    const waitMs = times === 0 ? 0 : Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (times - 1));
    if (times === 0)
      log.warn(
        { source, queue: job.queueName, error: error.message },
        'a job was given up: its source is read whole again',
      );
    distrustSource(store, source, at + waitMs).catch(onError);
  };
}
