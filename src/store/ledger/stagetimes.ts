/** Counts what the stages of ingest take, summed over all workers. */
import { check } from '../redis/pipeline.ts';
import { keys, type Store } from '../redis/keys.ts';

/** `edit`: clean, classify and fingerprint in a thread; `commit`: match and store, with relations and counts of rules. */
const STAGES = ['edit', 'commit'] as const;
type Stage = (typeof STAGES)[number];

/** `ms`: since the store was made; `runs`: batches of items. */
export interface StageTimes {
  readonly stage: Stage;
  readonly ms: number;
  readonly runs: number;
}

/** Adds a job's times, milliseconds by stage; one round trip a job. */
export async function noteStages(store: Store, times: Readonly<Record<Stage, number>>, runs: number): Promise<void> {
  const pipeline = store.redis.pipeline();
  for (const stage of STAGES)
    pipeline
      .hincrby(keys.stages(store), `${stage}|ms`, Math.round(times[stage]))
      .hincrby(keys.stages(store), `${stage}|runs`, runs);
  await check(pipeline.exec());
}

export async function readStages(store: Store): Promise<readonly StageTimes[]> {
  const counts = await store.redis.hgetall(keys.stages(store));
  return STAGES.map((stage) => ({
    stage,
    ms: Number(counts[`${stage}|ms`] ?? 0),
    runs: Number(counts[`${stage}|runs`] ?? 0),
  }));
}
