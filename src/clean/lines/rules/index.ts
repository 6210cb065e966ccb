/** The ordered table of rules that give a line of an item its role; the first row that fits decides, no row means body. */
import type { Line, LineRule } from '../rule.ts';
import { EDGE_RULES } from './edges.ts';
import { END_RULES } from './ends.ts';
import { ENGLISH_RULES } from './english.ts';
import { LABEL_RULES } from './labels.ts';
import { NOISE_RULES } from './noise.ts';

/** Order matters: what is read comes before what is dropped, and the narrow before the wide. */
export const LINE_RULES: readonly LineRule[] = [
  ...NOISE_RULES,
  ...ENGLISH_RULES,
  ...LABEL_RULES,
  ...EDGE_RULES,
  ...END_RULES,
];

/** The row that decides `line`; null where it is body. */
export function ruleFor(line: Line): LineRule | null {
  for (const rule of isSentence(line.text) ? SENTENCE_RULES : LINE_RULES) if (rule.test(line)) return rule;
  return null;
}

const SENTENCE_RULES = LINE_RULES.filter((rule) => rule.sentences === true);
const LEAST_SENTENCE = 30;
const FULL_STOP = /[。!?;…]["”’)】』」]*$/;

// A keyword inside a sentence is what the article tells of.
function isSentence(text: string): boolean {
  return text.length >= LEAST_SENTENCE && (FULL_STOP.test(text) || text.length > MOST_LABEL_LINE);
}
/** Longer lines are no labels, whatever they end with. */
const MOST_LABEL_LINE = 200;
