/** Every reason that deltawire gives, by its code: what it is filled with, and its sentence in each language. */
import type { Reason } from '../model/reason.ts';
import type { Kinds } from './catalogue/row.ts';
import { STORY } from './catalogue/story.ts';

export const CATALOGUE = { ...STORY };

type Catalogue = typeof CATALOGUE;
export type Code = keyof Catalogue;

type ParamsOf<C extends Code> = Catalogue[C] extends { readonly params: infer P extends Record<string, keyof Kinds> }
  ? [params: { readonly [Name in keyof P]: Kinds[P[Name]] }]
  : [];

/** Characters that one text may take in a stored row: what a publisher or a library says can be of any length. */
const MAX_TEXT = 300;

/** A reason as data, with what its sentences need. */
export function reason<C extends Code>(code: C, ...[params]: ParamsOf<C>): Reason {
  if (params === undefined) return { code };
  return {
    code,
    params: Object.fromEntries(
      Object.entries(params).map(([name, value]) => [name, typeof value === 'string' ? clip(value) : value]),
    ),
  };
}

function clip(text: string): string {
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
}
