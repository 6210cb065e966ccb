/** Keeps which hosts could not be reached since any could: where all fail alike, it is this machine's network. */
import type { Reason } from '../../model/reason.ts';
import { reason } from '../../reasons/catalogue.ts';
import { keys, type Store } from '../redis/keys.ts';
import { defineScript } from '../redis/luascript.ts';

const note = defineScript('network-1', ['unreached'], ['host', 'source', 'now', 'reached', 'least', 'keepMs']);

/** Hosts that fail, and none that answers: fewer may be away by themselves. */
const LEAST_HOSTS = 5;
/** While the network is away each source is asked again within minutes. */
const KEEP_MS = 15 * 60_000;

export interface Reaching {
  /** As `paceKey` gives it. */
  readonly host: string;
  readonly source: string;
  readonly now: number;
  /** Whether a server answered, whatever it said. */
  readonly reached: boolean;
}

/** Whether the network is away, or was until this answer; then `back` names the sources that found it so. */
export async function noteReaching(
  store: Store,
  { host, source, now, reached }: Reaching,
): Promise<{ readonly away: boolean; readonly back: readonly string[] }> {
  const args = { host, source, now: Math.round(now), reached: reached ? 1 : 0, least: LEAST_HOSTS, keepMs: KEEP_MS };
  const answer = await note.run(store.redis, { keys: { unreached: keys.unreached(store) }, args });
  const [away, back] = answer as [number, string[]];
  return { away: away === 1, back };
}

/** What is said while no host can be reached; null where some can. */
export async function networkAway(store: Store): Promise<Reason | null> {
  const rows = await store.redis.zrange(keys.unreached(store), 0, '-1');
  const hosts = new Set(rows.map((row) => row.slice(0, row.indexOf(' '))));
  return hosts.size < LEAST_HOSTS ? null : reason('network.away', { hosts: hosts.size });
}
