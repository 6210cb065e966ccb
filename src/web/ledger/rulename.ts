/** Names, for people, the families of codes that decisions are given for, and the rules that decided. */
import { DECISION_FAMILIES } from '../../reasons/catalogue.ts';
import type { Say } from '../ui/words/site.ts';

const FAMILY_WORDS = {
  'region.': 'reasonsOfRegion',
  'edition.': 'reasonsOfEdition',
  'source.': 'reasonsOfSource',
  'story.': 'reasonsOfStory',
  'clean.': 'reasonsOfCleaning',
  'aside.': 'reasonsOfAside',
  'operator.': 'reasonsOfOperator',
  'quota.': 'reasonsOfQuotas',
  'publish.': 'reasonsOfPublishing',
} as const satisfies Record<(typeof DECISION_FAMILIES)[number], string>;

/** `story.` by its name; what is no family stays as it is. */
export function nameOfFamily(family: string, say: Say): string {
  const known = DECISION_FAMILIES.find((one) => one === family);
  return known === undefined ? family : say(FAMILY_WORDS[known]);
}

/** Of `region`, `source.drop` or `clean.nonentry.imprint` the name of its family; a rule of no family stays as it is. */
export function nameOfRule(rule: string, say: Say): string {
  const family = `${rule.split('.', 1)[0]}.`;
  const name = nameOfFamily(family, say);
  return name === family ? rule : name;
}
