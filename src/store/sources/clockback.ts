/** Notes what time it is, so that a clock that was set back stops no polls: what is due comes earlier by as much. */
import { keys, type Store } from '../redis/keys.ts';
import { defineScript } from '../redis/luascript.ts';

const note = defineScript('clock-2', ['clock', 'due'], ['host', 'now', 'toleranceMs']);

/** NTP moves a clock by milliseconds; leap seconds and slow restarts by a little more. */
const TOLERANCE_MS = 60_000;

/** Returns by how many milliseconds the clock of `host` was set back since it was noted last; 0: not. */
export async function noteClock(store: Store, host: string, now: number): Promise<number> {
  const back = await note.run(store.redis, {
    keys: { clock: keys.clock(store), due: keys.due(store) },
    args: { host, now, toleranceMs: TOLERANCE_MS },
  });
  return Number(back);
}
