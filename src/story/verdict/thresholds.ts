/** The numbers that decide whether two entries tell one story, and which copy leads it. */
import { type DecidingTable, valuesOf } from '../../model/deciding.ts';

export const THRESHOLDS = {
  lead: {
    margin: {
      value: 15,
      why: 'Readers see a change of lead as an update: a rival must be clearly better, in points of trust (0–100).',
      continuous: true,
    },
    whole: { value: 30, why: 'Points of a copy whose text is whole; trust counts 0–100.', continuous: true },
    own: { value: 10, why: 'Points of a copy that stands at the outlet which wrote it.', continuous: true },
    foreign: { value: -5, why: 'Points of a copy that names another outlet as its origin.', continuous: true },
    nearlyWhole: {
      value: 0.85,
      why: 'Reprints lose a dateline or a byline: what has this part of the longest copy is whole.',
    },
    leastWhole: { value: 200, why: 'Characters that make a text whole even where no copy is longer.' },
  },
} as const satisfies DecidingTable;

export const T = valuesOf(THRESHOLDS);
