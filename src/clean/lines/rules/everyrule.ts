/** Finds the row that decides a line among all tables of rules; the first that fits decides, no row means body. */
import { T } from '../../thresholds.ts';
import type { Line, LineRule } from '../linerule.ts';
import { EDGE_RULES } from './edges.ts';
import { END_RULES } from './ends.ts';
import { ENGLISH_RULES } from './english.ts';
import { LABEL_RULES } from './labels.ts';
import { NOISE_RULES } from './noise.ts';

// Order matters: what is read comes before what is dropped, and the narrow before the wide.
const ROWS = [...NOISE_RULES, ...ENGLISH_RULES, ...LABEL_RULES, ...EDGE_RULES, ...END_RULES];

export type LineRuleName = (typeof ROWS)[number]['name'];

/** All rows, in the order in which they are asked. */
export const LINE_RULES: readonly LineRule<LineRuleName>[] = ROWS;

/** The row that decides `line`; null where it is body. */
export function ruleFor(line: Line): LineRule<LineRuleName> | null {
  for (const rule of isSentence(line.text) ? SENTENCE_RULES : LINE_RULES) if (rule.test(line)) return rule;
  return null;
}

const SENTENCE_RULES = LINE_RULES.filter((rule) => rule.sentences === true);
const FULL_STOP = /[。!?;…]["”’)】』」]*$/;

// A keyword inside a sentence is what the article tells of.
function isSentence(text: string): boolean {
  return text.length >= T.sentence.fewRules && FULL_STOP.test(text);
}
