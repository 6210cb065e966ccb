/** Every reason that deltawire gives, by its code: what it is filled with, and its sentence in each language. */
import type { Param, Reason, StoredReason } from '../model/reason.ts';
import type { Kinds } from './catalogue/row.ts';
import { ADDRESS } from './catalogue/addressrows.ts';
import { ASIDE } from './catalogue/asiderows.ts';
import { CLEAN } from './catalogue/cleanrows.ts';
import { COMMAND } from './catalogue/commandrows.ts';
import { CONFIG_FILES } from './catalogue/configrows.ts';
import { CONFIG_FORMS } from './catalogue/configformrows.ts';
import { CONFIG_KEYS } from './catalogue/configkeyrows.ts';
import { CONFIG_RULES } from './catalogue/configrulerows.ts';
import { DESK } from './catalogue/operatorrows.ts';
import { DOCTOR } from './catalogue/doctorrows.ts';
import { FEED } from './catalogue/feedrows.ts';
import { FETCH } from './catalogue/fetchrows.ts';
import { POLL } from './catalogue/pollrows.ts';
import { QUOTA } from './catalogue/quotarows.ts';
import { REGION } from './catalogue/regionrows.ts';
import { REPAIR } from './catalogue/repairrows.ts';
import { REQUEST } from './catalogue/requestrows.ts';
import { STANDING } from './catalogue/standingrows.ts';
import { START } from './catalogue/startrows.ts';
import { STORY } from './catalogue/storyrows.ts';
import { TELL } from './catalogue/tellrows.ts';
import { USAGE } from './catalogue/usagerows.ts';

export const CATALOGUE = {
  ...ADDRESS,
  ...FETCH,
  ...FEED,
  ...REPAIR,
  ...CLEAN,
  ...ASIDE,
  ...REGION,
  ...STANDING,
  ...STORY,
  ...POLL,
  ...QUOTA,
  ...DESK,
  ...REQUEST,
  ...CONFIG_FILES,
  ...CONFIG_KEYS,
  ...CONFIG_FORMS,
  ...CONFIG_RULES,
  ...COMMAND,
  ...TELL,
  ...USAGE,
  ...START,
  ...DOCTOR,
};

type Catalogue = typeof CATALOGUE;
export type Code = keyof Catalogue;

type ParamsOf<C extends Code> = Catalogue[C] extends { readonly params: infer P extends Record<string, keyof Kinds> }
  ? [params: { readonly [Name in keyof P]: Kinds[P[Name]] }]
  : [];

/** Characters that one text may take in a stored row: what a publisher or a library says can be of any length. */
const MAX_TEXT = 300;

/** A reason as data, with what its sentences need. */
export function reason<C extends Code>(code: C, ...[params]: ParamsOf<C>): Reason {
  return params === undefined ? { code } : { code, params: clipTexts(params) };
}

/** The same object where no text of it is too long, as nearly always: hundreds of reasons are made for one that is kept. */
function clipTexts(params: Readonly<Record<string, Param>>): Readonly<Record<string, Param>> {
  if (!Object.values(params).some(isLong)) return params;
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, clip(value)]));
}

const isLong = (value: Param): boolean =>
  typeof value === 'string' ? value.length > MAX_TEXT : isNames(value) && value.some(isLong);

const isNames = (value: Param): value is readonly string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');

function clip(value: Param): Param {
  if (isNames(value)) return value.map(clipText);
  return typeof value === 'string' ? clipText(value) : value;
}

const clipText = (text: string): string => (isLong(text) ? `${text.slice(0, MAX_TEXT)}…` : text);

/** The same reasons, each once, in the order of their first. */
export function eachOnce(reasons: readonly Reason[]): readonly Reason[] {
  if (reasons.length < 2) return reasons;
  return [...new Map(reasons.map((one) => [JSON.stringify(one), one])).values()];
}

export function hasCode(given: StoredReason, code: Code): boolean {
  return typeof given !== 'string' && given.code === code;
}

/** The same reason with its texts changed, those of the reasons in it included; evidence has none that need it. */
export function mapTexts(given: StoredReason, change: (text: string) => string): StoredReason {
  if (typeof given === 'string') return change(given);
  const { code, params } = given;
  if (params === undefined) return given;
  const mapped = Object.entries(params).map(([name, value]): [string, Param] => [name, mapParam(value, change)]);
  return { code, params: Object.fromEntries(mapped) };
}

function mapParam(value: Param, change: (text: string) => string): Param {
  if (typeof value === 'number') return value;
  if (typeof value === 'string') return change(value);
  if ('code' in value) return mapTexts(value, change);
  return value.map((one) => (typeof one === 'string' || 'code' in one ? mapTexts(one, change) : one)) as Param;
}

/** Whether a code is the one asked for, or one of the family (`story.`) asked for. */
export function fitsCode(code: string, asked: string): boolean {
  return asked.endsWith('.') ? code.startsWith(asked) : code === asked;
}

/** Whether this version knows a code. */
export function isCode(code: string): code is Code {
  return Object.hasOwn(CATALOGUE, code);
}

/** Families of the codes that decisions are given for, as the ledger offers them. */
export const DECISION_FAMILIES = [
  'region.',
  'edition.',
  'source.',
  'story.',
  'clean.',
  'aside.',
  'operator.',
  'quota.',
  'publish.',
] as const;
