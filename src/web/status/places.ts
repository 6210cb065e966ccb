/** Finds the places that pages list: an edition's provinces, a province's cities, a municipality's counties. */
import type { Config, Edition } from '../../model/config.ts';

export interface Place {
  readonly code: string;
  readonly name: string;
}

type RegionName = (code: string) => string | null;
type RegionCodes = (name: string) => readonly string[] | null;

/** Provinces that the edition's regions lie in, in the order they are named there. */
export function provincesOf(edition: Edition, regionCodes: RegionCodes, regionName: RegionName): Place[] {
  const codes = edition.regions.flatMap((name) => regionCodes(name) ?? []);
  const provinces = [...new Set(codes.map((code) => `${code.slice(0, 2)}0000`))];
  return provinces.flatMap((code) => toPlace(code, regionName));
}

/**
 * What lies directly in a place, by asking for the name of each code that could (GB/T 2260 numbers them from 01):
 * a province's cities, a municipality's or city's counties; nothing for a county.
 */
export function placesWithin(code: string, regionName: RegionName): Place[] {
  if (code.endsWith('0000')) {
    const cities = numbers().flatMap((n) => toPlace(`${code.slice(0, 2)}${n}00`, regionName));
    // Shanghai and the other municipalities keep their districts under 01 and 02, which have no name.
    if (cities.length > 0) return cities;
    return ['01', '02'].flatMap((city) =>
      numbers().flatMap((n) => toPlace(`${code.slice(0, 2)}${city}${n}`, regionName)),
    );
  }
  return code.endsWith('00') ? numbers().flatMap((n) => toPlace(`${code.slice(0, 4)}${n}`, regionName)) : [];
}

/** The place above: a county's city, a city's province; null for a province. */
export function placeAbove(code: string, regionName: RegionName): Place | null {
  if (code.endsWith('0000')) return null;
  const above = code.endsWith('00') ? [] : toPlace(`${code.slice(0, 4)}00`, regionName);
  return above[0] ?? toPlace(`${code.slice(0, 2)}0000`, regionName)[0] ?? null;
}

function numbers(): string[] {
  return Array.from({ length: 99 }, (_, i) => String(i + 1).padStart(2, '0'));
}

function toPlace(code: string, regionName: RegionName): Place[] {
  const name = regionName(code);
  return name === null ? [] : [{ code, name }];
}

/** The edition of this id; the default one for none; null where there is no such edition. */
export function editionOf(config: Pick<Config, 'editions'>, id: string | undefined): Edition | null {
  if (id === undefined || id === '') return config.editions[0] ?? null;
  return config.editions.find((edition) => edition.id === id) ?? null;
}
