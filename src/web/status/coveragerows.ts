/** Counts entries by place, and groups the places into provinces with their cities, for drawing. */
import { cityOf, isCounty, isProvince, lacksCity, liesIn } from '../../divisions/codes.ts';
import { readCoverage } from '../../store/ledger/coverage.ts';
import type { WebDeps } from '../deps.ts';

const WEEK_DAYS = 7;

/** Entries kept or merged of one region in the last day and in the last seven. */
export interface CoverageRow {
  /** GB/T 2260. */
  readonly code: string;
  readonly name: string;
  readonly day: number;
  readonly week: number;
}

export interface ProvinceCoverage extends CoverageRow {
  /** Cities, or a municipality's districts; most entries first. */
  readonly places: readonly CoverageRow[];
}

/** Most entries in the week first. */
export async function readCoverageRows({ store, regionName }: WebDeps, now: number): Promise<CoverageRow[]> {
  const [day, week] = await Promise.all([readCoverage(store, now, 1), readCoverage(store, now, WEEK_DAYS)]);
  return [...week]
    .map(([code, count]) => ({ code, name: regionName(code) ?? code, day: day.get(code) ?? 0, week: count }))
    .sort(byWeek);
}

/** Provinces with their cities, most entries of the week first. */
export function groupCoverage(rows: readonly CoverageRow[]): ProvinceCoverage[] {
  return rows
    .filter(({ code }) => isProvince(code))
    .map((province) => {
      const within = ({ code }: CoverageRow) => liesIn(code, province.code) && isPlace(code);
      return Object.assign({ places: rows.filter(within).sort(byWeek) }, province);
    })
    .sort(byWeek);
}

/** Whether it is drawn under its province: a city, or a county that no city stands above. */
function isPlace(code: string): boolean {
  return lacksCity(code) ? isCounty(code) : code === cityOf(code);
}

function byWeek(a: CoverageRow, b: CoverageRow): number {
  return b.week - a.week || (a.code < b.code ? -1 : 1);
}
