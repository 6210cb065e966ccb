/** Turns resolved mentions into region and theme hits with scores: by field, position, count and competing places. */
import type { Classification, Evidence, OutletPlace, RegionHit, TextField, ThemeHit } from '../../model/region.ts';
import { codePrefix, isMunicipality, isProvince, liesIn, provinceOf } from '../../divisions/codes.ts';
import { type Home, loadGazetteer, type Place } from '../../divisions/gazetteer.ts';
import { readsLocal, tellsOfNation } from './localguess.ts';
import type { Resolved } from '../find/resolve.ts';
import { damping, isDerby } from '../find/damping.ts';
import type { Term } from '../find/term.ts';
import { fieldWeight, W } from './weights.ts';

/**
 * `mentions` are of the text, not of the outlet's or feed's name. `title` is as published: whether news of a dateline's
 * place is told is seen by its wording.
 */
export function rankHits(
  mentions: readonly Resolved[],
  title: string,
  home: Home,
  outletPlace: OutletPlace | null,
): Classification {
  const places: Placing = {
    dateline: weighDateline(mentions, title),
    opening: weighOpening(mentions, title),
    derby: isDerby(mentions, home),
  };
  const { byPlace, byTheme } = gather(mentions);
  const passesBy = provincePassedBy(mentions);
  const { byCode } = loadGazetteer();
  const regions: RegionHit[] = [];
  const mentioned: RegionHit[] = [];
  for (const [code, list] of byPlace) {
    const place = byCode.get(code);
    const evidence = weigh(list, places, home);
    const score = total(evidence);
    const least = passesBy(code) ? W.edition.threshold : W.place.least;
    if (!place) continue;
    (score >= least ? regions : mentioned).push({ code, name: place.name, level: place.level, score, evidence });
  }
  const themes: ThemeHit[] = [...byTheme].map(([group, list]) => {
    const evidence = weigh(list, places, home);
    return { group, score: total(evidence), evidence };
  });
  return {
    regions: regions.sort(byScore),
    themes: themes.sort((a, b) => b.score - a.score),
    ...(mentioned.length > 0 && { mentioned: mentioned.sort(byScore) }),
    ...(outletPlace !== null && { outletPlace }),
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
  const titled = new Set<string>();
  for (const { field, codes } of mentions)
    if (field === 'title') for (const code of codes) titled.add(provinceOf(code));
  return (code) => titled.size > 0 && !titled.has(provinceOf(code));
}

/** Of hits that score alike the narrower place comes first: 合肥市 before 安徽省. */
const byScore = (a: RegionHit, b: RegionHit): number =>
  b.score - a.score || codePrefix(b.code).length - codePrefix(a.code).length || (a.code < b.code ? -1 : 1);

/** One piece of evidence per term and field; repeats add a little. */
function weigh(mentions: readonly Resolved[], places: Placing, home: Home): readonly Evidence[] {
  const pieces: { text: string; term: string; field: TextField; weight: number; count: number }[] = [];
  // A firm that the body names again decides as little as before: weak names do not add up.
  const weak = mentions.every((mention) => worth(mention) < 1 && mention.term.weight === null);
  for (const mention of mentions) {
    const { term, field, certainty } = mention;
    const base = baseWeight(mention, places) * (weak && field !== 'title' ? W.mention.again : 1);
    // Teams of two places at home are the news of both, however weak their names.
    const told = places.derby && field === 'title' ? 1 : worth(mention) * damping(mention, home);
    const weight = base * certainty * told;
    const known = pieces.find((piece) => piece.text === term.text && piece.field === field);
    if (known) [known.weight, known.count] = [Math.max(known.weight, weight), known.count + 1];
    else pieces.push({ text: term.text, term: term.label, field, weight, count: 1 });
  }
  return pieces
    .map(({ term, field, weight, count }) => ({
      term,
      field,
      weight: round(weight * (1 + W.mention.again * Math.min(count - 1, W.mention.mostAgain))),
    }))
    .sort((a, b) => b.weight - a.weight);
}

// What a broker or bank does itself, in contrast to what it says of others: 某某证券:维持评级.
const FINANCIAL = /(?:证券|期货|基金|信托)$/;
const OWN_NEWS =
  /^(?:股份|公司|集团)?[^:|,。]{0,12}(?:定增|配股|增发|过会|上市申请|ipo|发行.{0,6}债|获批|被罚|处罚|立案|警示函|换帅|董事长|总裁|总经理|辞[职任]|聘任|年报|季报|净利|营收|分红|减持|增持|回购|重组|合并|收购|裁员|股东)/;

/** What a name weighs for its place: a weak one of a financial house all, where the headline begins with what it does itself. */
const worth = ({ term, field, text, start, end }: Resolved): number =>
  term.weight === null &&
  field === 'title' &&
  start === 0 &&
  FINANCIAL.test(term.text) &&
  OWN_NEWS.test(text.slice(end))
    ? 1
    : weightOf(term);

const weightOf = ({ weight }: Term): number => weight ?? W.mention.slight;

/** What a sure name weighs where it stands for the whole text, which depends on what else is named. */
interface Placing {
  readonly dateline: number;
  /** In the opening of a summary. */
  readonly opening: number;
  /** Whether the title tells of a match between two places at home. */
  readonly derby: boolean;
}

function baseWeight({ field, start, end, text }: Resolved, { dateline, opening }: Placing): number {
  if (field === 'dateline') return dateline;
  if (start < W.field.openingCharacters) {
    if (field === 'summary')
      return opening > W.field.opening && isPassing(text, start, end) ? W.field.opening : opening;
    if (field === 'text') return W.field.summary;
  }
  return fieldWeight(field);
}

// 部门在上海宣布: a venue. 其中,《浙江省…》: one of several. 来自上海的, 上海一位读者: someone's origin.
const VENUE = /(?:在|于|自|其中,?《?|[例比]如|包括)$/;
const CORRESPONDENT = /^(?:一[位名个])?(?:读者|网友|网民|听众)/;

/** Whether a name stands as a venue, an example or someone's origin. */
const isPassing = (text: string, start: number, end: number): boolean =>
  VENUE.test(text.slice(Math.max(0, start - 4), start)) || CORRESPONDENT.test(text.slice(end, end + 6));

/**
 * What the place of the opening weighs: it is enough where the title names none, the text none of another province, and
 * it is no news of the whole country.
 */
function weighOpening(mentions: readonly Resolved[], title: string): number {
  if (title === '' || mentions.some(({ field }) => field === 'title')) return W.field.opening;
  const told = mentions.filter(({ field }) => TOLD.has(field));
  const [first] = told;
  const province = provinceOf(first?.codes[0] ?? '');
  const stays = ({ codes }: Resolved): boolean =>
    codes.length > 0 && codes.every((code) => provinceOf(code) === province);
  return first && told.every(stays) && !tellsOfNation(title) ? W.edition.threshold : W.field.opening;
}

/**
 * What the place of the dateline weighs: it is enough alone only where the text names no place at all (what it names
 * itself says how much it is about) and the headline reads like news of there.
 */
function weighDateline(mentions: readonly Resolved[], title: string): number {
  const own = mentions
    .filter(({ field, term }) => field === 'dateline' && weightOf(term) >= 1)
    .flatMap(({ codes }) => codes);
  if (own.length === 0 || title === '' || mentions.some(({ field }) => TOLD.has(field))) return W.field.aside;
  return readsLocal(title, own.some(isClose)) ? W.edition.threshold : W.field.aside;
}

const TOLD: ReadonlySet<TextField> = new Set(['title', 'summary', 'text']);

/** Whether a place is small enough that what an outlet of it tells of no place in particular is likely of there. */
const isClose = (code: string): boolean => !isProvince(code) || isMunicipality(code);

/**
 * Where the outlet is, where that is all that places the news. `named` are mentions in the names of source, feed and
 * outlet, `local` is where the config says that the source is. The two have to agree; the narrower is meant, but no
 * place narrower than a name says.
 */
export function placeOutlet(named: readonly Resolved[], local: Place, title: string, lead: string): OutletPlace | null {
  const codes = named.filter(({ term }) => weightOf(term) >= 1).flatMap((mention) => mention.codes);
  const [code] = codes
    .filter((one) => liesIn(one, local.code) || liesIn(local.code, one))
    .sort((a, b) => codePrefix(b).length - codePrefix(a).length);
  const place = code === undefined ? undefined : loadGazetteer().byCode.get(code);
  if (!place || tellsOfNation(`${title}\n${lead}`) || !readsLocal(title, isClose(place.code))) return null;
  return { code: place.code, name: place.name, level: place.level };
}

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
