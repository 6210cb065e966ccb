/** Tells every few seconds that this process lives, and logs once what keeps the daemon from working. */
import { hostname } from 'node:os';
import type { Logger } from 'pino';
import type { Beat } from '../model/beat.ts';
import type { Reason } from '../model/reason.ts';
import { say } from '../reasons/render.ts';
import { endBeat, missingRoles, readBeats, refusalOf, writeBeat } from '../store/beats.ts';
import { networkAway } from '../store/sources/network.ts';
import { isConnected } from '../store/redis/connect.ts';
import type { Store } from '../store/redis/keys.ts';
import { messageOf } from '../text/messageof.ts';

const BEAT_MS = 5_000;
/** Processes that start together need not be there in the same second. */
const GRACE_MS = 20_000;

interface HeartDeps {
  readonly store: Store;
  readonly log: Logger;
  readonly now: () => number;
  readonly roles: readonly string[];
  readonly version: string;
  /** Jobs that this process has in hand. */
  readonly busy: () => number;
}

export function startHeart({ store, log, now, roles, version, busy }: HeartDeps): { stop(): Promise<void> } {
  const who = { host: hostname(), pid: process.pid, roles, version, since: now() };
  const began = performance.now();
  const told = new Set<string>();
  const tell = (found: readonly Reason[]) => {
    const codes = new Set(found.map(({ code }) => code));
    for (const why of found) if (!told.has(why.code)) log.error({ code: why.code }, say(why, 'en'));
    for (const code of told) if (!codes.has(code)) log.info({ code }, 'over');
    told.clear();
    for (const code of codes) told.add(code);
  };
  const beat = async () => {
    const one: Beat = { ...who, beatAt: now(), busy: busy() };
    try {
      await writeBeat(store, one);
      const missing = performance.now() - began < GRACE_MS ? [] : missingRoles(await readBeats(store));
      const away = await networkAway(store);
      tell(away === null ? missing : [...missing, away]);
    } catch (error) {
      const refusal = refusalOf(error);
      // The connection tells of an outage.
      if (refusal === null) log.debug({ error: messageOf(error) }, 'no heartbeat');
      else tell([refusal]);
    }
  };
  // While Redis is away a beat waits for it, and none is added.
  let running: Promise<void> | null = null;
  const next = () => {
    running ??= beat().finally(() => {
      running = null;
    });
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
