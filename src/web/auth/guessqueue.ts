/** Looks at logins one after the other: of those that wait, the ones from networks that guessed little go first. */

export interface GuessQueue {
  /**
   * What `look` gives once it is this one's turn; null where too many wait, or for too long. `rank`: how much its network
   * guessed of late. `paceMs`: how long the next one waits after it.
   */
  lookInTurn<T>(rank: number, paceMs: number, look: () => Promise<T>): Promise<T | null>;
}

export interface GuessQueueLimits {
  /** Those who wait at most; beyond, the oldest of the highest rank goes. */
  readonly most: number;
  /** Nobody waits longer. */
  readonly patienceMs: number;
}

interface Waiting {
  readonly rank: number;
  readonly paceMs: number;
  /** Resolves when the turn is over. */
  readonly begin: () => Promise<void>;
  readonly giveUp: () => void;
}

export function createGuessQueue({ most, patienceMs }: GuessQueueLimits): GuessQueue {
  /** By rank, and the newest first among equals: who comes after a crowd does not wait for it. */
  const waiting: Waiting[] = [];
  let busy = false;

  async function next(): Promise<void> {
    const first = waiting.shift();
    if (busy || first === undefined) return;
    busy = true;
    await first.begin();
    setTimeout(() => {
      busy = false;
      if (waiting.length > 0) void next();
    }, first.paceMs).unref();
  }

  return {
    lookInTurn: <T>(rank: number, paceMs: number, look: () => Promise<T>) =>
      new Promise<T | null>((give, fail) => {
        const begin = () => {
          clearTimeout(timer);
          return look().then(give, fail);
        };
        const one: Waiting = { rank, paceMs, begin, giveUp: () => give(null) };
        const timer = setTimeout(() => {
          const at = waiting.indexOf(one);
          if (at !== -1) waiting.splice(at, 1)[0]?.giveUp();
        }, patienceMs).unref();
        const behind = waiting.findIndex((other) => other.rank >= rank);
        waiting.splice(behind === -1 ? waiting.length : behind, 0, one);
        if (waiting.length > most) waiting.pop()?.giveUp();
        if (!busy) void next();
      }),
  };
}
