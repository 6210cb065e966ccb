import { Worker } from 'bullmq';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPollRoom } from '../../src/jobs/pollroom.ts';
import { addPolls, closeQueues, openQueues, type PollJob, type Queues } from '../../src/jobs/queues.ts';
import { queuePrefix } from '../../src/store/redis/keys.ts';
import { makeItem } from '../support/entries.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';

let redis: TestRedis;
let queues: Queues;
const PREFIX = 'room:';
const MIB = 2 ** 20;

beforeAll(async () => {
  redis = await startRedis();
  queues = openQueues(redis.connect(), PREFIX);
});
afterAll(async () => {
  await closeQueues(queues);
  await redis.stop();
});

function startPolling(poll: (source: string) => Promise<void>) {
  const room = createPollRoom({ redis: redis.connect(), prefix: PREFIX }, queues, Date.now);
  const worker = new Worker<PollJob>(
    'poll',
    (job, token) => room.begin(job, token, () => room.hold(job.name, 10 * MIB, () => poll(job.name))),
    { connection: redis.connect(), prefix: queuePrefix(PREFIX), concurrency: 20 },
  );
  return worker.on('error', () => undefined);
}

const job = (content: string) => {
  const items = [{ item: makeItem({ id: 'i', content }), hash: 'h' }];
  return { name: 'a', data: { source: 'a', feedTitle: null, baseUrl: 'https://a.example/', items } };
};

it('polls wait while too much waits to be ingested, and go on when it is done', { timeout: 120_000 }, async () => {
  const polled: string[] = [];
  for (let i = 0; i < 24; i++) await queues.ingest.addBulk([job('长'.repeat(MIB))]);
  const worker = startPolling(async (source) => void polled.push(source));
  await addPolls(queues, ['a', 'b'], 'schedule');
  await until(async () => (await queues.poll.getJobCountByTypes('delayed')) === 2, 'the polls to come back later');
  expect(polled).toEqual([]);
  await queues.ingest.drain();
  await until(() => polled.length === 2, 'the polls');
  await worker.close();
});

it('however many jobs wait, no poll does while they are small', { timeout: 120_000 }, async () => {
  const polled: string[] = [];
  await queues.ingest.addBulk(Array.from({ length: 2_000 }, () => job('')));
  const worker = startPolling(async (source) => void polled.push(source));
  await addPolls(queues, ['a', 'b'], 'schedule');
  await until(() => polled.length === 2, 'the polls');
  expect(await queues.poll.getJobCountByTypes('delayed')).toBe(0);
  await queues.ingest.drain();
  await worker.close();
});

it('three large documents at most are in hand, and all are done', { timeout: 120_000 }, async () => {
  const sources = Array.from({ length: 12 }, (_, i) => `s${i}`);
  const done: string[] = [];
  let [inHand, most] = [0, 0];
  const worker = startPolling(async (source) => {
    inHand++;
    most = Math.max(most, inHand);
    await new Promise((ready) => setTimeout(ready, 20));
    inHand--;
    done.push(source);
  });
  for (const round of [1, 2]) {
    await addPolls(queues, sources, 'schedule');
    await until(() => done.length === round * sources.length, 'all documents');
  }
  expect(most).toBe(3);
  expect(done.slice(0, sources.length).toSorted()).toEqual(sources.toSorted());
  await worker.close();
});
