/** Finds the places that pages list: an edition's provinces, a province's cities, a municipality's counties. */
import { provinceOf } from '../../divisions/codes.ts';
import { loadGazetteer } from '../../divisions/gazetteer.ts';
import type { Edition } from '../../model/config.ts';

export interface Place {
  readonly code: string;
  readonly name: string;
}

type RegionName = (code: string) => string | null;
type RegionCodes = (name: string) => readonly string[] | null;

/** Provinces that the edition's regions lie in, in the order they are named there. */
export function provincesOf(edition: Edition, regionCodes: RegionCodes, regionName: RegionName): Place[] {
  const codes = edition.regions.flatMap((name) => regionCodes(name) ?? []);
  const provinces = [...new Set(codes.map(provinceOf))];
  return provinces.flatMap((code) => toPlace(code, regionName));
}

/** What lies directly in a place: a province's cities, a municipality's or city's counties; nothing for a county. */
export function placesWithin(code: string, regionName: RegionName): Place[] {
  const within = loadGazetteer().within.get(code) ?? [];
  return within.flatMap((place) => toPlace(place.code, regionName));
}

/** The place above: a county's city, a city's province; null for a province. */
export function placeAbove(code: string, regionName: RegionName): Place | null {
  const parent = loadGazetteer().byCode.get(code)?.parent ?? null;
  return parent === null ? null : (toPlace(parent, regionName)[0] ?? null);
}

function toPlace(code: string, regionName: RegionName): Place[] {
  const name = regionName(code);
  return name === null ? [] : [{ code, name }];
}
