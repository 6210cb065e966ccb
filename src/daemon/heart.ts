/** Tells every few seconds that this process lives, and tells once what keeps the daemon from working: the log, and the webhook. */
import { hostname } from 'node:os';
import type { Logger } from 'pino';
import { clockOff } from './clockwatch.ts';
import type { StopAlerts } from './stopalerts.ts';
import type { Beat } from '../model/beat.ts';
import type { Reason } from '../model/reason.ts';
import { say } from '../reasons/render.ts';
import { endBeat, readBeats, refusalOf, stopsOf, whyAway, writeBeat } from '../store/beats.ts';
import { networkAway } from '../store/sources/network.ts';
import { isConnected } from '../store/redis/connect.ts';
import type { Store } from '../store/redis/keys.ts';
import { messageOf } from '../text/messageof.ts';

const BEAT_MS = 5_000;
/** Processes that start together need not be there in the same second. */
const GRACE_MS = 20_000;
/** A Redis that restarts is back within this; after it, a look is taken at what keeps it. */
const AWAY_MS = 8_000;

interface HeartDeps {
  readonly store: Store;
  readonly log: Logger;
  readonly now: () => number;
  readonly roles: readonly string[];
  readonly version: string;
  /** Jobs that this process has in hand. */
  readonly busy: () => number;
  readonly alerts: StopAlerts;
}

export function startHeart(deps: HeartDeps): { stop(): Promise<void> } {
  const { store, now, roles, version, busy } = deps;
  const who = { host: hostname(), pid: process.pid, roles, version, since: now() };
  const began = performance.now();
  const clock = clockOff({ now, monotonic: () => performance.now() });
  const teller = createTeller(deps, who);
  const beat = async () => {
    const one: Beat = { ...who, beatAt: now(), busy: busy(), clockSetMs: clock() };
    try {
      await writeBeat(store, one);
      const beats = await readBeats(store);
      const away = await networkAway(store);
      const stops = performance.now() - began < GRACE_MS ? [] : stopsOf(beats);
      teller.tell(away === null ? stops : [...stops, away], beats);
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal === null) deps.log.debug({ error: messageOf(error) }, 'no heartbeat');
      else teller.add(refusal);
    }
  };
  // While Redis is away a beat waits for it, and none is added.
  let running: Promise<void> | null = null;
  let runsSince = 0;
  let looking = false;
  const look = async () => {
    if (looking) return;
    looking = true;
    const why = await whyAway(store);
    looking = false;
    if (why !== null && running !== null) teller.add(why);
    await deps.alerts.send();
  };
  const next = () => {
    if (running === null) {
      runsSince = performance.now();
      running = beat().finally(() => {
        running = null;
        void deps.alerts.send();
      });
    } else if (performance.now() - runsSince > AWAY_MS) void look();
  };
  next();
  const timer = setInterval(next, BEAT_MS);
  return {
    async stop() {
      clearInterval(timer);
      if (!isConnected(store)) return;
      await running;
      await endBeat(store, who);
    },
  };
}

/** Tells what begins and what is over, each once; of several processes, each logs it and the first by name sends it. */
function createTeller({ log, alerts }: HeartDeps, who: Pick<Beat, 'host' | 'pid'>) {
  const told = new Map<string, Reason>();
  let speaks = true;
  const add = (why: Reason) => {
    if (told.has(why.code)) return;
    told.set(why.code, why);
    log.error({ code: why.code }, say(why, 'en'));
    if (speaks) alerts.add(why, false);
  };
  return {
    add,
    /** All that there is: what was told before and is not among it is over. `beats`: the first of them speaks for all. */
    tell(found: readonly Reason[], [first]: readonly Beat[]) {
      speaks = first === undefined || (first.host === who.host && first.pid === who.pid);
      const codes = new Set<string>(found.map(({ code }) => code));
      for (const why of found) add(why);
      for (const [code, why] of told) {
        if (codes.has(code)) continue;
        told.delete(code);
        log.info({ code }, 'over');
        if (speaks) alerts.add(why, true);
      }
    },
  };
}
