/** The operator's keep and drop rules, as configured. */

/**
 * One `keep` or `drop` rule: a plain word looked for in title and text, or fields that all must match.
 * A value `/…/` or `/…/i` is a linear-time regular expression, anything else a plain word; both see script-folded text.
 */
export type Rule =
  | string
  | {
      readonly title?: string | undefined;
      readonly text?: string | undefined;
      readonly category?: string | undefined;
      readonly outlet?: string | undefined;
      readonly author?: string | undefined;
      readonly link?: string | undefined;
    };

/** A keep or drop rule, or an exclusion of regions.yaml, with where it stands. */
export interface ConfiguredRule {
  readonly of: 'source' | 'edition' | 'regions';
  /** Of the source or edition; empty for an exclusion. */
  readonly id: string;
  readonly list: 'keep' | 'drop' | 'exclusions';
  readonly rule: Rule;
  readonly at: { readonly file: string; readonly line: number };
}
