/** Groups counts by region code into provinces with their cities, for drawing. */
import { lacksCity } from '../../divisions/counted.ts';
import type { CoverageRow } from './gather.ts';

export interface ProvinceCoverage extends CoverageRow {
  /** Cities, or a municipality's districts; most entries first. */
  readonly places: readonly CoverageRow[];
}

/** Provinces with their cities, most entries of the week first. */
export function groupCoverage(rows: readonly CoverageRow[]): ProvinceCoverage[] {
  return rows
    .filter(({ code }) => code.endsWith('0000'))
    .map((province) => {
      const within = ({ code }: CoverageRow) => code.startsWith(province.code.slice(0, 2)) && isPlace(code);
      return Object.assign({ places: rows.filter(within).sort(byWeek) }, province);
    })
    .sort(byWeek);
}

function isPlace(code: string): boolean {
  return !code.endsWith('0000') && code.endsWith('00') !== lacksCity(code);
}

function byWeek(a: CoverageRow, b: CoverageRow): number {
  return b.week - a.week || (a.code < b.code ? -1 : 1);
}
