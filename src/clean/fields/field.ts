/** What every field of an entry is read from, and what reading one gives. */
import type { Reason } from '../../model/reason.ts';
import type { Body } from '../article/body.ts';
import type { Shaped } from '../article/shape.ts';
import type { CleanContext } from '../cleancontext.ts';
import type { Removal } from '../article/removal.ts';
import type { RawItem } from '../../model/feed.ts';
import type { Signatures } from './signatures.ts';

export interface Headline {
  /** As the item or its page gives it; '' for none. */
  readonly title: string;
  /** Marks that stood around it. */
  readonly removed: readonly Removal[];
}

/** An item as far as it is read before its fields are decided. */
export interface Read {
  readonly body: Body;
  readonly headline: Headline;
  readonly shaped: Shaped;
  /** Plain paragraphs joined by \n. */
  readonly text: string;
  readonly signatures: Signatures;
}

export interface Field<Value> {
  readonly value: Value;
  /** What was mended to get at the value, for people. */
  readonly repairs: readonly Reason[];
}

export type ReadField<Value> = (read: Read, raw: RawItem, context: CleanContext) => Field<Value>;

/** A field that needed no mending. */
export function plainly<Value>(value: Value): Field<Value> {
  return { value, repairs: [] };
}
