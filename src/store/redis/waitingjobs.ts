/** Weighs the jobs of a queue that wait: a count alone says little of what they take. */
import type { Queue } from 'bullmq';
import type { Store } from './keys.ts';
import { check } from './pipeline.ts';

/** So few are not weighed; of more, so many are, evenly spaced. */
const FEW = 20;
const WEIGHED = 16;
/** Beside its data a job takes a kilobyte or two. */
const JOB_BYTES = 2_048;

/** About how many bytes of Redis they take; 0 where they are few. */
export async function weighWaiting({ redis }: Store, queue: Pick<Queue, 'toKey'>): Promise<number> {
  const list = queue.toKey('wait');
  const waiting = await redis.llen(list);
  if (waiting <= FEW) return 0;
  const asking = redis.pipeline();
  for (let i = 0; i < WEIGHED; i++) asking.lindex(list, Math.floor((i * waiting) / WEIGHED));
  const weighing = redis.pipeline();
  for (const id of await check(asking.exec())) weighing.hstrlen(queue.toKey(String(id)), 'data');
  const bytes = (await check(weighing.exec())) as number[];
  return waiting * (JOB_BYTES + bytes.reduce((sum, one) => sum + one, 0) / WEIGHED);
}
