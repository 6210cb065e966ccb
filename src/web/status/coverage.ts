/** Groups counts by region code into provinces with their cities, for drawing. */
import { cityOf, isCounty, isProvince, lacksCity, liesIn } from '../../divisions/codes.ts';
import type { CoverageRow } from './gather.ts';

export interface ProvinceCoverage extends CoverageRow {
  /** Cities, or a municipality's districts; most entries first. */
  readonly places: readonly CoverageRow[];
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
