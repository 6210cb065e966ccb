/** The form in which a room keeps the numbers that decide something: each once, with its name and the reason for it. */

export interface Deciding {
  readonly value: number;
  /** One sentence: why there is such a number, and why it is about this large. */
  readonly why: string;
  /** It may be moved by less than one although it is written as a whole number: points, weights, days. */
  readonly continuous?: true;
}

/**
 * Group → name → number. What each was measured on and what a fifth less and more of it do is written by
 * `npm run sensitivity` into eval/sensitivity.json and docs/numbers.md, never by hand.
 */
export type DecidingTable = Readonly<Record<string, Readonly<Record<string, Deciding>>>>;

/** Group → name → plain number, for use. */
export type ValuesOf<T extends DecidingTable> = { readonly [G in keyof T]: { readonly [N in keyof T[G]]: number } };

/** The plain numbers of a table: read them where they decide (`T.equal.sameDay`), not at load, for the script moves them. */
export function valuesOf<T extends DecidingTable>(table: T): ValuesOf<T> {
  const groups = Object.entries(table).map(([group, numbers]) => [
    group,
    Object.fromEntries(Object.entries(numbers).map(([name, { value }]) => [name, value])),
  ]);
  return Object.fromEntries(groups) as ValuesOf<T>;
}
