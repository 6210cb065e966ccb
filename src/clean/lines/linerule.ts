/** What a rule on a line is: the line as it sees it, what it says of the lines it takes, and the examples that hold it. */

/**
 * What a line is: `noise` and `share` go wherever they stand, `edge` goes outside the body only, `meta` and `byline`
 * are read and go, `caption` belongs to a picture, `stop` ends the article once there was body.
 */
type Role = 'noise' | 'share' | 'edge' | 'meta' | 'byline' | 'caption' | 'stop';

/** What a row says of the lines it takes. Everything that others ask of a row is asked here, never by its name. */
export interface Traits {
  readonly role: Role;
  /** Such a line stands on pages only: one of them shows that a content is a whole page. */
  readonly chrome?: true;
  /** How soon the article ends at such a line, by the group of shares in thresholds.ts; absent: never. */
  readonly ends?: 'soon' | 'late' | 'signed';
  /** Goes within the body too, although it is an `edge`. */
  readonly alwaysGoes?: true;
  /** Takes tables too, which are chrome only by what they say of themselves. */
  readonly takesTables?: true;
  /** A heading of this form may still be the page's title. */
  readonly keepsHeading?: true;
  /** Opens a box of links, which may stand within an article: the links below it go with it. */
  readonly opensBox?: true;
  /** Dates the article. A bare day of this form may be body: it signs a notice or heads a part of a chronicle. */
  readonly dates?: true;
  /** Reporters sign with it: it may open an article, and 本报 in it is the page's own outlet. */
  readonly signs?: true;
  /** Files an official document, whose last line may be its day. */
  readonly files?: true;
  /** The number begins with the time at which the page was made. */
  readonly stamps?: true;
  /** What hijacked sites put around a story. */
  readonly spam?: true;
  /** Names the owner of the site. */
  readonly namesOwner?: true;
  readonly outlet?: UnlabelledOutlet;
}

/** How a line names an outlet without the word 来源. */
export interface UnlabelledOutlet {
  /** Where such a line is believed: above the article only, or below it as well. */
  readonly at: 'head' | 'both';
  /** `folded` is `raw` folded, unit for unit; null where it names none. */
  readonly read: (raw: string, folded: string) => string | null;
}

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

/** A row by its name and reason, with what it says of what it takes. */
export interface Row<Name extends string = string> {
  readonly name: Name;
  /** Why what it takes is no body. */
  readonly reason: string;
}

export interface LineRule<Name extends string = string> extends Row<Name>, Traits {
  /** Lines that the row decides, run by the tests against the whole table. */
  readonly takes: readonly string[];
  /** Lines near to it that no row takes. */
  readonly leaves: readonly string[];
  /** True where the row may take whole sentences; every other row never sees one. */
  readonly sentences?: true;
  readonly test: (line: Line) => boolean;
}

/** A line of plain text, for rules and their examples. */
export function lineOf(text: string): Line {
  return { text, kind: 'paragraph', linked: 0, hint: '' };
}
