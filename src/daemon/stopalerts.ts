/** Tells the operator's webhook what keeps the daemon from working: past the queue, which may be what does not work. */
import { hostname } from 'node:os';
import type { Logger } from 'pino';
import { createSender } from '../fetch/sender.ts';
import { sendAlert } from '../jobs/alerts/alert.ts';
import type { Alert } from '../jobs/alerts/robots.ts';
import type { Config } from '../model/config.ts';
import type { Reason } from '../model/reason.ts';
import { messageOf } from '../text/messageof.ts';

/** Messages that wait for a webhook that takes none; what is older says nothing any more. */
const MOST_WAITING = 20;

export interface StopAlerts {
  /** Notes what is to be told: that something began to keep the daemon from working, or that it is over. */
  add(why: Reason, isOver: boolean): void;
  /** Sends what waits, the oldest first; what is not taken waits on. */
  send(): Promise<void>;
}

export function createStopAlerts(deps: {
  readonly config: () => Config;
  readonly log: Logger;
  readonly now: () => number;
}): StopAlerts {
  const { config, log, now } = deps;
  let waiting: readonly Alert[] = [];
  return {
    add(why, isOver) {
      const { alerts, server } = config().settings;
      if (alerts.webhook === null) return;
      const [from, to] = isOver ? (['stopped', 'working'] as const) : (['working', 'stopped'] as const);
      const alert = { source: null, name: hostname(), from, to, why, at: now(), url: server.baseUrl ?? hostname() };
      waiting = [...waiting, alert].slice(-MOST_WAITING);
    },
    async send() {
      if (waiting.length === 0) return;
      const sender = createSender(config().settings.fetch);
      try {
        for (const alert of waiting) {
          await sendAlert({ config, sender, now }, alert);
          waiting = waiting.filter((other) => other !== alert);
        }
      } catch (error) {
        log.debug({ error: messageOf(error) }, 'webhook not reached');
      } finally {
        await sender.close();
      }
    },
  };
}
