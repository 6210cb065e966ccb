/** The receive job: reads what a source's hub sent, as a poll reads an answer, and sends unseen and changed items on. */
import type { Reason } from '../model/reason.ts';
import { reason } from '../reasons/catalogue.ts';
import { say } from '../reasons/render.ts';
import type { Job } from 'bullmq';
import type { Logger } from 'pino';
import {
  dropBody,
  firstBody,
  type Following,
  noteFollowing,
  type PushedBody,
  readFollowing,
} from '../store/websub/followings.ts';
import type { Store } from '../store/redis/keys.ts';
import { countConnections } from '../store/redis/connect.ts';
import { beginPoll, markOfRun, readForPoll, recordNextPolls, recordPoll, setDue } from '../store/sources/sources.ts';
import type { Config } from '../model/config.ts';
import type { Source } from '../model/source.ts';
import { clockToRead } from '../sources/clock.ts';
import { afterDocument, NO_READING, type Reading, toPushRecord } from '../sources/afterpoll.ts';
import { checkDaily, spreadOf } from '../sources/nextpoll.ts';
import { passOn } from './newitems.ts';
import { readInThread } from './reading.ts';
import type { Threads } from '../threads/pool.ts';
import { findSource, resolveAddress } from '../sources/configured.ts';
import type { Queues, ReceiveJob } from './queues.ts';

export interface ReceiveDeps {
  readonly store: Store;
  readonly queues: Queues;
  readonly config: () => Config;
  readonly threads: Threads;
  readonly log: Logger;
  readonly now: () => number;
}

/** What bull-board shows as the job's return value: how many bodies were read, and how many items were new. */
export interface ReceiveSummary {
  readonly bodies: number;
  readonly fresh: number;
}

export async function runReceive(deps: ReceiveDeps, job: Pick<Job<ReceiveJob>, 'data'>): Promise<ReceiveSummary> {
  const { store } = deps;
  const { source: id } = job.data;
  let [bodies, fresh] = [0, 0];
  for (let pushed = await firstBody(store, id); pushed !== null; pushed = await firstBody(store, id)) {
    const source = findSource(deps.config(), id);
    const following = await readFollowing(store, id);
    const configured = source === undefined ? null : resolveAddress(source.url, deps.config().settings.rsshub);
    // What was on its way when the source was paused, or its address changed, is not read any more.
    if (source?.enabled === true && following?.address === configured && following !== null) {
      fresh += await take(deps, source, following, pushed);
      bodies++;
    }
    await dropBody(store, id, pushed.id);
  }
  return { bodies, fresh };
}

async function take(deps: ReceiveDeps, source: Source, following: Following, pushed: PushedBody): Promise<number> {
  const { store, log } = deps;
  const began = deps.now();
  const run = countConnections(store);
  // Reading it takes the body away.
  const bytes = pushed.body.length;
  const reading = await read(deps, source, following, pushed);
  const now = deps.now();
  const hub = new URL(following.hub).host;
  if (reading.error !== null) {
    log.warn({ source: source.id, hub, error: say(reading.error, 'en') }, 'what the hub sent could not be read');
    await pollInstead(deps, source, reason('poll.push-unreadable', { hub, why: reading.error }));
    return 0;
  }
  await noteFollowing(store, following, 'pushedAt', now);
  const next = source.schedule === 'auto' ? checkDaily(now, hub, spreadOf(source.id)) : null;
  // Read late: a poll may have written it meanwhile.
  const begun = await beginPoll(store, source.id);
  const after = afterDocument(begun.state, reading, now);
  const state = next === null ? after : { ...after, nextPollAt: next.at, nextWhy: next.why };
  const record = toPushRecord(reading, state, { bytes, elapsedMs: now - began }, now);
  const due = next === null ? {} : { due: next.at };
  if (!(await recordPoll(store, state, record, { ...due, mark: markOfRun(store, begun.mark, run) })))
    await pollInstead(deps, source, reason('poll.store-lost'));
  else if (reading.overtaken) await pollInstead(deps, source, reason('poll.push-overtaken', { hub }));
  log.debug({ source: source.id, hub, fresh: reading.fresh }, 'pushed');
  return reading.fresh;
}

async function read(
  deps: ReceiveDeps,
  source: Source,
  { documentUrl: url }: Following,
  { contentType, body: bytes, sinceWhole }: PushedBody,
): Promise<Reading> {
  // Some hubs only say that there is news.
  if (bytes.length === 0) return { ...NO_READING, error: reason('poll.push-empty') };
  const document = { bytes, headers: { 'content-type': contentType }, url };
  const { clock } = await readForPoll(deps.store, source.id);
  const asRead = { ...source, clock: clockToRead(source, { clock }) };
  const result = await readInThread(deps.threads, asRead, document, deps.now(), [bytes]);
  if (!result.ok) return { ...NO_READING, error: result.reason };
  const before = await readForPoll(deps.store, source.id);
  const passed = await passOn(deps, { source, document: result.document, before, whole: false, sinceWhole });
  return { ...NO_READING, document: result.document, ...passed };
}

async function pollInstead({ store, now }: ReceiveDeps, source: Source, why: Reason): Promise<void> {
  const at = now();
  await setDue(store, [{ id: source.id, at }], 'earlier');
  await recordNextPolls(store, [{ id: source.id, at, why }]);
}
