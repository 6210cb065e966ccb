/** Names a keep or drop rule, or an exclusion: for people, and for the counts of its matches. */
import type { ConfiguredRule, Rule } from '../model/rule.ts';

/** The rule as it stands in the config: `title "招聘" and outlet "某网"`. */
export function describeRule(rule: Rule): string {
  if (typeof rule === 'string') return `"${rule}"`;
  return Object.entries(rule)
    .map(([field, value]) => `${field} "${String(value)}"`)
    .join(' and ');
}

/** One key for a rule wherever in its list it stands: moving it keeps its count, changing it begins a new one. */
export function ruleKey({ of, id, list, rule }: Omit<ConfiguredRule, 'at'>): string {
  return JSON.stringify([of, id, list, rule]);
}
