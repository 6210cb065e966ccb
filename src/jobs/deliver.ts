/** The deliver job: sends one subscriber the newest body of its topic, one at a time to each party, slow ones apart. */
import type { Job } from 'bullmq';
import type { Logger } from 'pino';
import type { Sender } from '../fetch/sender.ts';
import type { Store } from '../store/redis/keys.ts';
import { isSlow, noteSpeed } from '../store/websub/slowparties.ts';
import {
  readBody,
  readBodyVersion,
  readSubscription,
  removeSubscription,
  type TopicBody,
} from '../store/websub/subscriptions.ts';
import { partyOf } from '../websub/limits.ts';
import { deliverBody } from '../websub/send.ts';
import { runInTurnOf } from './hostturn.ts';
import { addPushes, type PushJob, type Queues } from './queues.ts';

/** Between two bodies to one party: its callbacks are many, its network is one. */
const PAUSE_MS = 200;
/** Topics whose bodies are at hand. */
const MOST_BODIES = 16;

export type DeliverJob = Extract<PushJob, { kind: 'deliver' }>;

export interface DeliverDeps {
  readonly store: Store;
  readonly queues: Pick<Queues, 'push' | 'verify' | 'slow'>;
  readonly bodies: BodyReader;
  readonly log: Logger;
  readonly now: () => number;
}

/** How a worker delivers. */
export interface Lane {
  readonly sender: Sender;
  /** Whoever takes longer is slow. */
  readonly promptMs: number;
  /** Slow parties are served here; elsewhere they are passed on. */
  readonly isSlow: boolean;
}

/** Gives a topic's newest body: one buffer for all that it is delivered to. */
export type BodyReader = (topic: string) => Promise<TopicBody | null>;

export function createBodyReader(store: Store): BodyReader {
  const kept = new Map<string, Promise<TopicBody | null>>();
  return async (topic) => {
    const version = await readBodyVersion(store, topic);
    if (version === null) return null;
    const key = `${version} ${topic}`;
    const known = kept.get(key) ?? readBody(store, topic);
    // The most recently used stand last.
    kept.delete(key);
    kept.set(key, known);
    known.catch(() => kept.delete(key));
    for (const oldest of kept.keys()) {
      if (kept.size <= MOST_BODIES) break;
      kept.delete(oldest);
    }
    return known;
  };
}

/** What bull-board shows as the job's return value. Throws where another attempt may help. */
export async function runDeliver(
  deps: DeliverDeps,
  lane: Lane,
  job: Pick<Job<DeliverJob>, 'id' | 'data' | 'moveToDelayed'>,
  token: string | undefined,
): Promise<string> {
  const { store, now } = deps;
  const subscription = await readSubscription(store, job.data.subscription);
  if (subscription === null || subscription.expiresAt <= now()) return 'the lease ended';
  const party = partyOf(subscription.callback);
  if (!lane.isSlow && (await isSlow(store, party))) return passOn(deps, job.data);
  const turn = { host: `push ${party}`, lease: `deliver:${job.id}`, concurrency: 1, intervalMs: PAUSE_MS };
  return runInTurnOf(deps, turn, job, token, () => deliver(deps, lane, job.data, { ...subscription, party }));
}

async function deliver(
  deps: DeliverDeps,
  { sender, promptMs, isSlow: isSlowLane }: Lane,
  data: DeliverJob,
  { id, topic, callback, secret, party }: NonNullable<Awaited<ReturnType<typeof readSubscription>>> & { party: string },
): Promise<string> {
  const { store, now } = deps;
  const body = await deps.bodies(topic);
  if (body === null) return 'the body is too old';
  const began = now();
  const delivered = await deliverBody(sender, { topic, callback, secret }, body, data.hub);
  const isPrompt = now() - began < promptMs;
  if (!isSlowLane && !isPrompt) await noteSpeed(store, party, 'slow');
  if (isSlowLane && isPrompt && delivered.outcome === 'accepted') await noteSpeed(store, party, 'prompt');
  if (delivered.outcome === 'accepted') return `version ${body.version} accepted`;
  if (delivered.outcome === 'away') {
    if (!isSlowLane && !isPrompt) return passOn(deps, data);
    throw new Error(delivered.message);
  }
  await removeSubscription(store, id);
  deps.log.info({ topic, callback }, 'subscriber is gone');
  return 'gone';
}

async function passOn({ queues }: DeliverDeps, data: DeliverJob): Promise<string> {
  await addPushes(queues, [data], 'slow');
  return 'slow: delivered apart from others';
}
