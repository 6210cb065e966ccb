/** Turns the names of divisions in Latin letters into terms: Hefei, Ma'anshan, Suzhou of two provinces. */
import { readFileSync } from 'node:fs';
import { isCounty, isProvince, liesInAny, provinceOf } from '../../divisions/codes.ts';
import { type Home, loadGazetteer, type Place } from '../../divisions/gazetteer.ts';
import { fold } from '../../zh/script.ts';
import type { Term } from './term.ts';

/** Shorter names are words and personal names too: Yili, Dali, Ali; those of the operator's own country stay. */
const LEAST = 5;
/** As written where the syllables do not part by themselves: Huai'an, Huai’an, Huaian. */
const APOSTROPHES = ["'", '’', ''];

/**
 * Of all names that a place of `home`, a city or a province has. A county is as sure as its Chinese name (`isSure`),
 * as long as no other place of China is written alike: Fuyang is 阜阳市 unless 杭州's is told.
 */
export function latinTerms(home: Home, isSure: (place: Place) => boolean): readonly Term[] {
  const terms: Term[] = [];
  for (const [label, places] of placesByLatinName()) {
    const near = places.filter(({ code }) => liesInAny(code, home));
    if (near.length === 0 && (label.length < LEAST || places.every(({ code }) => isCounty(code)))) continue;
    const meant = likelyMeant(places, home);
    const [first] = meant;
    if (!first) continue;
    const large = meant.some(({ code }) => !isCounty(code));
    const strength = large || (isSure(first) && isChief(first, meant.slice(1))) ? 'sure' : 'doubtful';
    for (const written of new Set(APOSTROPHES.map((mark) => label.replaceAll("'", mark)))) {
      // Luan and Yian are words and names of persons.
      if (written.length < LEAST && written !== label) continue;
      terms.push({
        text: fold(written),
        label: written,
        strength,
        codes: meant.map(({ code }) => code),
        oneOf: meant.length > 1,
        prior: meant.length > 1 ? first.code : null,
        theme: null,
        weight: 1,
        cues: 'any',
        division: true,
      });
    }
  }
  return terms;
}

/** Those of home first, then the larger and, of cities of one size, the one that news more often means. */
function likelyMeant(places: readonly Place[], home: Home): readonly Place[] {
  const province = places.find(({ code }) => isProvince(code));
  if (province) return [province];
  const cities = places.filter(({ code }) => !isCounty(code));
  const meant = places.filter(
    ({ code }) => !isCounty(code) || !cities.some((city) => provinceOf(city.code) === provinceOf(code)),
  );
  const rank = ({ code }: Place): number =>
    (liesInAny(code, home) ? 0 : 4) + (isCounty(code) ? 2 : 0) + (LESSER.has(code) ? 1 : 0);
  return meant.toSorted((a, b) => rank(a) - rank(b));
}

/** Whether no other place is written alike, or only counties beside a city: 义乌市 and 伊吾县. */
const isChief = ({ name }: Place, others: readonly Place[]): boolean =>
  others.length === 0 || (name.endsWith('市') && others.every((other) => !other.name.endsWith('市')));

/** Cities that are less often meant than the other of their name: 宿州 beside 苏州, 泰州 beside 台州. */
const LESSER: ReadonlySet<string> = new Set(['341300', '321200']);

/** Labels that agencies and portals give their branches: ah.news.cn, www.js.chinanews.com.cn. */
const BRANCHES: Readonly<Record<string, string>> = { ah: '340000', js: '320000', sh: '310000', zj: '330000' };
/** Letters of a name that may begin a label: hefei in hefeinews; shorter ones must be all of it. */
const LEAST_START = 4;

/** The place of `home` that a host's labels name: wuhu.gov.cn, www.hefeidaily.com; null where they name none. */
export function placeOfHost(host: string, home: Home): Place | null {
  const labels = host.toLowerCase().replace(/:\d+$/, '').split('.').slice(0, -1);
  const named = [...placesByLatinName()].flatMap(([name, places]) => {
    const letters = name.toLowerCase().replaceAll(/[^a-z]/g, '');
    const isNamed = labels.some(
      (label) => label === letters || (letters.length >= LEAST_START && label.startsWith(letters)),
    );
    const [place] = isNamed
      ? likelyMeant(
          places.filter(({ code }) => liesInAny(code, home)),
          home,
        )
      : [];
    return place === undefined ? [] : [{ place, letters }];
  });
  const [longest] = named.toSorted((a, b) => b.letters.length - a.letters.length);
  if (longest !== undefined) return longest.place;
  const code = labels.map((label) => BRANCHES[label]).find((one) => one !== undefined && liesInAny(one, home));
  return code === undefined ? null : (loadGazetteer().byCode.get(code) ?? null);
}

let byLatinName: ReadonlyMap<string, readonly Place[]> | undefined;

/** Name without apostrophes apart, as it is labelled → places so written. */
function placesByLatinName(): ReadonlyMap<string, readonly Place[]> {
  return (byLatinName ??= readLatinNames());
}

function readLatinNames(): ReadonlyMap<string, readonly Place[]> {
  const { byCode } = loadGazetteer();
  const names = new Map<string, Place[]>();
  const add = (name: string, place: Place): void => {
    const known = names.get(name);
    if (known) known.push(place);
    else names.set(name, [place]);
  };
  const table = readFileSync(new URL('../../divisions/data/pinyin.tsv', import.meta.url), 'utf8');
  for (const line of table.split('\n')) {
    const [code = '', name = ''] = line.split('\t');
    const place = line.startsWith('#') ? undefined : byCode.get(code);
    if (!place) continue;
    add(name, place);
    // 歙县 is Shexian and She County.
    if (place.short === place.name && place.name.length === SUFFIXED && name.endsWith('xian'))
      add(`${name.slice(0, -'xian'.length)} County`, place);
  }
  return names;
}

const SUFFIXED = 2;
