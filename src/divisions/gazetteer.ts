/** Finds places of the official list of divisions by name, short name or code. */
import { readFileSync } from 'node:fs';
import type { RegionLevel } from '../model/region.ts';
import { fold } from '../zh/script.ts';
import { codePrefix, isCounty, isProvince, liesIn, liesInAny, provinceOf } from './codes.ts';

export interface Place {
  /** GB/T 2260, six digits. */
  readonly code: string;
  readonly name: string;
  /** 合肥市 → 合肥; equals `name` where one character would be left: 歙县. */
  readonly short: string;
  readonly level: RegionLevel;
  /** Code of the place above; null for a province. */
  readonly parent: string | null;
}

export interface Gazetteer {
  readonly places: readonly Place[];
  readonly byCode: ReadonlyMap<string, Place>;
  /** Folded name or short name → every place so called, provinces first. */
  readonly byName: ReadonlyMap<string, readonly Place[]>;
  /** Code → the places directly in it, by code. */
  readonly within: ReadonlyMap<string, readonly Place[]>;
}

export type Groups = Readonly<Record<string, readonly string[]>>;

/** Codes of the places that a name shared by several rather means: the operator's own part of the country. */
export type Home = readonly string[];

let loaded: Gazetteer | undefined;

/** The places of China, read once from data/divisions.tsv. */
export function loadGazetteer(): Gazetteer {
  return (loaded ??= buildGazetteer(readFileSync(new URL('./data/divisions.tsv', import.meta.url), 'utf8')));
}

function buildGazetteer(table: string): Gazetteer {
  const rows = table
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split('\t'));
  const codes = new Set(rows.map(([code = '']) => code));
  const places: Place[] = rows.map(([code = '', name = '', level = '', short = '']) => ({
    code,
    name,
    short,
    level: level as RegionLevel,
    parent: parentCode(code, codes),
  }));
  const byName = new Map<string, Place[]>();
  const ranked = [...places].sort((a, b) => RANK[a.level] - RANK[b.level]);
  for (const place of ranked) {
    for (const key of new Set([fold(place.name), fold(place.short)])) {
      byName.set(key, [...(byName.get(key) ?? []), place]);
    }
  }
  const within = new Map<string, Place[]>();
  for (const place of places) {
    if (place.parent !== null) within.set(place.parent, [...(within.get(place.parent) ?? []), place]);
  }
  return { places, byCode: new Map(places.map((place) => [place.code, place])), byName, within };
}

const RANK: Readonly<Record<RegionLevel, number>> = { province: 0, city: 1, county: 2 };

/** Counties of municipalities and counties that a province runs itself have no city above them. */
function parentCode(code: string, codes: ReadonlySet<string>): string | null {
  if (isProvince(code)) return null;
  const city = `${code.slice(0, 4)}00`;
  return isCounty(code) && codes.has(city) ? city : provinceOf(code);
}

/**
 * The place so named. A short name that several counties share names none of them, unless exactly one lies in `home`;
 * `上级/名` or `上级名` tells them apart: 南京鼓楼区, 安徽/太和.
 */
export function findRegion(gazetteer: Gazetteer, nameOrCode: string, home: Home): Place | null {
  const key = fold(nameOrCode.trim());
  if (/^\d{6}$/.test(key)) return gazetteer.byCode.get(key) ?? null;
  return pick(gazetteer.byName.get(key) ?? [], home) ?? findQualified(gazetteer, key);
}

function pick(found: readonly Place[], home: Home): Place | null {
  const [first, second] = found;
  if (!first || !second || first.level !== second.level) return first ?? null;
  const near = found.filter(({ code }) => liesInAny(code, home));
  return near.length === 1 ? (near[0] ?? null) : null;
}

function findQualified(gazetteer: Gazetteer, key: string, within = ''): Place | null {
  for (let cut = 2; cut <= key.length - 2; cut++) {
    const above = (gazetteer.byName.get(key.slice(0, cut).replace(/\/$/, '')) ?? []).find(
      ({ level, code }) => level !== 'county' && code.startsWith(within),
    );
    if (!above) continue;
    const rest = key.slice(cut).replace(/^\//, '');
    const found = (gazetteer.byName.get(rest) ?? []).filter(
      ({ code }) => code !== above.code && liesIn(code, above.code),
    );
    // A city overrules a county of its own name: 安徽/宿州.
    const [only, other] = found;
    if (only && (!other || other.level !== only.level)) return only;
    const deeper = findQualified(gazetteer, rest, codePrefix(above.code));
    if (deeper) return deeper;
  }
  return null;
}

/** Codes that the names stand for; groups may name groups. `unknown` are names that mean nothing. */
export function expandRegions(
  gazetteer: Gazetteer,
  names: readonly string[],
  { groups, home }: { readonly groups: Groups; readonly home: Home },
): { readonly codes: ReadonlySet<string>; readonly unknown: readonly string[] } {
  const codes = new Set<string>();
  const unknown: string[] = [];
  const visited = new Set<string>();
  const visit = (name: string): void => {
    if (visited.has(name)) return;
    visited.add(name);
    const members = Object.hasOwn(groups, name) ? groups[name] : undefined;
    const place = members ? null : findRegion(gazetteer, name, home);
    if (members) members.forEach(visit);
    else if (place) codes.add(place.code);
    else unknown.push(name);
  };
  names.forEach(visit);
  return { codes, unknown };
}
