/** Turns resolved mentions into region and theme hits with scores: by field, position, count and competing places. */
import type { Classification, Evidence, RegionHit, TextField, ThemeHit } from '../../model/region.ts';
import { codePrefix, isMunicipality, isProvince, provinceOf } from '../../divisions/codes.ts';
import { type Home, loadGazetteer } from '../../divisions/gazetteer.ts';
import { readsLocal } from './localguess.ts';
import type { Resolved } from '../find/resolve.ts';
import { damping } from '../find/damping.ts';
import { ABROAD, type Term } from '../find/terms.ts';
import { fieldWeight, W } from './weights.ts';

/** `title` is as published: whether a local outlet writes of its own place is told by its wording. */
export function rankHits(mentions: readonly Resolved[], title: string, home: Home): Classification {
  const asides: Asides = {
    feed: weighAside('feed', mentions, title),
    dateline: weighAside('dateline', mentions, title),
  };
  const { byPlace, byTheme } = gather(mentions);
  const passesBy = provincePassedBy(mentions);
  const { byCode } = loadGazetteer();
  const regions: RegionHit[] = [];
  const mentioned: RegionHit[] = [];
  for (const [code, list] of byPlace) {
    const place = byCode.get(code);
    const evidence = weigh(list, asides, home);
    const score = total(evidence);
    const least = passesBy(code) ? W.edition.threshold : W.place.least;
    if (!place) continue;
    (score >= least ? regions : mentioned).push({ code, name: place.name, level: place.level, score, evidence });
  }
  const themes: ThemeHit[] = [...byTheme].map(([group, list]) => {
    const evidence = weigh(list, asides, home);
    return { group, score: total(evidence), evidence };
  });
  return {
    regions: regions.sort(byScore),
    themes: themes.sort((a, b) => b.score - a.score),
    ...(mentioned.length > 0 && { mentioned: mentioned.sort(byScore) }),
  };
}

type Gathered = Map<string, Resolved[]>;

/**
 * Mentions by place and by theme; what names a county speaks for its city too. Themes and wide landscapes name their
 * provinces only where the title names nothing more particular.
 */
function gather(mentions: readonly Resolved[]): { readonly byPlace: Gathered; readonly byTheme: Gathered } {
  const byPlace: Gathered = new Map();
  const byTheme: Gathered = new Map();
  const { byCode } = loadGazetteer();
  const put = (map: Gathered, key: string, mention: Resolved): void => {
    const list = map.get(key);
    if (list) list.push(mention);
    else map.set(key, [mention]);
  };
  const particular = mentions.some(
    ({ term, field }) => field === 'title' && term.theme === null && weightOf(term) >= 1,
  );
  for (const mention of mentions) {
    const { term, codes } = mention;
    if (term.theme !== null) put(byTheme, term.theme, mention);
    const wide = term.theme !== null || (weightOf(term) < 1 && codes.length > 1);
    if (wide && particular) continue;
    for (const code of codes) {
      put(byPlace, code, mention);
      const parent = byCode.get(code)?.parent;
      if (parent && !isProvince(parent)) put(byPlace, parent, mention);
    }
  }
  return { byPlace, byTheme };
}

/** Whether the title names places, but none in the province of a code. */
function provincePassedBy(mentions: readonly Resolved[]): (code: string) => boolean {
  const titled = new Set(
    mentions.filter(({ field }) => field === 'title').flatMap(({ codes }) => codes.map(provinceOf)),
  );
  return (code) => titled.size > 0 && !titled.has(provinceOf(code));
}

/** Of hits that score alike the narrower place comes first: 合肥市 before 安徽省. */
const byScore = (a: RegionHit, b: RegionHit): number =>
  b.score - a.score || codePrefix(b.code).length - codePrefix(a.code).length || (a.code < b.code ? -1 : 1);

/** One piece of evidence per term and field; repeats add a little. */
function weigh(mentions: readonly Resolved[], asides: Asides, home: Home): readonly Evidence[] {
  const pieces = new Map<string, { term: string; field: TextField; weight: number; count: number }>();
  for (const mention of mentions) {
    const { term, field, start, certainty } = mention;
    const base = baseWeight(field, start, asides);
    const weight = base * certainty * weightOf(term) * damping(mention, home);
    const key = `${field} ${term.text}`;
    const known = pieces.get(key);
    if (known) [known.weight, known.count] = [Math.max(known.weight, weight), known.count + 1];
    else pieces.set(key, { term: term.label, field, weight, count: 1 });
  }
  return [...pieces.values()]
    .map(({ term, field, weight, count }) => ({
      term,
      field,
      weight: round(weight * (1 + W.mention.again * Math.min(count - 1, W.mention.mostAgain))),
    }))
    .sort((a, b) => b.weight - a.weight);
}

const weightOf = ({ weight }: Term): number => weight ?? W.mention.slight;

function baseWeight(field: TextField, start: number, asides: Asides): number {
  if (field === 'feed' || field === 'dateline') return asides[field];
  if (start < W.field.openingCharacters) {
    if (field === 'summary') return W.field.opening;
    if (field === 'text') return W.field.summary;
  }
  return fieldWeight(field);
}

/** What a place weighs that the feed's name or the dateline gives: alone it is enough only where all else speaks of there. */
type Asides = Readonly<Record<'feed' | 'dateline', number>>;

function weighAside(aside: 'feed' | 'dateline', mentions: readonly Resolved[], title: string): number {
  return tellsOf(aside, mentions, title) ? W.edition.threshold : W.field.aside;
}

/**
 * Whether the headline reads like news of the place that the feed's name or the dateline gives, and no other is named. A
 * dateline counts so only where the text names no place at all: what it names itself says how much it is about.
 */
function tellsOf(aside: 'feed' | 'dateline', mentions: readonly Resolved[], title: string): boolean {
  const own = mentions
    .filter(({ field, term }) => field === aside && weightOf(term) >= 1)
    .flatMap(({ codes }) => codes);
  if (own.length === 0 || title === '') return false;
  const provinces = new Set(own.map(provinceOf));
  const isElsewhere = ({ term, codes }: Resolved): boolean =>
    term.theme === ABROAD || !codes.some((code) => provinces.has(provinceOf(code)));
  const speaksAgainst = (mention: Resolved): boolean =>
    aside === 'dateline' ? TOLD.has(mention.field) : TOLD_FIRST.has(mention.field) && isElsewhere(mention);
  const close = own.some((code) => !isProvince(code) || isMunicipality(code));
  return !mentions.some(speaksAgainst) && readsLocal(title, close);
}

const TOLD_FIRST: ReadonlySet<TextField> = new Set(['title', 'summary']);
const TOLD: ReadonlySet<TextField> = new Set([...TOLD_FIRST, 'text']);

/** What pieces of evidence come to together. */
export function total(evidence: readonly Evidence[]): number {
  const best = new Map<TextField, number>();
  let sum = 0;
  for (const { field, weight } of evidence) {
    const known = best.get(field);
    if (known === undefined) best.set(field, weight);
    sum += known === undefined ? weight : weight * W.mention.again;
  }
  return round(sum);
}

const round = (value: number): number => Math.round(value * 100) / 100;
