/** Joins the rules of the config with their counts, and says which of them never matched. */
import { readRuleCounts, type RuleCount } from '../../store/ledger/rulecounts.ts';
import type { ConfiguredRule } from '../../model/rule.ts';
import type { WebDeps } from '../deps.ts';
import { iso } from '../ui/times.ts';
import { DAY_MS } from '../../text/time.ts';

/** A rule is idle once it matched none of so many entries, or none for so long: rarer things it may still wait for. */
const IDLE_ENTRIES = 200;
const IDLE_MS = 14 * DAY_MS;

export interface RuleState extends RuleCount, ConfiguredRule {
  /** It never matched, and had its chances. */
  readonly idle: boolean;
}

/** In the config's order. */
export async function readRuleStates({
  store,
  config,
  now,
}: Pick<WebDeps, 'store' | 'config' | 'now'>): Promise<readonly RuleState[]> {
  const { rules } = config();
  const counts = await readRuleCounts(store, rules);
  return rules.flatMap((rule, i) => {
    const count = counts[i];
    return count === undefined ? [] : [{ ...rule, ...count, idle: isIdle(count, now()) }];
  });
}

function isIdle({ matches, since, passed }: RuleCount, now: number): boolean {
  if (matches > 0 || since === null || passed === 0) return false;
  return passed >= IDLE_ENTRIES || now - since >= IDLE_MS;
}

/** As `/api/status` tells it; times are ISO 8601 in UTC. */
export function ruleJson({ lastMatchAt, since, removedSince, ...rest }: RuleState): object {
  return { ...rest, lastMatchAt: iso(lastMatchAt), since: iso(since), removedSince: iso(removedSince) };
}
