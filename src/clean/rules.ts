/** The ordered table of rules that give a line of an item its role; the first row that fits decides, no row means body. */
import { EDGE_RULES } from './rules-edges.ts';
import { END_RULES } from './rules-ends.ts';
import { ENGLISH_RULES } from './rules-english.ts';
import { LABEL_RULES } from './rules-labels.ts';
import { NOISE_RULES } from './rules-noise.ts';

/**
 * What a line is: `noise` and `share` go wherever they stand, `edge` goes outside the body only, `meta` and `byline`
 * are read and go, `caption` belongs to a picture, `stop` ends the article once there was body.
 */
export type Role = 'noise' | 'share' | 'edge' | 'meta' | 'byline' | 'caption' | 'stop';

/** A line as rules see it. */
export interface Line {
  /** Script, width and case folded; blanks folded. */
  readonly text: string;
  readonly kind: 'paragraph' | 'heading' | 'quote' | 'list' | 'table' | 'image';
  /** Share of the characters that are links, 0–1. */
  readonly linked: number;
  /** Class and id words around. */
  readonly hint: string;
}

export interface LineRule {
  readonly name: string;
  readonly role: Role;
  /** Why a line of this form is no body. */
  readonly reason: string;
  /** Lines that the row decides, run by the tests. */
  readonly takes: readonly string[];
  /** Lines near to it that stay body. */
  readonly leaves: readonly string[];
  /** True where the row may take whole sentences; every other row never sees one. */
  readonly sentences?: true;
  readonly test: (line: Line) => boolean;
}

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

/** A line of plain text, for rules and their examples. */
export function lineOf(text: string): Line {
  return { text, kind: 'paragraph', linked: 0, hint: '' };
}
