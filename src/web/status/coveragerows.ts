/** Counts what came of each place: entries by day, and stories of the provinces that the editions are about, with all their cities. */
import type { Config } from '../../model/config.ts';
import { isMunicipality, isProvince, provinceOf } from '../../divisions/codes.ts';
import { loadGazetteer } from '../../divisions/gazetteer.ts';
import { readCoverage } from '../../store/ledger/coverage.ts';
import { countByPlace } from '../../store/stories/placecounts.ts';
import { DAY_MS } from '../../text/time.ts';
import type { WebDeps } from '../deps.ts';
import { placesWithin, provincesOf } from './placelist.ts';

const WEEK_DAYS = 7;

/** What came of one region in the last day and in the last seven. */
export interface CoverageRow {
  /** GB/T 2260. */
  readonly code: string;
  readonly name: string;
  readonly day: number;
  readonly week: number;
}

export interface ProvinceCoverage extends CoverageRow {
  /** All its cities, or a municipality's districts, by code; also those of which nothing came. */
  readonly places: readonly CoverageRow[];
}

/** Entries kept or merged by calendar day in Beijing; most of the week first. */
export async function readCoverageRows({ store, regionName }: WebDeps, now: number): Promise<CoverageRow[]> {
  const [day, week] = await Promise.all([readCoverage(store, now, 1), readCoverage(store, now, WEEK_DAYS)]);
  return [...week]
    .map(([code, count]) => ({ code, name: regionName(code) ?? code, day: day.get(code) ?? 0, week: count }))
    .sort(byWeek);
}

/** Stories whose date lies in the last 24 hours and in the last seven days; provinces of most stories first. */
export async function readProvinces(deps: WebDeps, now: number): Promise<ProvinceCoverage[]> {
  const { store, config, regionName } = deps;
  const provinces = provincesShown(deps, config()).map((code) => ({
    code,
    name: regionName(code) ?? code,
    places: placesWithin(code, regionName),
  }));
  const codes = provinces.flatMap(({ code, places }) => [code, ...places.map((place) => place.code)]);
  const counts = await countByPlace(store, codes, [now - DAY_MS, now - WEEK_DAYS * DAY_MS]);
  const rowOf = ({ code, name }: { code: string; name: string }): CoverageRow => {
    const [day = 0, week = 0] = counts.get(code) ?? [];
    return { code, name, day, week };
  };
  return provinces.map((one) => Object.assign(rowOf(one), { places: one.places.map(rowOf) })).sort(byWeek);
}

/** Cities of the provinces; a municipality is one. */
export const citiesOf = (provinces: readonly ProvinceCoverage[]): readonly CoverageRow[] =>
  provinces.flatMap((one) => (isMunicipality(one.code) ? [one] : one.places));

/** Codes of the provinces that the editions are about; where one is about all, those at home, or else all. */
function provincesShown({ regionCodes, regionName }: WebDeps, { editions, regions }: Config): readonly string[] {
  const lists = editions.map((edition) => provincesOf(edition, regionCodes, regionName).map(({ code }) => code));
  if (lists.every((list) => list.length > 0)) return [...new Set(lists.flat())];
  const home = [...new Set(regions.home.map(provinceOf))];
  return home.length > 0 ? home : loadGazetteer().places.flatMap(({ code }) => (isProvince(code) ? [code] : []));
}

function byWeek(a: CoverageRow, b: CoverageRow): number {
  return b.week - a.week || (a.code < b.code ? -1 : 1);
}
