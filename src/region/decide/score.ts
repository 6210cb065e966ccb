/** Turns resolved mentions into region and theme hits with scores: by field, position, count and competing places. */
import type { Classification, Evidence, RegionHit, TextField, ThemeHit } from '../../model/region.ts';
import { codePrefix, loadGazetteer } from '../../divisions/gazetteer.ts';
import { readsLocal } from './localguess.ts';
import type { Resolved } from '../find/resolve.ts';
import { damping } from '../find/damping.ts';
import { ABROAD } from '../find/terms.ts';

/** What one sure mention weighs by its field. */
const WEIGHTS: Readonly<Record<TextField, number>> = {
  title: 2.5,
  summary: 0.8,
  text: 0.4,
  category: 1,
  dateline: 1,
  outlet: 0.6,
  feed: 1.3,
};
/** A summary's opening says what it is about: characters from its beginning, and the weight there. */
const EARLY_CHARACTERS = 60;
const EARLY_WEIGHT = 1.6;
/** A body that has no summary before it, or goes on from one. */
const EARLY_TEXT_WEIGHT = 0.8;
/** A local outlet's feed whose title names no other place and reads like local news. */
const LOCAL_FEED_WEIGHT = 2.2;
const SHANGHAI = '310000';
const REPEAT = 0.25;
const MAX_REPEATS = 5;
/** Below this a place is only mentioned; more is asked of a province that the title passes over for another. */
const MIN_SCORE = 1;
const MIN_SCORE_ASIDE = 2.2;

/** `title` is as published: whether a local outlet writes of its own place is told by its wording. */
export function rankHits(mentions: readonly Resolved[], title: string): Classification {
  const feedWeight = speaksOfHome(mentions, title) ? LOCAL_FEED_WEIGHT : WEIGHTS.feed;
  const { byPlace, byTheme } = gather(mentions);
  const passesBy = provincePassedBy(mentions);
  const { byCode } = loadGazetteer();
  const regions: RegionHit[] = [];
  const mentioned: RegionHit[] = [];
  for (const [code, list] of byPlace) {
    const place = byCode.get(code);
    const evidence = weigh(list, feedWeight);
    const score = total(evidence);
    const least = passesBy(code) ? MIN_SCORE_ASIDE : MIN_SCORE;
    if (!place) continue;
    (score >= least ? regions : mentioned).push({ code, name: place.name, level: place.level, score, evidence });
  }
  const themes: ThemeHit[] = [...byTheme].map(([group, list]) => {
    const evidence = weigh(list, feedWeight);
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
  const particular = mentions.some(({ term, field }) => field === 'title' && term.theme === null && term.weight >= 1);
  for (const mention of mentions) {
    const { term, codes } = mention;
    if (term.theme !== null) put(byTheme, term.theme, mention);
    const wide = term.theme !== null || (term.weight < 1 && codes.length > 1);
    if (wide && particular) continue;
    for (const code of codes) {
      put(byPlace, code, mention);
      const parent = byCode.get(code)?.parent;
      if (parent && !parent.endsWith('0000')) put(byPlace, parent, mention);
    }
  }
  return { byPlace, byTheme };
}

/** Whether the title names places, but none in the province of a code. */
function provincePassedBy(mentions: readonly Resolved[]): (code: string) => boolean {
  const titled = new Set(
    mentions.filter(({ field }) => field === 'title').flatMap(({ codes }) => codes.map((code) => code.slice(0, 2))),
  );
  return (code) => titled.size > 0 && !titled.has(code.slice(0, 2));
}

/** Of hits that score alike the narrower place comes first: 合肥市 before 安徽省. */
const byScore = (a: RegionHit, b: RegionHit): number =>
  b.score - a.score || codePrefix(b.code).length - codePrefix(a.code).length || (a.code < b.code ? -1 : 1);

/** One piece of evidence per term and field; repeats add a little. */
function weigh(mentions: readonly Resolved[], feedWeight: number): readonly Evidence[] {
  const pieces = new Map<string, { term: string; field: TextField; weight: number; count: number }>();
  for (const mention of mentions) {
    const { term, field, start, certainty } = mention;
    const base = baseWeight(field, start, feedWeight);
    const weight = base * certainty * term.weight * damping(mention);
    const key = `${field} ${term.text}`;
    const known = pieces.get(key);
    if (known) [known.weight, known.count] = [Math.max(known.weight, weight), known.count + 1];
    else pieces.set(key, { term: term.label, field, weight, count: 1 });
  }
  return [...pieces.values()]
    .map(({ term, field, weight, count }) => ({
      term,
      field,
      weight: round(weight * (1 + REPEAT * Math.min(count - 1, MAX_REPEATS))),
    }))
    .sort((a, b) => b.weight - a.weight);
}

function baseWeight(field: TextField, start: number, feedWeight: number): number {
  if (field === 'feed') return feedWeight;
  if (start >= EARLY_CHARACTERS) return WEIGHTS[field];
  if (field === 'summary') return EARLY_WEIGHT;
  return field === 'text' ? EARLY_TEXT_WEIGHT : WEIGHTS[field];
}

function speaksOfHome(mentions: readonly Resolved[], title: string): boolean {
  const home = mentions.filter(({ field, term }) => field === 'feed' && term.weight >= 1).flatMap(({ codes }) => codes);
  const provinces = new Set(home.map((code) => code.slice(0, 2)));
  const elsewhere = mentions.some(
    ({ field, term, codes }) =>
      (field === 'title' || field === 'summary') &&
      (term.theme === ABROAD || !codes.some((code) => provinces.has(code.slice(0, 2)))),
  );
  const close = home.some((code) => !code.endsWith('0000') || code === SHANGHAI);
  return home.length > 0 && !elsewhere && readsLocal(title, close);
}

/** Within a field the best piece counts whole and the others a third: three names of one city are not thrice as sure. */
export function total(evidence: readonly Evidence[]): number {
  const best = new Map<TextField, number>();
  let sum = 0;
  for (const { field, weight } of evidence) {
    const known = best.get(field);
    if (known === undefined) best.set(field, weight);
    sum += known === undefined ? weight : weight * 0.3;
  }
  return round(sum);
}

export const round = (value: number): number => Math.round(value * 100) / 100;
