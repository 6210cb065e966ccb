/** What a rule on a line is: the line as it sees it, the role that it gives, and the examples that hold it. */

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

/** A line of plain text, for rules and their examples. */
export function lineOf(text: string): Line {
  return { text, kind: 'paragraph', linked: 0, hint: '' };
}
