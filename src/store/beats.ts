/** Keeps which processes of the daemon live, and finds out whether Redis takes writes. */
import { z } from 'zod';
import type { Beat } from '../model/beat.ts';
import type { Reason } from '../model/reason.ts';
import { reason } from '../reasons/catalogue.ts';
import { whyOf } from '../reasons/whyof.ts';
import { keys, type Store } from './redis/keys.ts';
import { check } from './redis/pipeline.ts';
import { meetAnew } from './redis/reach.ts';
import { outline } from './redis/storedjson.ts';

/** A process that does not beat for so long counts as gone: four beats of five seconds. Redis counts, so that clocks may differ. */
const LIVES_MS = 20_000;
const PROBE_MS = 60_000;
/** More than the page that a file's last bytes stand in. */
const ROOM_BYTES = 8_192;

const BEAT = outline<Beat>({
  host: z.string(),
  pid: z.number(),
  roles: z.array(z.string()),
  version: z.string(),
  since: z.number(),
  beatAt: z.number(),
  busy: z.number(),
  clockSetMs: z.number().default(0),
});

const nameOf = ({ host, pid }: Pick<Beat, 'host' | 'pid'>) => `${host}:${pid}`;

/** Throws where Redis does not take it. */
export async function writeBeat(store: Store, beat: Beat): Promise<void> {
  const name = nameOf(beat);
  await store.redis.set(keys.beat(store, name), JSON.stringify(beat), 'PX', LIVES_MS);
  const names = await store.redis.smembers(keys.beats(store));
  const values = names.length === 0 ? [] : await store.redis.mget(names.map((one) => keys.beat(store, one)));
  const pipeline = store.redis.pipeline().sadd(keys.beats(store), name);
  for (const [i, one] of names.entries()) if (values[i] === null) pipeline.srem(keys.beats(store), one);
  await check(pipeline.exec());
}

/** The processes that live, by host and pid. */
export async function readBeats(store: Store): Promise<readonly Beat[]> {
  const names = (await store.redis.smembers(keys.beats(store))).sort();
  if (names.length === 0) return [];
  const values = await store.redis.mget(names.map((one) => keys.beat(store, one)));
  return values.flatMap((json, i) => (json ? [BEAT.read(json, keys.beat(store, names[i] ?? ''))] : []));
}

/** A process that stops is gone at once. */
export async function endBeat(store: Store, who: Pick<Beat, 'host' | 'pid'>): Promise<void> {
  await check(
    store.redis
      .pipeline()
      .del(keys.beat(store, nameOf(who)))
      .srem(keys.beats(store), nameOf(who))
      .exec(),
  );
}

/** What keeps the processes that live from working: a role that none of them has, a clock that was set. */
export function stopsOf(beats: readonly Beat[]): readonly Reason[] {
  const set = beats.find(({ clockSetMs }) => clockSetMs !== 0);
  if (set === undefined) return missingRoles(beats);
  const params = { host: set.host, by: Math.abs(set.clockSetMs) };
  const why = set.clockSetMs > 0 ? reason('clock.ahead', params) : reason('clock.back', params);
  return [...missingRoles(beats), why];
}

/** `web` tells of itself. */
function missingRoles(beats: readonly Beat[]): readonly Reason[] {
  const filled = new Set(beats.flatMap(({ roles }) => roles));
  return [
    ...(filled.has('scheduler') ? [] : [reason('work.no-scheduler')]),
    ...(filled.has('worker') ? [] : [reason('work.no-worker')]),
  ];
}

/**
 * Throws where Redis takes no writes. One whose disk is full takes what its file still has room for, and the first that it
 * has none for; only then does it refuse.
 */
export async function proveWrites(store: Store): Promise<void> {
  for (const value of ['0'.repeat(ROOM_BYTES), '1']) await store.redis.set(keys.probe(store), value, 'PX', PROBE_MS);
}

/** Why Redis takes no writes, though it answers; null where it takes them. Throws where it does not answer. */
export async function probeWrites(store: Store): Promise<Reason | null> {
  try {
    await store.redis.set(keys.probe(store), '1', 'PX', PROBE_MS);
    return null;
  } catch (error) {
    const why = refusalOf(error);
    if (why === null) throw error;
    return why;
  }
}

/** Why Redis does not answer the store, as a new connection finds out; null where that one is served. */
export async function whyAway(store: Pick<Store, 'redis'>): Promise<Reason | null> {
  const fault = await meetAnew(store);
  return fault === null ? null : (refusalOf(fault) ?? reason('redis.away', { said: whyOf(fault) }));
}

/** What an error of Redis says about writing; null where it is of another kind (redis.io, "Error replies"). */
export function refusalOf(error: unknown): Reason | null {
  const said = error instanceof Error ? error.message : '';
  if (said.startsWith('READONLY')) return reason('redis.readonly');
  if (said.startsWith('OOM')) return reason('redis.full');
  if (said.startsWith('MISCONF')) return reason('redis.disk', { said });
  if (said.startsWith('LOADING')) return reason('redis.loading');
  if (/^(?:NOAUTH|WRONGPASS|NOPERM)/.test(said)) return reason('redis.refused', { said });
  return null;
}
