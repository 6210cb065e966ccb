/** Explains errors of the YAML parser by what to write instead. */
import { visit } from 'yaml';
import type { Document, ErrorCode, YAMLError } from 'yaml';
import type { Fault } from '../../model/config.ts';
import type { Reason } from '../../model/reason.ts';
import { type Code, reason } from '../../reasons/catalogue.ts';
import { show } from './show.ts';

interface PlaceAt {
  (offset: number): { readonly line: number; readonly column: number };
}

const SECRET_WORDS = /admin|password|passwd|token|secret|authorization|cookie|api[-_]?key|proxy|webhook|headers/i;

/** Whether a line, or a key it stands under, may hold a secret, so that its text is not repeated. */
function isSecretLine(lines: readonly string[], line: number): boolean {
  let indent = Number.POSITIVE_INFINITY;
  for (let at = line - 1; at >= 0 && at > line - 200; at--) {
    const text = lines[at] ?? '';
    if (text.trim() === '' || text.trimStart().startsWith('#')) continue;
    const here = text.length - text.trimStart().length;
    if (here >= indent && at !== line - 1) continue;
    if (SECRET_WORDS.test(text)) return true;
    indent = here;
    if (indent === 0) break;
  }
  return false;
}

function mapValueProblem(word: string | null): Reason {
  if (word === null) return reason('config.yaml.no-colon');
  const found = show(word);
  const wide = word.indexOf('：');
  if (wide > 0) return reason('config.yaml.wide-colon', { found, key: show(word.slice(0, wide)) });
  const narrow = /^([\w-]+):(\S.*)$/.exec(word)?.[1];
  return narrow === undefined
    ? reason('config.yaml.word', { found })
    : reason('config.yaml.tight-colon', { found, key: narrow });
}

function missingProblem(detail: string, word: string | null): Reason {
  if (detail.includes('"quote')) return reason('config.yaml.open-double');
  if (detail.includes("'quote")) return reason('config.yaml.open-single');
  if (detail.includes('Implicit map keys')) return mapValueProblem(word);
  return reason(detail.includes('Sequence item') ? 'config.yaml.not-an-item' : 'config.yaml.incomplete');
}

function strayProblem(word: string | null): Reason {
  if (word === null) return reason('config.yaml.stray-hidden');
  return reason('config.yaml.stray', { found: show(Array.from(word).slice(0, 20).join('')) });
}

const PROBLEMS = {
  TAB_AS_INDENT: 'config.yaml.tab',
  BAD_INDENT: 'config.yaml.indentation',
  BLOCK_AS_IMPLICIT_KEY: 'config.yaml.second-colon',
  MULTIPLE_DOCS: 'config.yaml.second-document',
  BAD_DQ_ESCAPE: 'config.yaml.escape',
  BLOCK_IN_FLOW: 'config.yaml.block-in-flow',
  MULTILINE_IMPLICIT_KEY: 'config.yaml.long-key',
  KEY_OVER_1024_CHARS: 'config.yaml.long-key',
  RESOURCE_EXHAUSTION: 'config.yaml.too-deep',
} as const satisfies Partial<Record<ErrorCode, Code>>;

const isSimple = (code: ErrorCode): code is keyof typeof PROBLEMS => Object.hasOwn(PROBLEMS, code);

function problemOf(error: YAMLError, line: string, column: number, secret: boolean): Reason {
  const rest = line.slice(column - 1).trim();
  const word = secret || rest === '' ? null : rest;
  if (/^\s*[\u3000\u00a0]/.test(line)) return reason('config.yaml.wide-space');
  if (error.code === 'MISSING_CHAR') return missingProblem(error.message, word);
  if (error.code === 'BAD_SCALAR_START') {
    const character = line.charAt(column - 1);
    return character === '`' ? reason('config.yaml.backtick') : reason('config.yaml.start', { character });
  }
  if (error.code === 'TAG_RESOLVE_FAILED')
    return reason('config.yaml.tag', { tag: show(/^!\S*/.exec(rest)?.[0] ?? '!') });
  return isSimple(error.code) ? reason(PROBLEMS[error.code]) : strayProblem(word);
}

/** Of texts in quotes that run over several lines, the last before `offset`: its quote was probably left open. */
function openQuote(doc: Document.Parsed, offset: number, placeAt: PlaceAt): { offset: number; double: boolean } | null {
  const errorLine = placeAt(offset).line;
  let found: { offset: number; double: boolean } | null = null;
  visit(doc, {
    Scalar(_key, { type, range }) {
      if ((type !== 'QUOTE_DOUBLE' && type !== 'QUOTE_SINGLE') || range === null || range === undefined) return;
      const runsOn = placeAt(range[0]).line < placeAt(range[1]).line;
      const near = placeAt(range[1]).line >= errorLine - 1 && range[0] < offset;
      if (runsOn && near) found = { offset: range[0], double: type === 'QUOTE_DOUBLE' };
    },
  });
  return found;
}

/** One fault a line at most: what follows on the same line is a consequence. */
export function syntaxFaults(
  file: string,
  lines: readonly string[],
  doc: Document.Parsed,
  placeAt: PlaceAt,
): readonly Fault[] {
  const byLine = new Map<number, Fault>();
  for (const error of [...doc.errors, ...doc.warnings]) {
    const quote = openQuote(doc, error.pos[0], placeAt);
    const place = placeAt(quote?.offset ?? error.pos[0]);
    if (byLine.has(place.line)) continue;
    const line = lines[place.line - 1] ?? '';
    const why =
      quote === null
        ? problemOf(error, line, place.column, isSecretLine(lines, place.line))
        : reason(quote.double ? 'config.yaml.open-double-line' : 'config.yaml.open-single-line');
    byLine.set(place.line, { file, ...place, why });
  }
  return [...byLine.values()];
}
