/** Runs the push queues: has subscribers confirm what they asked for, delivers to them, and speaks to other hubs. */
import { type Job, Worker, type WorkerOptions } from 'bullmq';
import type { Logger } from 'pino';
import { createSender, type Sender } from '../fetch/sender.ts';
import { say } from '../reasons/render.ts';
import { readFollowing } from '../store/websub/followings.ts';
import { boundsOf, explainFull, partyOf } from '../websub/limits.ts';
import { askHub, pingHub, verifyIntent } from '../websub/send.ts';
import { removeSubscription, saveSubscription, subscriptionId } from '../store/websub/subscriptions.ts';
import type { Store } from '../store/redis/keys.ts';
import type { Config } from '../model/config.ts';
import { createBodyReader, type DeliverDeps, type DeliverJob, runDeliver } from './deliver.ts';
import { runFollow } from './follow.ts';
import type { PushJob } from './queues.ts';
import { comeBack, runInTurnOf, takeHostTurn } from './hostturn.ts';

/** For one callback; a subscriber has to answer before it works on what it got (WebSub §7). */
const TIMEOUT_MS = 10_000;
/** Around the world, a TLS handshake and a long body take two seconds; whoever takes more is tried again apart. */
const PROMPT_MS = 3_000;
/** Jobs at a time, by queue. They wait for others' servers and share one body, so that many cost little. */
const CONCURRENCY = { push: 100, verify: 100, slow: 10 } as const;

/** Callbacks of one party. */
const VERIFIED_AT_ONCE = 2;

interface PushDeps {
  readonly store: Store;
  readonly sender: Sender;
  readonly log: Logger;
  readonly now: () => number;
}

/** What bull-board shows as the job's return value. Throws where another attempt may help. */
async function runPush(deps: PushDeps, { data }: { readonly data: Exclude<PushJob, DeliverJob> }): Promise<string> {
  if (data.kind === 'verify') return verify(deps, data);
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

/** Publishers name the hubs, and hundreds the same one: it is asked in the pace of any host that is polled. */
async function runInTurn(
  deps: PushDeps & { readonly config: () => Config },
  job: Job<Exclude<PushJob, DeliverJob>>,
  token: string | undefined,
): Promise<string> {
  if (job.data.kind === 'verify') {
    const party = partyOf(job.data.request.callback);
    const turn = { host: `verify ${party}`, lease: `verify:${job.id}`, concurrency: VERIFIED_AT_ONCE, intervalMs: 0 };
    return runInTurnOf(deps, turn, job, token, () => runPush(deps, job));
  }
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
  readonly queues: DeliverDeps['queues'];
  readonly state: {
    readonly config: () => Config;
    readonly onConfig: (listener: (config: Config) => void) => void;
  };
}

interface Senders {
  readonly prompt: Sender;
  readonly patient: Sender;
}

/** Runs push jobs in this process; the address guard follows the config. `release` is for after the workers' close. */
export function startPushWorkers(
  { store, queues, log, now, state }: PushWorkerDeps,
  options: WorkerOptions,
): { readonly workers: readonly Worker[]; release(): Promise<void> } {
  const { config } = state;
  const bodies = createBodyReader(store);
  const guardOf = ({ allowAddresses, allowPorts }: Config['settings']['fetch']) => ({ allowAddresses, allowPorts });
  const sendersOf = (settings: Config['settings']['fetch']): Senders => ({
    prompt: createSender({ timeoutMs: PROMPT_MS, ...guardOf(settings) }),
    patient: createSender({ timeoutMs: TIMEOUT_MS, ...guardOf(settings) }),
  });
  const closeAll = ({ prompt, patient }: Senders) => Promise.all([prompt.close(), patient.close()]);
  let guard = JSON.stringify(guardOf(config().settings.fetch));
  let senders = sendersOf(config().settings.fetch);

  const workers = Object.entries(CONCURRENCY).map(([name, concurrency]) => {
    const isSlow = name === 'slow';
    const run = (job: Job<PushJob>, token?: string) => {
      const lane = { sender: isSlow ? senders.patient : senders.prompt, promptMs: PROMPT_MS, isSlow };
      if (job.data.kind === 'deliver')
        return runDeliver({ store, queues, bodies, log, now }, lane, job as Job<DeliverJob>, token);
      const deps = { store, sender: senders.patient, log, now, config };
      return runInTurn(deps, job as Job<Exclude<PushJob, DeliverJob>>, token);
    };
    const worker = new Worker<PushJob>(name, run, { ...options, concurrency });
    worker.on('failed', (job, error) => log.debug({ job: job?.id, error: error.message }, 'push failed'));
    return worker;
  });
  state.onConfig(({ settings }) => {
    const next = JSON.stringify(guardOf(settings.fetch));
    if (next === guard) return;
    const old = senders;
    guard = next;
    senders = sendersOf(settings.fetch);
    setTimeout(() => void closeAll(old), TIMEOUT_MS).unref();
  });
  return {
    workers,
    async release() {
      await closeAll(senders);
    },
  };
}
