/** Looks a deltawire over: store, disk, network, clock, workers, stored records. Changes nothing. */
import { statfs } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createFetcher } from '../fetch/fetcher.ts';
import type { Config } from '../model/config.ts';
import type { FetchResult } from '../model/fetch.ts';
import type { Reason } from '../model/reason.ts';
import { reason } from '../reasons/catalogue.ts';
import { requestOf, resolveAddress } from '../sources/configured.ts';
import { memoryShort } from '../sources/memoryshort.ts';
import { stopsOf, probeWrites, readBeats } from '../store/beats.ts';
import { inspectRedis, readClock, readMemory } from '../store/redis/connect.ts';
import type { Store } from '../store/redis/keys.ts';
import { MINUTE_MS, parseHttpDate } from '../text/time.ts';

export interface Finding {
  /** `bad`: it does not work; `warn`: it works, and may not for long. */
  readonly level: 'good' | 'warn' | 'bad';
  readonly why: Reason;
}

const good = (why: Reason): Finding => ({ level: 'good', why });
const warn = (why: Reason): Finding => ({ level: 'warn', why });
const bad = (why: Reason): Finding => ({ level: 'bad', why });

/** A day of a hundred sources and the rewriting of the append-only file fit into this. */
const LEAST_FREE_BYTES = 512 * 2 ** 20;
const SHORT_FREE_BYTES = 2 * LEAST_FREE_BYTES;

export async function lookAtDisk(folder: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(folder);
  const params = { free: bavail * bsize, folder: resolve(folder) };
  if (params.free >= SHORT_FREE_BYTES) return good(reason('doctor.disk', params));
  const short = reason('doctor.disk-short', params);
  return params.free < LEAST_FREE_BYTES ? bad(short) : warn(short);
}

export async function lookAtRedis(store: Store, isForeign: boolean): Promise<readonly Finding[]> {
  const refusal = await probeWrites(store);
  const memory = await readMemory(store);
  const short = memoryShort(memory);
  const settings = isForeign ? await inspectRedis(store) : [];
  return [
    refusal === null ? good(reason('doctor.store', { used: memory.usedBytes })) : bad(refusal),
    ...settings.map(({ level, why }) => (level === 'refuse' ? bad(why) : warn(why))),
    ...(short === null ? [] : [warn(short)]),
  ];
}

/** `ownServer`: the server was started for this look, so that no daemon can run. */
export async function lookAtWorkers(store: Store, ownServer: boolean): Promise<readonly Finding[]> {
  const beats = await readBeats(store);
  if (ownServer || beats.length === 0) return [bad(reason('doctor.no-daemon'))];
  const missing = stopsOf(beats);
  return missing.length > 0 ? missing.map(bad) : [good(reason('doctor.workers', { processes: beats.length }))];
}

/** Sources of different hosts that are asked. */
const MOST_ASKED = 5;

/** What some sources of different hosts answered. */
export async function askSources(config: Config): Promise<readonly FetchResult[]> {
  const { settings } = config;
  const hosts = new Map<string, () => Promise<FetchResult>>();
  const fetcher = createFetcher(settings.fetch);
  for (const source of config.sources) {
    const address = source.enabled ? resolveAddress(source.url, settings.rsshub) : null;
    if (address === null || !URL.canParse(address) || hosts.size === MOST_ASKED) continue;
    hosts.set(new URL(address).host, () => fetcher.fetchDocument(requestOf(source, address, address)));
  }
  try {
    return await Promise.all([...hosts.values()].map((ask) => ask()));
  } finally {
    await fetcher.close();
  }
}

/** Stages at which a request fails for want of a network. */
const UNREACHED: ReadonlySet<string> = new Set(['dns', 'connect', 'timeout']);

export function lookAtNetwork(results: readonly FetchResult[]): Finding {
  const asked = results.length;
  if (asked === 0) return good(reason('doctor.no-sources'));
  const failed = results.flatMap((one) => (one.outcome === 'failed' && UNREACHED.has(one.stage) ? [one.reason] : []));
  const [why] = failed;
  if (why === undefined) return good(reason('doctor.network', { asked }));
  if (failed.length === asked) return bad(reason('doctor.offline', { asked, why }));
  return warn(reason('doctor.network-some', { failed: failed.length, asked, why }));
}

/** Certificates, sessions and polls bear a few minutes; schedules of two machines do not bear more. */
const MOST_OFF_MS = 2 * MINUTE_MS;

/** Compares this machine's clock with those of Redis and of the servers that answered. */
export async function lookAtClock(
  store: Store | null,
  results: readonly FetchResult[],
  now: () => number,
): Promise<Finding> {
  const offs: { readonly than: string; readonly off: number }[] = [];
  if (store !== null) offs.push({ than: 'Redis', off: now() - (await readClock(store)) });
  for (const one of results) {
    const date = 'headers' in one ? parseHttpDate(one.headers['date'] ?? '', now()) : null;
    if (date !== null) offs.push({ than: new URL(one.url).host, off: now() - date });
  }
  // A server may be wrong itself: what most say counts.
  const sorted = offs.filter(({ than }) => than !== 'Redis').sort((a, b) => a.off - b.off);
  const middle = sorted[Math.floor(sorted.length / 2)];
  const heard = [...offs.filter(({ than }) => than === 'Redis'), ...(middle === undefined ? [] : [middle])];
  const wrong = heard.find(({ off }) => Math.abs(off) > MOST_OFF_MS);
  if (wrong !== undefined) return bad(reason('doctor.clock-off', { off: Math.abs(wrong.off), than: wrong.than }));
  return heard.length === 0 ? warn(reason('doctor.clock-unknown')) : good(reason('doctor.clock'));
}
