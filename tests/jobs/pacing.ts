/** A worker process for the test of the pace: `node --import tsx pacing.ts <socket> <prefix> <base> <count> <settings JSON>`. */
import { pino } from 'pino';
import { openQueues } from '../../src/jobs/queues.ts';
import { openThreads } from '../../src/threads/pool.ts';
import { startWorkers } from '../../src/jobs/workers.ts';
import { holdInForce } from '../../src/pipeline/inforce.ts';
import { connectRedis } from '../../src/store/redis/connect.ts';
import type { Settings } from '../../src/model/config.ts';
import { makeConfig, makeSource } from '../support/configs.ts';

const [socket = '', prefix = '', base = '', count = '0', fetch = '{}'] = process.argv.slice(2);
const redis = () => connectRedis({ socket }, 'worker');
const store = { redis: redis(), prefix };
const sources = Array.from({ length: Number(count) }, (_, i) =>
  makeSource({ id: `s${i}`, url: `${base}/s${i}`, headers: { 'x-worker': String(process.pid) } }),
);
const state = holdInForce(makeConfig({ sources, fetch: JSON.parse(fetch) as Partial<Settings['fetch']> }));
const log = pino({ level: 'silent' });
startWorkers({
  connection: redis(),
  store,
  queues: openQueues(store.redis, prefix),
  state,
  log,
  threads: openThreads({ ...state, log }),
  now: Date.now,
  nextFiring: () => null,
});
process.stdout.write('ready\n');
