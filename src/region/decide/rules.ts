/** Turns keep and drop rules into one function that names the first rule an entry matches. */
import { RE2JS } from 're2js';
import type { Rule } from '../../model/rule.ts';
import { fold } from '../../zh/script.ts';
import { messageOf } from '../../text/messageof.ts';

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
export function ruleProblem(rule: Rule): string | null {
  if (typeof rule === 'string') return valueProblem(rule);
  const given = Object.entries(rule).filter(([, value]) => value !== undefined);
  if (given.length === 0) return `a rule needs a word or one of ${FIELDS.join(', ')}`;
  for (const [name, value] of given) {
    if (!Object.hasOwn(VALUES, name)) return `unknown field "${name}"; a rule knows ${FIELDS.join(', ')}`;
    const problem = typeof value === 'string' ? valueProblem(value) : `${name} must be a text`;
    if (problem) return `${name}: ${problem}`;
  }
  return null;
}

function valueProblem(value: string): string | null {
  if (value.trim() === '') return 'an empty word would match everything';
  const parts = asPattern(value);
  if (!parts) return null;
  try {
    RE2JS.compile(parts.source, parts.flags);
    return null;
  } catch (error) {
    return `invalid regular expression ${value}: ${messageOf(error)}`;
  }
}

function asPattern(value: string): { readonly source: string; readonly flags: number } | null {
  const found = /^\/(.+)\/(i?)$/s.exec(value.trim());
  return found ? { source: foldPattern(found[1] ?? ''), flags: RE2JS.CASE_INSENSITIVE } : null;
}

/** Folds what a pattern matches literally; escapes such as \S and \P{Han} keep their case. */
function foldPattern(source: string): string {
  return source.replace(/\\(?:[pP]\{[^}]*\}|[\s\S])|[^\\]+/g, (piece) =>
    piece.startsWith('\\') ? piece : fold(piece),
  );
}

function compileRule(rule: Rule): Test {
  if (ruleProblem(rule)) return () => false;
  if (typeof rule === 'string') {
    const matches = compileValue(rule);
    return ({ title, text }) => matches(title) || matches(text);
  }
  const tests = FIELDS.flatMap((field) => {
    const value = rule[field];
    if (value === undefined) return [];
    const matches = compileValue(value);
    return [(fields: RuleFields) => VALUES[field](fields).some(matches)];
  });
  return (fields) => tests.every((test) => test(fields));
}

function compileValue(value: string): (text: string) => boolean {
  const parts = asPattern(value);
  if (!parts) {
    const word = fold(value.trim());
    return (text) => fold(text).includes(word);
  }
  const pattern = RE2JS.compile(parts.source, parts.flags);
  return (text) => pattern.matcher(fold(text)).find();
}
