/** Names places for people, and says what may have been meant by a region name that means nothing. */
import type { Reason } from '../model/reason.ts';
import { reason } from '../reasons/catalogue.ts';
import { editDistance } from '../text/near.ts';
import { fold } from '../zh/script.ts';
import { liesInAny } from './codes.ts';
import { findRegion, type Groups, type Home, loadGazetteer, type Place } from './gazetteer.ts';

/** Null where `name` is a group, a place or a code; else what is wrong with it, with a near name where there is one. */
export function regionProblem(name: string, groups: Groups, home: Home): Reason | null {
  const gazetteer = loadGazetteer();
  if (Object.hasOwn(groups, name) || findRegion(gazetteer, name, home)) return null;
  const shared = gazetteer.byName.get(fold(name.trim())) ?? [];
  if (shared.length > 1) return sharedName(name, shared);
  const near = nearestName(fold(name.trim()), groups, home);
  return near === null
    ? reason('config.region.unknown', { region: name })
    : reason('config.region.unknown-near', { region: name, near });
}

const MOST_NAMED = 3;

const underItsParent = ({ name, parent }: Place): string =>
  `${(parent && loadGazetteer().byCode.get(parent)?.name) ?? ''}${name}`;

/** A place's name, under that of the place above it where others bear it: 合肥市, 南京市鼓楼区. Null: no such code. */
export function distinctName(code: string): string | null {
  const { byCode, byName } = loadGazetteer();
  const place = byCode.get(code);
  if (place === undefined) return null;
  const bearers = (byName.get(fold(place.name)) ?? []).filter(({ name }) => name === place.name);
  return bearers.length > 1 ? underItsParent(place) : place.name;
}

function sharedName(region: string, shared: readonly Place[]): Reason {
  const places = shared.slice(0, MOST_NAMED).map((place) => `${underItsParent(place)} (${place.code})`);
  const more = shared.length - places.length;
  return more === 0
    ? reason('config.region.shared', { region, places })
    : reason('config.region.shared-by-more', { region, places, more });
}

// Of names equally near, the larger place is likelier meant: 安微 is 安徽, not 安吉.
const LEVEL_BONUS = { province: 0.3, city: 0.15, county: 0 } as const;

function nearestName(name: string, groups: Groups, home: Home): string | null {
  let best: string | null = null;
  let bestCost = Math.max(1, Math.floor(name.length / 2)) + 0.5;
  const consider = (candidate: string, bonus: number): void => {
    if (Math.abs(candidate.length - name.length) > 2) return;
    const cost = editDistance(name, fold(candidate), Math.floor(bestCost + bonus)) - bonus;
    if (cost < bestCost) [best, bestCost] = [candidate, cost];
  };
  for (const group of Object.keys(groups)) consider(group, 0.2);
  for (const place of loadGazetteer().places) {
    const bonus = (liesInAny(place.code, home) ? 0.1 : 0) + LEVEL_BONUS[place.level];
    consider(place.name, bonus);
    consider(place.short, bonus);
  }
  return best;
}
