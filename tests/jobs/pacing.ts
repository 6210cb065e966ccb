/** A worker process for the test of the pace: `node --import tsx pacing.ts <socket> <prefix> <base> <count> <settings JSON>`. */
import { openQueues } from '../../src/jobs/queues.ts';
import { connectRedis } from '../../src/store/redis/connect.ts';
import type { Settings } from '../../src/model/config.ts';
import { makeConfig, makeSource } from '../support/configs.ts';
import { startWorking } from '../support/working.ts';

const [socket = '', prefix = '', base = '', count = '0', fetch = '{}'] = process.argv.slice(2);
const redis = () => connectRedis({ socket }, 'worker');
const store = { redis: redis(), prefix };
const sources = Array.from({ length: Number(count) }, (_, i) =>
  makeSource({ id: `s${i}`, url: `${base}/s${i}`, headers: { 'x-worker': String(process.pid) } }),
);
const config = makeConfig({ sources, fetch: JSON.parse(fetch) as Partial<Settings['fetch']> });
startWorking(config, { connection: redis(), store, queues: openQueues(store.redis, prefix) });
process.stdout.write('ready\n');
