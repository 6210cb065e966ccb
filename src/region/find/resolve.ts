/** Turns mentions of names into mentions of places: doubtful names need support, shared names are told apart. */
import type { TextField } from '../../model/region.ts';
import { fieldWeight, W } from '../decide/weights.ts';
import { hasCue } from './cues.ts';
import { codePrefix, liesIn, liesInAny, provinceOf } from '../../divisions/codes.ts';
import { type Home, loadGazetteer, type Place } from '../../divisions/gazetteer.ts';
import { overlaps } from './scan.ts';
import type { Term } from './term.ts';

export interface Mention {
  readonly term: Term;
  readonly field: TextField;
  readonly start: number;
  readonly end: number;
  /** Folded text of the field. */
  readonly text: string;
  /** What stands in its place where it turns out to mean no place, the best first. */
  readonly instead: readonly Mention[];
}

export interface Resolved extends Mention {
  /** The places meant. */
  readonly codes: readonly string[];
  /** 1 for a sure name, less for a name that context had to settle. */
  readonly certainty: number;
}

/** `all` stand field by field, in order and without overlap; `outletPlace` is where the source's outlet is. */
export function resolveMentions(all: readonly Mention[], outletPlace: Place | null, home: Home): readonly Resolved[] {
  const mentions = all.filter((mention, index) => !namedElsewhere(mention, all[index - 1], all[index + 1], home));
  const clear = mentions.filter(({ term }) => term.strength !== 'doubtful' && !term.oneOf);
  const resolved: Resolved[] = clear.map((mention) => meaning(mention, mention.term.codes, 1));
  const support = collectSupport(clear, outletPlace);
  mentions.forEach((mention, index) => {
    if (!isUnsure(mention.term)) return;
    const before = mentions[index - 1];
    const settled = settle(mention, support, before);
    if (settled) resolved.push(settled);
    else resolved.push(...settleInstead(mention, support, before, mentions[index + 1]));
  });
  return resolved;
}

/** Field by field: to spread one object into another takes ten times as long, and there is one for each mention. */
function meaning(
  { term, field, start, end, text, instead }: Mention,
  codes: readonly string[],
  certainty: number,
): Resolved {
  return { term, field, start, end, text, instead, codes, certainty };
}

/** Whether what stands around a name has to settle it. */
export const isUnsure = ({ strength, oneOf }: Term): boolean => strength === 'doubtful' || oneOf;

/** The losers to a name that means no place, each tried where no better one stands. */
function settleInstead(
  { instead }: Mention,
  support: Support,
  before: Mention | undefined,
  after: Mention | undefined,
): readonly Resolved[] {
  const taken: Mention[] = [];
  const resolved: Resolved[] = [];
  for (const other of instead) {
    if ([before, after, ...taken].some((one) => one?.field === other.field && overlaps(one, other))) continue;
    const settled: Resolved | null = isUnsure(other.term)
      ? settle(other, support, before)
      : meaning(other, other.term.codes, 1);
    if (settled === null) continue;
    taken.push(other);
    if (other.term.strength !== 'block') resolved.push(settled);
  }
  return resolved;
}

/** Code prefixes that speak for a place, each with the weight of the field that names it best. */
type Support = ReadonlyMap<string, number>;

function collectSupport(clear: readonly Mention[], outletPlace: Place | null): Support {
  const support = new Map<string, number>();
  const add = (code: string, weight: number): void => {
    for (let prefix = codePrefix(code); prefix.length >= 2; prefix = prefix.slice(0, -2)) {
      support.set(prefix, Math.max(support.get(prefix) ?? 0, weight));
    }
  };
  // Names of several places (长三角, 苏锡常) support none of them.
  for (const { term, field } of clear)
    if (term.codes.length === 1) term.codes.forEach((code) => add(code, fieldWeight(field)));
  if (outletPlace) add(outletPlace.code, fieldWeight('feed'));
  return support;
}

function settle(mention: Mention, support: Support, before: Mention | undefined): Resolved | null {
  const { term, text, start, end } = mention;
  // A name in the same city supports twice, by the city's prefix and by the province's.
  const backed = (code: string): number => (support.get(code.slice(0, 4)) ?? 0) + (support.get(code.slice(0, 2)) ?? 0);
  const cue = hasCue(term.cues, text, start, end);
  const named = (code: string): boolean => standsUnder(mention, code, before);
  if (!term.oneOf) {
    const [code = ''] = term.codes;
    const certain = named(code) || backed(code) > 0;
    if (!certain && !cue) return null;
    return meaning(mention, term.codes, certain ? 1 : W.mention.byContext);
  }
  const ranked = term.codes
    .map((code) => ({ code, named: Number(named(code)), backing: backed(code) }))
    .sort((a, b) => b.named - a.named || b.backing - a.backing);
  const [best, next] = ranked;
  if (!best) return null;
  if (best.named > (next?.named ?? 0) || best.backing > (next?.backing ?? 0)) return meaning(mention, [best.code], 1);
  if (best.backing > 0) return null;
  if (term.prior !== null && (term.strength === 'sure' || cue))
    return meaning(mention, [term.prior], W.mention.byContext);
  // Nothing tells them apart: only if all lie in one province does the name say anything.
  const doubtful = term.strength === 'doubtful' && !cue;
  const provinces = new Set(term.codes.map(provinceOf));
  if (doubtful || provinces.size > 1) return null;
  return meaning(mention, [provinceOf(best.code)], W.mention.byContext);
}

/**
 * 台北南京东路, 福州西湖公园, 中国矿业大学(北京): a thing or a district right after the name of a place in another
 * province, or right before it in brackets, is that place's. Cities and counties that are sure stand in lists
 * (北京上海) and stay.
 */
function namedElsewhere(
  mention: Mention,
  before: Mention | undefined,
  after: Mention | undefined,
  home: Home,
): boolean {
  const { term, field, end, text } = mention;
  if (term.theme !== null || term.codes.length === 0 || mayStandInLists(term)) return false;
  const bracketed = text[end] === '(' && after?.field === field && after.start === end + 1;
  const beside = touches(before, mention) ? before.term : bracketed ? after.term : undefined;
  if (!beside || beside.theme !== null || beside.codes.length === 0 || beside.strength !== 'sure') return false;
  if (!beside.division && beside.codes.some((code) => liesInAny(code, home))) return false;
  return term.codes.every((code) => beside.codes.every((other) => provinceOf(code) !== provinceOf(other)));
}

function mayStandInLists({ division, strength, oneOf, label, codes }: Term): boolean {
  if (!division || strength !== 'sure' || oneOf) return false;
  const place = loadGazetteer().byCode.get(codes[0] ?? '');
  return place?.level !== 'county' || place.name === label || !place.name.endsWith('区');
}

/** 南京鼓楼, 安徽太和: the place above right before the name says more than all else. */
function standsUnder(mention: Mention, code: string, before: Mention | undefined): boolean {
  if (!touches(before, mention) || before.term.oneOf) return false;
  const [above = '', second] = before.term.codes;
  return above !== '' && second === undefined && liesIn(code, above);
}

const touches = (before: Mention | undefined, mention: Mention): before is Mention =>
  before !== undefined && before.field === mention.field && before.end === mention.start;
