/** Says for which places an entry counts that names some: themselves, their cities and their provinces. */

/** Municipalities, whose districts stand where a province has its cities (GB/T 2260: 11, 12, 31, 50). */
export const MUNICIPALITIES: ReadonlySet<string> = new Set(['11', '12', '31', '50']);
/** Counties that no city stands above, such as 仙桃 429004 (GB/T 2260: third and fourth digit 90). */
const NO_CITY = '90';

/** True where districts or counties lie directly in the province, so that no code of a city stands between. */
export function lacksCity(code: string): boolean {
  return MUNICIPALITIES.has(code.slice(0, 2)) || code.slice(2, 4) === NO_CITY;
}

/** The places named, their cities and their provinces, each once: what an entry that names them is news of. */
export function countedPlaces(codes: readonly string[]): string[] {
  return [
    ...new Set(
      codes.flatMap((code) => [
        code,
        ...(code.endsWith('00') || lacksCity(code) ? [] : [`${code.slice(0, 4)}00`]),
        `${code.slice(0, 2)}0000`,
      ]),
    ),
  ];
}
