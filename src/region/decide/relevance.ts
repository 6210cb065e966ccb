/** Turns a classification into each edition's decision, with what decided. */
import type { Edition, RegionsConfig } from '../../model/config.ts';
import type { Reason } from '../../model/reason.ts';
import type { Classification, Evidence, RegionHit, Relevance } from '../../model/region.ts';
import type { Rule } from '../../model/rule.ts';
import { describeRule } from '../../text/ruletext.ts';
import { reason } from '../../reasons/catalogue.ts';
import { liesIn, liesInAny } from '../../divisions/codes.ts';
import { expandRegions, findRegion, loadGazetteer } from '../../divisions/gazetteer.ts';
import { compileRules, type RuleFields } from './rules.ts';
import { total } from './score.ts';
import { ABROAD } from '../find/terms.ts';
import { explain } from './evidencewords.ts';
import type { Weighed } from './weighed.ts';
import { W } from './weights.ts';

interface SelectorInput extends RuleFields {
  readonly classification: Classification;
  readonly sourceId: string;
  /** Gazetteer name or code of where the source's outlet is. */
  readonly sourceRegion: string | null;
}

export type Selector = (entry: SelectorInput) => readonly Relevance[];

/** One Relevance per edition, in order. Precedence: `sources`, `drop`, `keep`, regions. */
export function createSelector(editions: readonly Edition[], regions: RegionsConfig): Selector {
  const judges = editions.map((edition) => createJudge(edition, regions));
  return (entry) => judges.map((judge) => judge(entry));
}

function createJudge(edition: Edition, regions: RegionsConfig): (entry: SelectorInput) => Relevance {
  const dropped = compileRules(edition.drop);
  const kept = compileRules(edition.keep);
  const sources = new Set(edition.sources);
  const places = [...expandRegions(loadGazetteer(), edition.regions, regions).codes];
  const within = (code: string): boolean => liesInAny(code, places);
  const answer = (relevant: boolean, why: Reason): Relevance => ({
    edition: edition.id,
    relevant,
    score: relevant ? W.edition.threshold : 0,
    threshold: W.edition.threshold,
    why,
  });
  const out = (why: Reason): Relevance => answer(false, why);
  const into = (why: Reason): Relevance => answer(true, why);
  const byRule = (list: 'keep' | 'drop', rule: Rule): Relevance => ({
    ...answer(list === 'keep', reason(`edition.${list}`, { rule: describeRule(rule) })),
    rule: { list, rule },
  });

  return (entry) => {
    if (sources.size > 0 && !sources.has(entry.sourceId))
      return out(reason('edition.not-its-source', { source: entry.sourceId }));
    const drop = dropped(entry);
    return drop ? { ...byRule('drop', drop), butForDrop: undropped(entry).relevant } : undropped(entry);
  };

  function undropped(entry: SelectorInput): Relevance {
    const keep = kept(entry);
    if (keep) return byRule('keep', keep);
    if (edition.regions.length === 0) return into(reason('region.every'));
    if (edition.match !== 'about') {
      const home = entry.sourceRegion ? findRegion(loadGazetteer(), entry.sourceRegion, regions.home) : null;
      if (home && within(home.code))
        return into(reason('region.outlet-within', { place: `${home.name} ${home.code}` }));
      if (edition.match === 'from')
        return out(
          home
            ? reason('region.outlet-elsewhere', { place: `${home.name} ${home.code}` })
            : reason('region.outlet-unknown'),
        );
    }
    const { outletPlace } = entry.classification;
    if (outletPlace && within(outletPlace.code))
      return into(reason('region.outlet-local', { place: `${outletPlace.name} ${outletPlace.code}` }));
    const weighed = weighRegions(entry.classification, within, places.length, edition, regions);
    return {
      edition: edition.id,
      relevant: weighed.score >= W.edition.threshold,
      score: weighed.score,
      threshold: W.edition.threshold,
      why: explain(weighed, W.edition.threshold),
    };
  }
}

function weighRegions(
  { regions: hits, themes, mentioned = [] }: Classification,
  within: (code: string) => boolean,
  breadth: number,
  edition: Edition,
  { groups }: RegionsConfig,
): Weighed {
  const inside = hits.filter(({ code }) => within(code));
  const outside = hits.filter(({ code }) => !within(code) && !contains(inside, code));
  const fitting = themes.filter(
    ({ group }) =>
      group !== ABROAD &&
      (breadth > 1 ||
        edition.regions.includes(group) ||
        (Object.hasOwn(groups, group) && edition.regions.some((name) => groups[group]?.includes(name)))),
  );
  const evidence = distinct([...inside, ...fitting].flatMap((hit) => hit.evidence));
  const rivals = [...outside, ...themes.filter(({ group }) => group === ABROAD)];
  const against = distinct(rivals.flatMap((hit) => hit.evidence));
  const inTitle = evidence.some(({ field, weight }) => field === 'title' && weight >= W.edition.threshold);
  const penalty = inTitle ? 0 : total(against);
  const score = Math.round((total(evidence) - penalty) * 100) / 100;
  return {
    score,
    hits: [...inside, ...fitting],
    evidence,
    against: inTitle ? [] : against,
    rivals,
    mentioned: mentioned.filter(({ code }) => within(code)),
  };
}

/** 安徽省 does not argue against 合肥市, which lies in it. */
function contains(inside: readonly RegionHit[], code: string): boolean {
  return inside.some((hit) => liesIn(hit.code, code));
}

function distinct(evidence: readonly Evidence[]): readonly Evidence[] {
  const seen = new Map<string, Evidence>();
  for (const piece of evidence) seen.set(`${piece.field} ${piece.term}`, piece);
  return [...seen.values()].sort((a, b) => b.weight - a.weight);
}
