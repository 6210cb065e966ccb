/** Takes one request through the turns of the hosts that it leads to: the first one's, and that of each redirect's host. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from '../store/redis/keys.ts';
import { endTurn, holdTurn, takeTurn } from '../store/sources/pace.ts';
import type { Settings } from '../model/config.ts';
import { paceKey } from '../sources/host.ts';

/** A turn on a host, under the name by which it was taken. */
export interface HeldTurn {
  readonly host: string;
  readonly lease: string;
}

/** A turn that is too far off to be waited for here. */
export interface MissedTurn {
  readonly kind: 'wait' | 'rest';
  readonly ms: number;
  readonly host: string;
}

export interface Turns {
  /**
   * For the fetcher: takes the turn of the host that a redirect leads to, once that of the host before has ended.
   * Resolves to null, or to why the redirect cannot be followed now.
   */
  readonly beforeHop: (address: string) => Promise<string | null>;
  readonly held: () => HeldTurn | null;
  /** What kept a redirect from being followed. The moment of a `wait` is kept for who comes again with the first lease. */
  readonly missed: () => MissedTurn | null;
  /** Stops holding; the turn itself ends here unless `ended` says that it has. */
  readonly leave: (ended?: boolean) => Promise<void>;
}

export interface TurnsDeps {
  readonly store: Store;
  readonly now: () => number;
}

/** All of one request's redirects wait for so long in this worker; what takes longer is done later, by another job. */
const HOP_WAIT_MS = 2_000;

/** Begins with the turn `first`, which has just been taken. */
export function startTurns(
  { store, now }: TurnsDeps,
  first: HeldTurn,
  { perHostConcurrency: concurrency, perHostIntervalMs: intervalMs, paceBy }: Settings['fetch'],
  urgent: boolean,
): Turns {
  let held: HeldTurn | null = first;
  let letGo = holdTurn(store, first.host, first.lease, now);
  let missed: MissedTurn | null = null;
  let hops = 0;
  let patienceMs = HOP_WAIT_MS;

  const leave: Turns['leave'] = async (ended = false) => {
    letGo();
    const left = held;
    held = null;
    if (left !== null && !ended) await endTurn(store, left.host, left.lease);
  };

  return {
    async beforeHop(address) {
      hops++;
      const host = paceKey(address, paceBy);
      // From http to https, or to another path: part of the turn that the host has given.
      if (host === held?.host) return null;
      await leave();
      // A name of its own for each hop, so that none takes the moment that was kept for another.
      const lease = `${first.lease} ${hops}`;
      for (;;) {
        const turn = await takeTurn(store, host, lease, { now: now(), concurrency, intervalMs, urgent });
        if (turn.kind === 'start') {
          held = { host, lease };
          letGo = holdTurn(store, host, lease, now);
          return null;
        }
        if (turn.kind === 'rest' || turn.ms > patienceMs) {
          missed = { ...turn, host };
          return `${host} is not to be asked for another ${Math.ceil(turn.ms / 1000)} s`;
        }
        patienceMs -= turn.ms;
        await sleep(turn.ms);
      }
    },
    held: () => held,
    missed: () => missed,
    leave,
  };
}
