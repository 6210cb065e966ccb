/** Serves the feeds that an earlier run kept on disk while Redis, at a start, is not there yet. */
import type { Logger } from 'pino';
import type { Reason } from '../model/reason.ts';
import { reason } from '../reasons/catalogue.ts';
import { refusalOf } from '../store/beats.ts';
import { within } from '../text/within.ts';
import type { StopAlerts } from './stopalerts.ts';

/** A private server that comes up as usual takes a fraction of this. */
const PATIENCE_MS = 3_000;

interface Standby {
  /** Hears why Redis is not there, as often as that is found; undefined where the start is to fail instead. */
  readonly isAway: ((said: string) => void) | undefined;
  /** Resolves once `opened` does, and has the web served from some seconds on; rejects where one of them does. */
  readonly serveUntil: (opened: Promise<void>) => Promise<void>;
}

/** Without kept feeds there is nothing to serve, and a start without Redis fails as it would in a wrong setup. */
export function createStandby(deps: {
  readonly hasFeeds: boolean;
  readonly serve: () => Promise<void>;
  readonly alerts: StopAlerts;
  readonly log: Logger;
}): Standby {
  const { hasFeeds, serve, alerts, log } = deps;
  if (!hasFeeds) return { isAway: undefined, serveUntil: (opened) => opened };
  let why: Reason | null = null;
  let last = '';
  let isServing = false;
  let isTold = false;
  const tell = () => {
    if (why === null || !isServing || isTold) return;
    isTold = true;
    alerts.add(why, false);
    void alerts.send();
  };
  return {
    isAway(said) {
      why ??= refusalOf(new Error(said)) ?? reason('redis.away', { said });
      if (said !== last) log.error({ error: said }, 'Redis is not there yet: it is waited for');
      last = said;
      tell();
    },
    async serveUntil(opened) {
      let isOpen = false;
      const opening = opened.finally(() => {
        isOpen = true;
      });
      await within(opening, PATIENCE_MS);
      if (!isOpen) {
        // A failure is found by the `await` below.
        opening.catch(() => undefined);
        await serve();
        isServing = true;
        log.warn('until Redis answers, feeds are served as they were last kept on disk');
        tell();
        await opening;
      }
      if (isTold && why !== null) alerts.add(why, true);
    },
  };
}
