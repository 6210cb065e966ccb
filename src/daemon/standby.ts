/** Serves readers at a start that Redis holds up: the feeds that an earlier run kept on disk, or all that is stored. */
import { setTimeout } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Reason } from '../model/reason.ts';
import { reason } from '../reasons/catalogue.ts';
import { say } from '../reasons/render.ts';
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

const PROBE_EVERY_MS = 1_000;

/** Runs a step of the start, again where Redis did not take what it wrote. */
export type Patiently = <T>(step: () => Promise<T>) => Promise<T>;

/**
 * Gives what waits, where Redis takes no writes, as on a full disk, until it does; meanwhile the web is served. `probe`:
 * why it takes none, or null. Steps must bear to be run twice; other failures are theirs. Rejects where `signal` ends the
 * start.
 */
export function createPatience(deps: {
  readonly probe: () => Promise<Reason | null>;
  readonly serve: () => Promise<void>;
  readonly alerts: StopAlerts;
  readonly log: Logger;
  readonly signal: AbortSignal | undefined;
}): Patiently {
  const { probe, serve, alerts, log, signal } = deps;
  const outlast = async (why: Reason) => {
    log.error({ code: why.code }, say(why, 'en'));
    alerts.add(why, false);
    void alerts.send();
    await serve();
    log.warn('until Redis takes writes, what is stored is served, and nothing is polled');
    do await setTimeout(PROBE_EVERY_MS, undefined, { signal });
    while ((await probe()) !== null);
    log.info({ code: why.code }, 'over');
    alerts.add(why, true);
  };
  return async (step) => {
    for (;;)
      try {
        return await step();
      } catch (error) {
        const why = refusalOf(error);
        if (why === null) throw error;
        await outlast(why);
      }
  };
}
