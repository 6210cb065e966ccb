/** Starts the workers of a config for tests, with the threads that they need; both end together. */
import { pino } from 'pino';
import { startWorkers, type WorkersDeps } from '../../src/jobs/workers.ts';
import type { Config } from '../../src/model/config.ts';
import { holdInForce, type InForce } from '../../src/pipeline/inforce.ts';
import { openThreads } from '../../src/threads/pool.ts';

export interface Working {
  readonly state: InForce;
  stop(): Promise<void>;
}

/** Silent, by the real clock and without a schedule, unless `given` says otherwise. */
export function startWorking(
  config: Config,
  given: Pick<WorkersDeps, 'connection' | 'store' | 'queues'> &
    Partial<Pick<WorkersDeps, 'log' | 'now' | 'nextFiring'>>,
): Working {
  const state = holdInForce(config);
  const log = given.log ?? pino({ level: 'silent' });
  const threads = openThreads({ ...state, log });
  const workers = startWorkers({ now: Date.now, nextFiring: () => null, ...given, log, state, threads });
  return {
    state,
    async stop() {
      await workers.stop();
      await threads.stop();
    },
  };
}
