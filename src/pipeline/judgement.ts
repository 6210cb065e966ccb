/** Judges an entry by itself: by the rules of its source first, then by what the editions ask for. */
import { reason } from '../reasons/catalogue.ts';
import { createSelector } from '../region/decide/relevance.ts';
import { compileRules } from '../region/decide/rules.ts';
import { onceForEach } from '../text/onceforeach.ts';
import { describeRule, ruleKey } from '../text/ruletext.ts';
import type { Config } from '../model/config.ts';
import type { Judgement } from '../model/decision.ts';
import type { Entry } from '../model/entry.ts';
import type { Classification, Relevance } from '../model/region.ts';
import type { SourceFacts } from '../model/source.ts';

export interface Judge {
  /** What each edition thinks of the entry, in the config's order. */
  readonly weigh: (entry: Entry, classification: Classification, source: SourceFacts) => readonly Relevance[];
  readonly judge: (entry: Entry, relevance: readonly Relevance[], source: SourceFacts) => Judgement;
}

export function createJudge(config: Pick<Config, 'editions' | 'regions'>): Judge {
  const select = createSelector(config.editions, config.regions);
  const first = config.editions[0]?.id;
  // Rules may come anew with every batch: what was compiled goes with them.
  const matcher = onceForEach(compileRules);
  return {
    weigh: (entry, classification, source) =>
      select({
        classification,
        sourceId: source.id,
        sourceRegion: source.region,
        title: entry.title,
        text: entry.text,
        categories: entry.categories,
        outlet: entry.outlet,
        authors: entry.authors,
        link: entry.link,
      }),
    judge(entry, relevance, source) {
      const dropped = matcher(source.drop)(entry);
      if (dropped !== null) {
        const key = ruleKey({ of: 'source', id: source.id, list: 'drop', rule: dropped });
        return {
          editions: [],
          rule: 'source.drop',
          reason: reason('source.drop', { rule: describeRule(dropped) }),
          barred: true,
          matched: [key],
          removedBy: relevance.some(({ relevant }) => relevant) ? [{ rule: key, edition: null }] : [],
        };
      }
      const matched = relevance.flatMap(({ edition, rule }) =>
        rule ? [ruleKey({ of: 'edition', id: edition, ...rule })] : [],
      );
      const removedBy = relevance.flatMap(({ edition, rule, butForDrop }) =>
        rule && butForDrop === true ? [{ rule: ruleKey({ of: 'edition', id: edition, ...rule }), edition }] : [],
      );
      const relevant = relevance.filter((one) => one.relevant);
      const editions = relevant.map((one) => one.edition);
      const kept = matcher(source.keep)(entry);
      if (kept !== null && first !== undefined)
        return {
          editions: [...new Set([first, ...editions])],
          rule: 'source.keep',
          reason: reason('source.keep', { rule: describeRule(kept) }),
          barred: false,
          matched: [...matched, ruleKey({ of: 'source', id: source.id, list: 'keep', rule: kept })],
          removedBy,
        };
      const why = (relevant[0] ?? relevance[0])?.why ?? reason('edition.none');
      return { editions, rule: 'region', reason: why, barred: false, matched, removedBy };
    },
  };
}

/** Exclusions act before any rule: they count even for an entry that a source's rule drops. */
export function withExclusions(judgement: Judgement, { excluded = [] }: Classification): Judgement {
  const keys = excluded.map((rule) => ruleKey({ of: 'regions', id: '', list: 'exclusions', rule }));
  return { ...judgement, matched: [...judgement.matched, ...keys] };
}
