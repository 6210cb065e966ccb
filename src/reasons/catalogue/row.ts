/** What a row of the catalogue is, and which values fill the holes of its sentences; a hole that is not declared does not compile. */
import type { Piece, Reason, StoredReason } from '../../model/reason.ts';

/** Kind of a parameter → its value. render.ts says how each is written. */
export interface Kinds {
  /** A name, an address, or the words of a publisher or a library: shown as it stands. */
  readonly text: string;
  /** An expression of five or six fields, said in words where that is plain. */
  readonly cron: string;
  /** A whole number. */
  readonly count: number;
  /** A score or weight, shown with one decimal. */
  readonly score: number;
  /** 0–1 */
  readonly percent: number;
  /** Milliseconds. */
  readonly span: number;
  /** Epoch milliseconds, shown as the time of day in Asia/Shanghai. */
  readonly clock: number;
  /** Epoch milliseconds, shown as day and time of day in Asia/Shanghai. */
  readonly moment: number;
  /** Of an HTTP answer. */
  readonly status: number;
  readonly bytes: number;
  readonly names: readonly string[];
  /** Texts of which one is to be chosen. */
  readonly choices: readonly string[];
  readonly evidence: readonly Piece[];
  readonly reason: Reason;
  /** A reason as it is stored, which an older version may have written as a sentence. */
  readonly stored: StoredReason;
  /** Several that hold together. */
  readonly reasons: readonly Reason[];
  /** Several, each a sentence of its own. */
  readonly clauses: readonly Reason[];
  /** Several of which one is to hold. */
  readonly either: readonly Reason[];
}

export type Kind = keyof Kinds;

/**
 * `{name}` is filled in; `{name|one|other}` is the word that goes with the number. A Chinese sentence and an English
 * one, without a capital and a full stop, for they may stand within another.
 */
export interface Row {
  readonly params?: Readonly<Record<string, Kind>>;
  readonly zh: string;
  readonly en: string;
}

type Holes<Text extends string> = Text extends `${string}{${infer Hole}}${infer Rest}`
  ? NameOf<Hole> | Holes<Rest>
  : never;
/** A brace with a blank after it is none of a hole. */
type NameOf<Hole extends string> = Hole extends ` ${string}`
  ? never
  : Hole extends `${infer Name}|${string}`
    ? Name
    : Hole;
type NamesOf<R> = R extends { readonly params: infer P } ? keyof P : never;

/** A row whose sentences have holes that `params` does not name gives those names in place of its sentence's type. */
type Checked<R extends Row> = Omit<R, 'zh' | 'en'> & {
  readonly zh: Exclude<Holes<R['zh']>, NamesOf<R>> extends never ? R['zh'] : Exclude<Holes<R['zh']>, NamesOf<R>>;
  readonly en: Exclude<Holes<R['en']>, NamesOf<R>> extends never ? R['en'] : Exclude<Holes<R['en']>, NamesOf<R>>;
};

/** Declares rows of the catalogue; the codes and the kinds of their parameters become types. */
export function rows<const R extends Readonly<Record<string, Row>>>(
  declared: R & { readonly [Code in keyof R]: Checked<R[Code]> },
): R {
  return declared;
}
