/** Turns a reason as it stands in the store, in English, into the reader's language. */
import { FIELD_WORDS, REASON_WORDS } from './reasonwords.ts';
import type { StoredReason } from '../../model/reason.ts';
import type { Language } from '../../reasons/language.ts';
import { say } from '../../reasons/render.ts';

interface Pattern {
  /** What every sentence of it holds: looked for first, as most patterns do not fit. */
  readonly needle: string;
  readonly test: RegExp;
  readonly holes: readonly string[];
  readonly chinese: string;
}

/** What is filled in may hold sentences, at most as deep as here; a text of a publisher's cannot make it deeper. */
const MAX_DEPTH = 6;
const MAX_CHARACTERS = 800;
/** Pages repeat few reasons many times. */
const MAX_KEPT = 2_000;

const PATTERNS: readonly Pattern[] = REASON_WORDS.map(([english, chinese]) => ({
  needle: english.split(/\{\w+\}/).reduce((longest, part) => (part.length > longest.length ? part : longest)),
  holes: [...english.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ''),
  test: new RegExp(
    `^${english
      .split(/(\{\w+\})/)
      .map((part) => (part === '{n}' ? '([-−]?\\d[\\d.,]*)' : part.startsWith('{') ? '(.+?)' : escape(part)))
      .join('')}$`,
    's',
  ),
  chinese,
}));

/** `阜阳 in the title +2.5, 颍州 in the text +1.0 → 阜阳市 341200`: words, not sentences. */
const EVIDENCE = FIELD_WORDS.map(([english, chinese]) => ({
  test: new RegExp(` ${escape(english)} (?=[+−]\\d)`, 'g'),
  chinese: `（${chinese}）`,
}));

const kept = new Map<string, string>();

/** Unknown sentences stay as they are: a publisher's words, an error of the system's. */
export function reasonIn(language: Language, reason: StoredReason): string {
  if (typeof reason !== 'string') return say(reason, language);
  if (language === 'en' || reason === '' || reason.length > MAX_CHARACTERS) return reason;
  const known = kept.get(reason);
  if (known !== undefined) return known;
  if (kept.size >= MAX_KEPT) kept.clear();
  const chinese = translate(reason, 0);
  kept.set(reason, chinese);
  return chinese;
}

function translate(text: string, depth: number): string {
  if (depth > MAX_DEPTH) return text;
  for (const { needle, test, holes, chinese } of PATTERNS) {
    const match = text.includes(needle) ? test.exec(text) : null;
    if (match === null) continue;
    return chinese.replaceAll(/\{(\w+)\}/g, (_whole, name: string) =>
      translate(match[holes.indexOf(name) + 1] ?? '', depth + 1),
    );
  }
  return sayEvidence(text);
}

function sayEvidence(text: string): string {
  const said = EVIDENCE.reduce((rest, { test, chinese }) => rest.replaceAll(test, chinese), text);
  return said === text ? text : said.replaceAll(', ', '、').replaceAll('; ', '；');
}

function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
