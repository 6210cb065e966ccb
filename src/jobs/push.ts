/** The push job: has a subscriber confirm what it asked for, sends it the newest body of its topic, or speaks to another hub. */
import { type Job, Worker, type WorkerOptions } from 'bullmq';
import type { Logger } from 'pino';
import { createSender, type Sender } from '../fetch/sender.ts';
import { say } from '../reasons/render.ts';
import { readFollowing } from '../store/websub/followings.ts';
import { boundsOf, explainFull } from '../websub/limits.ts';
import { askHub, deliverBody, pingHub, verifyIntent } from '../websub/send.ts';
import {
  readBody,
  readSubscription,
  removeSubscription,
  saveSubscription,
  subscriptionId,
} from '../store/websub/subscriptions.ts';
import type { Store } from '../store/redis/keys.ts';
import type { Config } from '../model/config.ts';
import { runFollow } from './follow.ts';
import type { PushJob } from './queues.ts';
import { comeBack, takeHostTurn } from './hostturn.ts';

/** For one callback; a subscriber has to answer before it works on what it got (WebSub §7). */
const TIMEOUT_MS = 10_000;
const CONCURRENCY = 25;

interface PushDeps {
  readonly store: Store;
  readonly sender: Sender;
  readonly log: Logger;
  readonly now: () => number;
}

/** What bull-board shows as the job's return value. Throws where another attempt may help. */
async function runPush(deps: PushDeps, { data }: Pick<Job<PushJob>, 'data'>): Promise<string> {
  if (data.kind === 'verify') return verify(deps, data);
  if (data.kind === 'deliver') return deliver(deps, data);
  if (data.kind === 'follow') return runFollow(deps, data.source);
  const problem =
    data.kind === 'ping' ? await pingHub(deps.sender, data.hub, data.topics) : await askHub(deps.sender, data, null);
  if (problem !== null) throw new Error(say(problem, 'en'));
  return 'told';
}

async function verify(
  { store, sender, log, now }: PushDeps,
  { edition, request, isNarrowed = false, from }: Extract<PushJob, { kind: 'verify' }>,
): Promise<string> {
  const { mode, topic, callback, leaseMs, secret } = request;
  const verified = await verifyIntent(sender, request);
  if (verified.outcome === 'away') throw new Error(verified.message);
  if (verified.outcome === 'no') {
    log.info({ topic, callback, mode, why: verified.message }, 'subscriber did not confirm');
    return verified.message;
  }
  const id = subscriptionId(topic, callback);
  if (mode === 'subscribe') {
    // Asked again here: many wishes at once find room before any of them has taken it.
    const one = { id, topic, edition, callback, secret, expiresAt: now() + leaseMs };
    const full = await saveSubscription(
      store,
      one,
      boundsOf({ topic, callback, isNarrowed, from: from ?? null }),
      now(),
    );
    if (full !== null) return explainFull(full);
  } else await removeSubscription(store, id);
  log.info({ topic, callback, mode }, 'subscriber confirmed');
  return `${mode}d`;
}

async function deliver(
  { store, sender, log, now }: PushDeps,
  { subscription: id, hub }: Extract<PushJob, { kind: 'deliver' }>,
): Promise<string> {
  const subscription = await readSubscription(store, id);
  if (subscription === null || subscription.expiresAt <= now()) return 'the lease ended';
  const body = await readBody(store, subscription.topic);
  if (body === null) return 'the body is too old';
  const delivered = await deliverBody(sender, subscription, body, hub);
  if (delivered.outcome === 'accepted') return `version ${body.version} accepted`;
  if (delivered.outcome === 'away') throw new Error(delivered.message);
  await removeSubscription(store, id);
  log.info({ topic: subscription.topic, callback: subscription.callback }, 'subscriber is gone');
  return 'gone';
}

/** Publishers name the hubs, and hundreds the same one: it is asked in the pace of any host that is polled. */
async function runInTurn(
  deps: PushDeps & { readonly config: () => Config },
  job: Job<PushJob>,
  token: string | undefined,
): Promise<string> {
  const hub = await hubOf(deps.store, job.data);
  if (hub === null) return runPush(deps, job);
  const limits = deps.config().settings.fetch;
  const turns = await takeHostTurn(deps, { address: hub, lease: `hub:${job.id}`, limits, patienceMs: 0 });
  if (turns.kind !== 'start') return comeBack(deps, job, token, turns.ms);
  try {
    return await runPush(deps, job);
  } finally {
    await turns.leave();
  }
}

/** The hub that a job asks for a source; null for what goes to subscribers and to the operator's own hubs. */
async function hubOf(store: Store, job: PushJob): Promise<string | null> {
  if (job.kind === 'unfollow') return job.hub;
  return job.kind === 'follow' ? ((await readFollowing(store, job.source))?.hub ?? null) : null;
}

export interface PushWorkerDeps extends Omit<PushDeps, 'sender'> {
  readonly state: {
    readonly config: () => Config;
    readonly onConfig: (listener: (config: Config) => void) => void;
  };
}

/** Runs push jobs in this process; the address guard follows the config. `release` is for after the worker's close. */
export function startPushWorker(
  { store, log, now, state }: PushWorkerDeps,
  options: WorkerOptions,
): { readonly worker: Worker; release(): Promise<void> } {
  const senderOf = ({ allowAddresses, allowPorts }: Config['settings']['fetch']) =>
    createSender({ timeoutMs: TIMEOUT_MS, allowAddresses, allowPorts });
  const guardOf = ({ allowAddresses, allowPorts }: Config['settings']['fetch']) =>
    JSON.stringify([allowAddresses, allowPorts]);
  let guard = guardOf(state.config().settings.fetch);
  let sender = senderOf(state.config().settings.fetch);
  const { config } = state;
  const run = (job: Job<PushJob>, token?: string) => runInTurn({ store, sender, log, now, config }, job, token);
  const worker = new Worker<PushJob>('push', run, {
    ...options,
    concurrency: CONCURRENCY,
  });
  worker.on('error', (error) => log.debug({ error: error.message }, 'worker'));
  worker.on('failed', (job, error) => log.debug({ job: job?.id, error: error.message }, 'push failed'));
  state.onConfig(({ settings }) => {
    const next = guardOf(settings.fetch);
    if (next === guard) return;
    const old = sender;
    guard = next;
    sender = senderOf(settings.fetch);
    setTimeout(() => void old.close(), TIMEOUT_MS).unref();
  });
  return { worker, release: () => sender.close() };
}
