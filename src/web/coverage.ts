/** Rolls counts by region code up into cities and provinces, for drawing. */
import type { CoverageRow } from './status.ts';

export interface ProvinceCoverage extends CoverageRow {
  /** Cities, or a municipality's districts; most entries first. */
  readonly places: readonly CoverageRow[];
}

/** Municipalities, whose districts stand where a province has its cities (GB/T 2260: 11, 12, 31, 50). */
const MUNICIPALITIES = new Set(['11', '12', '31', '50']);

function provinceOf(code: string): string {
  return `${code.slice(0, 2)}0000`;
}

function cityOf(code: string): string {
  return `${code.slice(0, 4)}00`;
}

/**
 * Counts of counties, cities and provinces. An entry counts under each code that it names. One that names a county
 * mostly names its city too, so a city has the larger of both; one that names a city rarely counts under the province.
 */
export function rollUp(counts: ReadonlyMap<string, number>): Map<string, number> {
  const all = new Map(counts);
  const ofCounties = new Map<string, number>();
  for (const [code, count] of counts)
    if (!code.endsWith('00')) ofCounties.set(cityOf(code), (ofCounties.get(cityOf(code)) ?? 0) + count);
  for (const [city, sum] of ofCounties) all.set(city, Math.max(all.get(city) ?? 0, sum));
  for (const [code, count] of all)
    if (code.endsWith('00') && !code.endsWith('0000'))
      all.set(provinceOf(code), (all.get(provinceOf(code)) ?? 0) + count);
  return all;
}

/** Provinces with their cities, most entries of the week first. */
export function groupCoverage(
  rows: readonly CoverageRow[],
  regionName: (code: string) => string | null,
): ProvinceCoverage[] {
  const day = rollUp(new Map(rows.map((row) => [row.code, row.day])));
  const week = rollUp(new Map(rows.map((row) => [row.code, row.week])));
  const toRow = (code: string): CoverageRow => ({
    code,
    name: regionName(code) ?? code,
    day: day.get(code) ?? 0,
    week: week.get(code) ?? 0,
  });
  const codes = [...week.keys()];
  return codes
    .filter((code) => code.endsWith('0000'))
    .map((province) => {
      const places = codes.filter((code) => provinceOf(code) === province && isPlace(code));
      return Object.assign(toRow(province), { places: places.map(toRow).sort(byWeek) });
    })
    .sort(byWeek);
}

function isPlace(code: string): boolean {
  if (code.endsWith('0000')) return false;
  return code.endsWith('00') !== MUNICIPALITIES.has(code.slice(0, 2));
}

function byWeek(a: CoverageRow, b: CoverageRow): number {
  return b.week - a.week || (a.code < b.code ? -1 : 1);
}
