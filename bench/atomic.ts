/**
 * Proves that copies committed at the same instant make one story: `npx tsx bench/atomic.ts [--runs 5] [--kill]
 * [--stories 2000] [--processes 4] [--workers 2]`. With --kill one process is killed (SIGKILL) every second.
 */
import { parseArgs } from 'node:util';
import { startRedis } from '../tests/support/redis.ts';
import { COPIES } from './news.ts';
import { inspectRace, runRace } from './race.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '5' },
    kill: { type: 'boolean', default: false },
    stories: { type: 'string', default: '2000' },
    processes: { type: 'string', default: '4' },
    workers: { type: 'string', default: '2' },
  },
});
const [runs, stories, processes, workers] = [values.runs, values.stories, values.processes, values.workers].map(Number);
if (!runs || !stories || !processes || !workers) throw new RangeError('numbers above 0, please');

console.log(
  `${processes * workers} workers in ${processes} processes, ${stories} stories × ${COPIES} copies in random order${values.kill ? ', one process killed every second' : ''}`,
);
const redis = await startRedis();
try {
  for (let run = 1; run <= runs; run++) {
    const store = redis.store();
    const { killed, elapsedMs } = await runRace({
      store,
      socket: redis.socket,
      stories,
      processes,
      workers,
      kill: values.kill ? { everyMs: 1000 } : null,
      seed: run,
      progress: (done, all) => {
        if (process.stderr.isTTY) process.stderr.write(`\r  run ${run}: ${done} of ${all} copies `);
      },
    });
    if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
    const outcome = await inspectRace(store, stories);
    const right = outcome.faults.length === 0 && outcome.stories === stories;
    console.log(
      `run ${run}: ${outcome.stories} stories of ${outcome.entries} copies in ${(elapsedMs / 1000).toFixed(1)} s, ` +
        `${outcome.kept} kept, ${outcome.merged} merged, ${outcome.mergedStories} stories merged on the way, ` +
        `${killed} processes killed: ${right ? 'right' : 'WRONG'}`,
    );
    for (const fault of outcome.faults.slice(0, 10)) console.log(`  ${fault}`);
    if (!right) process.exitCode = 1;
    await store.redis.flushdb();
  }
} finally {
  await redis.stop();
}
