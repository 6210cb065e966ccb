/** Turns keep and drop rules into one function that names the first rule an entry matches. */
import { RE2JS, RE2JSSyntaxException } from 're2js';
import type { Reason } from '../../model/reason.ts';
import type { Rule } from '../../model/rule.ts';
import { reason } from '../../reasons/catalogue.ts';
import { fold } from '../../zh/script.ts';
import { messageOf } from '../../text/messageof.ts';
import { hasWholeWord } from '../../text/wholeword.ts';

export interface RuleFields {
  readonly title: string;
  readonly text: string;
  readonly categories: readonly string[];
  readonly outlet: string | null;
  readonly authors: readonly string[];
  readonly link: string | null;
}

type Test = (fields: RuleFields) => boolean;
type Field = 'title' | 'text' | 'category' | 'outlet' | 'author' | 'link';

const VALUES: Readonly<Record<Field, (fields: RuleFields) => readonly string[]>> = {
  title: ({ title }) => [title],
  text: ({ text }) => [text],
  category: ({ categories }) => categories,
  outlet: ({ outlet }) => (outlet === null ? [] : [outlet]),
  author: ({ authors }) => authors,
  link: ({ link }) => (link === null ? [] : [link]),
};
const FIELDS = Object.keys(VALUES) as readonly Field[];

/** The first of `rules` that matches, or null. A rule that `ruleProblem` objects to never matches. */
export function compileRules(rules: readonly Rule[]): (fields: RuleFields) => Rule | null {
  const tests = rules.map((rule) => ({ rule, test: compileRule(rule) }));
  return (fields) => tests.find(({ test }) => test(fields))?.rule ?? null;
}

/** What is wrong with a rule, or null. */
export function ruleProblem(rule: Rule): Reason | null {
  if (typeof rule === 'string') return valueProblem(rule);
  const given = Object.entries(rule).filter(([, value]) => value !== undefined);
  if (given.length === 0) return reason('config.rule.nothing', { fields: FIELDS });
  for (const [field, value] of given) {
    if (!Object.hasOwn(VALUES, field)) return reason('config.rule.field', { field, fields: FIELDS });
    const why = typeof value === 'string' ? valueProblem(value) : reason('config.rule.no-text', { field });
    if (why !== null) return reason('config.rule.in-field', { field, why });
  }
  return null;
}

function valueProblem(value: string): Reason | null {
  if (value.trim() === '') return reason('config.rule.blank');
  const parts = asPattern(value);
  if (!parts) return null;
  try {
    RE2JS.compile(parts.source, parts.flags);
    return null;
  } catch (error) {
    return reason('config.rule.pattern', { pattern: value, why: patternProblem(error) });
  }
}

/** What re2js objects to, in its words. */
const PATTERN_PROBLEMS: Readonly<Record<string, Reason>> = {
  'invalid character class range': reason('config.pattern.class-range'),
  'invalid escape sequence': reason('config.pattern.escape'),
  'invalid named capture': reason('config.pattern.named-capture'),
  'invalid or unsupported Perl syntax': reason('config.pattern.perl'),
  'invalid nested repetition operator': reason('config.pattern.nested-repetition'),
  'invalid repeat count': reason('config.pattern.repeat-count'),
  'missing closing ]': reason('config.pattern.no-bracket'),
  'missing closing )': reason('config.pattern.no-parenthesis'),
  'missing argument to repetition operator': reason('config.pattern.nothing-repeated'),
  'trailing backslash at end of expression': reason('config.pattern.backslash'),
  'duplicate capture group name': reason('config.pattern.same-name'),
  'unexpected )': reason('config.pattern.parenthesis'),
  'expression nests too deeply': reason('config.pattern.too-deep'),
  'expression too large': reason('config.pattern.too-large'),
};

function patternProblem(error: unknown): Reason {
  const what = error instanceof RE2JSSyntaxException ? PATTERN_PROBLEMS[error.getDescription()] : undefined;
  if (!(error instanceof RE2JSSyntaxException) || what === undefined)
    return reason('config.pattern.other', { said: messageOf(error) });
  const part = error.getPattern();
  return part === null || part === ''
    ? reason('config.pattern', { what })
    : reason('config.pattern.at', { what, part });
}

function asPattern(value: string): { readonly source: string; readonly flags: number } | null {
  const found = /^\/(.+)\/(i?)$/s.exec(value.trim());
  return found ? { source: foldPattern(found[1] ?? ''), flags: RE2JS.CASE_INSENSITIVE } : null;
}

/** Folds what a pattern matches literally; escapes such as \S and \P{Han} keep their case. */
function foldPattern(source: string): string {
  return source.replace(/\\(?:[pP]\{[^{}]*\}|[\s\S])|[^\\]+/g, (piece) =>
    piece.startsWith('\\') ? piece : fold(piece),
  );
}

function compileRule(rule: Rule): Test {
  if (ruleProblem(rule) !== null) return () => false;
  if (typeof rule === 'string') {
    const matches = compileValue(rule);
    return ({ title, text }) => matches(title) || matches(text);
  }
  const tests = FIELDS.flatMap((field) => {
    const value = rule[field];
    if (value === undefined) return [];
    // An address has no words: a part of it is meant.
    const matches = compileValue(value, field === 'link' ? (text, part) => text.includes(part) : hasWholeWord);
    return [(fields: RuleFields) => VALUES[field](fields).some(matches)];
  });
  return (fields) => tests.every((test) => test(fields));
}

function compileValue(value: string, has = hasWholeWord): (text: string) => boolean {
  const parts = asPattern(value);
  if (!parts) {
    const word = fold(value.trim());
    return (text) => has(fold(text), word);
  }
  const pattern = RE2JS.compile(parts.source, parts.flags);
  return (text) => pattern.matcher(fold(text)).find();
}
