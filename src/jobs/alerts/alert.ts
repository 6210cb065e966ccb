/** The alert job: tells the operator's webhook that a source changed its state; tried again until it is taken. */
import type { StoredReason } from '../../model/reason.ts';
import { mapTexts, reason } from '../../reasons/catalogue.ts';
import { say } from '../../reasons/render.ts';
import { type Job, UnrecoverableError } from 'bullmq';
import type { Sender } from '../../fetch/sender.ts';
import { alertState } from '../../sources/health.ts';
import type { Config } from '../../model/config.ts';
import type { Source, SourceState } from '../../model/source.ts';
import { maskAddresses } from '../../text/secrets.ts';
import { type Alert, alertRequest, formatOf, refusalOf } from './robots.ts';
import type { AlertJob, Queues } from '../queues.ts';

/**
 * Queues a message where a poll changed what operators should know of a source, and gives the state that knows it was
 * told. The job's id is the count of the source's messages: the same change, met again after a crash or by another
 * worker, is not queued twice. Call it before the state is written.
 */
export async function tellChange(
  queues: Pick<Queues, 'alert'>,
  source: Source,
  state: SourceState,
  alerts: Pick<Config['settings']['alerts'], 'staleAfterMs' | 'webhook'>,
  now: number,
): Promise<SourceState> {
  const to = alertState(state, alerts.staleAfterMs, now);
  if (to === state.told) return state;
  const toldCount = state.toldCount + 1;
  // Without a webhook the change counts as told: one that is set later begins with what comes then.
  if (alerts.webhook !== null) {
    const why = mapTexts(whyOf(state, to), maskAddresses);
    const data = { source: source.id, name: source.name, from: toldBefore(state), to, why, at: now };
    const url = maskAddresses(source.url);
    await queues.alert.add(source.id, { ...data, url }, { jobId: `${source.id}-${toldCount}` });
  }
  return { ...state, told: to, toldCount };
}

/** A source that never answered is told of as new: nobody was told that it is healthy, and it was not. */
const toldBefore = ({ told, lastSuccessAt }: SourceState): string =>
  told === 'healthy' && lastSuccessAt === null ? 'new' : told;

function whyOf(state: SourceState, to: SourceState['told']): StoredReason {
  switch (to) {
    case 'healthy':
      return reason('alert.healthy');
    case 'stale': {
      const newest = state.newestEntryAt ?? state.freshAt;
      return newest === null ? reason('alert.stale') : reason('alert.stale-since', { since: newest });
    }
    case 'failing':
    case 'changed':
    case 'gone':
      return state.lastError ?? reason(`alert.${to}`);
    default:
      return to satisfies never;
  }
}

/** Robots answer in a few hundred. */
const ANSWER_BYTES = 16_384;

export interface AlertDeps {
  readonly config: () => Config;
  readonly sender: Sender;
  readonly now: () => number;
}

/** The alert job; the queue tries again what the webhook does not take. */
export function runAlert(deps: AlertDeps, job: Job<AlertJob>): Promise<{ readonly status: number | null }> {
  return sendAlert(deps, job.data);
}

/** Sends one alert; status null: there is no webhook. Throws where it is not taken. */
export async function sendAlert(deps: AlertDeps, alert: Alert): Promise<{ readonly status: number | null }> {
  const { alerts, server } = deps.config().settings;
  const { webhook } = alerts;
  if (webhook === null) return { status: null };
  const where = { ...alerts, webhook, baseUrl: server.baseUrl, now: deps.now() };
  const sent = await deps.sender.sendMessage({
    ...alertRequest(alert, where),
    contentType: 'application/json; charset=utf-8',
    maxAnswerBytes: ANSWER_BYTES,
  });
  if (sent.outcome === 'accepted') {
    const refusal = refusalOf(formatOf(where), sent.body);
    if (refusal === null) return { status: sent.status };
    throw new Error(`webhook: ${refusal}`);
  }
  const message = `webhook: ${sent.stage}: ${say(sent.reason, 'en')}`;
  // An address that the guard refuses stays refused until the config changes.
  throw sent.stage === 'address' ? new UnrecoverableError(message) : new Error(message);
}
