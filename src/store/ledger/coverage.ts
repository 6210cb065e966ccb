/** Reads how many entries of the last days counted for each place. */
import { cityOf, isCounty, provinceOf } from '../../divisions/codes.ts';
import type { DayCoverage } from '../../model/decision.ts';
import { dayOf, keys, type Store } from '../redis/keys.ts';
import { check } from '../redis/pipeline.ts';
import { DAY_MS } from '../../text/time.ts';

/** Coverage of the last `days` days, oldest first; the last one is today, which is not over. */
export async function readCoverageByDay(store: Store, now: number, days: number): Promise<DayCoverage[]> {
  const names = Array.from({ length: days }, (_, i) => dayOf(now - (days - 1 - i) * DAY_MS));
  const pipeline = store.redis.pipeline();
  for (const day of names) pipeline.hgetall(keys.places(store, day)).hgetall(keys.coverage(store, day));
  const rows = (await check(pipeline.exec())) as Record<string, string>[];
  const countsOf = (row: Record<string, string> | undefined) =>
    new Map(Object.entries(row ?? {}).map(([code, count]) => [code, Number(count)]));
  return names.map((day, i) => ({
    day,
    counts: sum([countsOf(rows[2 * i]), rollUp(countsOf(rows[2 * i + 1]))]),
  }));
}

/** Region code → entries kept or merged over the last `days` days, today (Asia/Shanghai) included. */
export async function readCoverage(store: Store, now: number, days: number): Promise<Map<string, number>> {
  return sum((await readCoverageByDay(store, now, days)).map(({ counts }) => counts));
}

function sum(all: readonly ReadonlyMap<string, number>[]): Map<string, number> {
  const total = new Map<string, number>();
  for (const counts of all) for (const [code, count] of counts) total.set(code, (total.get(code) ?? 0) + count);
  return total;
}

/**
 * Counts of a day on which an entry was counted for the places it named alone, as was done once. One that names a county
 * mostly names its city too, so a city has the larger of both; one that names a city rarely counts under the province.
 */
export function rollUp(counts: ReadonlyMap<string, number>): Map<string, number> {
  const all = new Map(counts);
  const add = (sums: Map<string, number>, code: string, count: number) =>
    void sums.set(code, (sums.get(code) ?? 0) + count);
  const ofCounties = new Map<string, number>();
  for (const [code, count] of counts) {
    const city = cityOf(code);
    if (!isCounty(code)) continue;
    if (city === null) add(all, provinceOf(code), count);
    else add(ofCounties, city, count);
  }
  for (const [city, count] of ofCounties) all.set(city, Math.max(all.get(city) ?? 0, count));
  for (const [code, count] of all) if (code === cityOf(code)) add(all, provinceOf(code), count);
  return all;
}
