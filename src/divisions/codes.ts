/** Reads GB/T 2260 codes: which place lies in which, and for which places an entry counts that names some. */

/** Municipalities, whose districts stand where a province has its cities: 北京, 天津, 上海, 重庆. */
const MUNICIPALITIES: ReadonlySet<string> = new Set(['110000', '120000', '310000', '500000']);
/** Third and fourth digit of counties that their province runs itself, such as 仙桃 429004. */
const NO_CITY = '90';

export const isProvince = (code: string): boolean => code.endsWith('0000');
export const isCounty = (code: string): boolean => !code.endsWith('00');

/** 340104 → 340000. */
export const provinceOf = (code: string): string => `${code.slice(0, 2)}0000`;

/** 340104 and 340100 → 340100; null for a province and for what lies directly in one. */
export function cityOf(code: string): string | null {
  return isProvince(code) || lacksCity(code) ? null : `${code.slice(0, 4)}00`;
}

export const isMunicipality = (code: string): boolean => MUNICIPALITIES.has(code);

/** True where districts or counties lie directly in the province, so that no code of a city stands between. */
function lacksCity(code: string): boolean {
  return isMunicipality(provinceOf(code)) || code.slice(2, 4) === NO_CITY;
}

/** Digits that all codes within a place share: 34 for 安徽省, 3401 for 合肥市. */
export function codePrefix(code: string): string {
  if (isProvince(code)) return code.slice(0, 2);
  return isCounty(code) ? code : code.slice(0, 4);
}

/** Whether a place is `above` or lies in it. */
export const liesIn = (code: string, above: string): boolean => code.startsWith(codePrefix(above));

/** Whether a place is one of `places` or lies in one of them. */
export const liesInAny = (code: string, places: readonly string[]): boolean =>
  places.some((above) => liesIn(code, above));

/** The places named, their cities and their provinces, each once: what an entry that names them is news of. */
export function countedPlaces(codes: readonly string[]): string[] {
  return [...new Set(codes.flatMap((code) => [code, cityOf(code) ?? code, provinceOf(code)]))];
}
