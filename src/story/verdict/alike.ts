/** Says what two entries have in common, for the reasons of a verdict. */
import type { Reason } from '../../model/reason.ts';
import { reason } from '../../reasons/catalogue.ts';
import type { Comparison } from './measure.ts';
import { T } from './thresholds.ts';

const TITLE_CODES = {
  none: null,
  equal: 'story.likeness.title-equal',
  inserted: 'story.likeness.title-extended',
  issue: null,
  template: 'story.likeness.title-pattern',
  similar: 'story.likeness.title-similar',
  different: null,
} as const;

/** What the two have in common, for people. */
export function alike({ titles, contained, covered, begun }: Comparison & { readonly contained: number }): {
  readonly likeness: readonly Reason[];
} {
  const title = TITLE_CODES[titles.relation];
  return {
    likeness: [
      ...(title === null ? [] : [reason(title)]),
      reason('story.likeness.text', { shorter: roundShare(contained), longer: roundShare(covered) }),
      ...(begun >= T.share.half ? [reason('story.likeness.opening')] : []),
    ],
  };
}

function roundShare(share: number): number {
  return Math.round(100 * share) / 100;
}

/** How far apart the two appeared, for people. */
export function within(days: number): Reason {
  return days < 1 ? reason('story.within.day') : reason('story.within.days', { days: Math.ceil(days) });
}
