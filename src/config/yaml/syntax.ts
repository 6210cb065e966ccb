/** Explains errors of the YAML parser by what to write instead. */
import { visit } from 'yaml';
import type { Document, ErrorCode, YAMLError } from 'yaml';
import type { Fault } from '../../model/config.ts';
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

function mapValueMessage(word: string | null): string {
  if (word === null) return 'this line has no `: ` in it: write `key: value`';
  const wide = word.indexOf('：');
  if (wide > 0) return `${show(word)} has a full-width colon: write \`${show(word.slice(0, wide)).slice(1, -1)}: …\``;
  const narrow = /^([\w-]+):(\S.*)$/.exec(word);
  if (narrow !== null) return `${show(word)} has no blank after the colon: write \`${narrow[1]}: …\``;
  return `${show(word)} has no \`: \` after it: write \`key: value\`, or \`- \` before an item of a list`;
}

function missingMessage(detail: string, word: string | null): string {
  if (detail.includes('"quote')) return 'a text in double quotes is not closed: write the closing `"`';
  if (detail.includes("'quote")) return "a text in single quotes is not closed: write the closing `'`";
  if (detail.includes('Implicit map keys')) return mapValueMessage(word);
  if (detail.includes('Sequence item')) {
    return 'this line is no item of the list above: begin it with `- `, or line it up with the key it belongs to';
  }
  return 'something is missing here: check the brackets, commas and indentation of this line';
}

function strayMessage(word: string | null): string {
  const found = word === null ? '' : `${show(Array.from(word).slice(0, 20).join(''))} `;
  return `${found}does not belong here: check the indentation, quotes and brackets of this line`;
}

const DEEP = 'the file is nested too deeply: write at most a few levels';
const LONG_KEY = 'a key runs over its line: write the key, a colon and a blank on one line';
const MESSAGES: Partial<Record<ErrorCode, string>> = {
  TAB_AS_INDENT: 'a tab is used as indentation: write spaces, two for each level',
  BAD_INDENT: 'the indentation does not fit: line this up with its block, or close the `[` or `{` above',
  BLOCK_AS_IMPLICIT_KEY:
    'a second `: ` in one value, or a line indented too far: put the value in quotes, or line the keys up',
  MULTIPLE_DOCS: 'a second document begins here (`---`): keep one document in a file',
  BAD_DQ_ESCAPE: 'a backslash in double quotes begins an escape: write `\\\\`, or use single quotes',
  BLOCK_IN_FLOW: 'a list or block stands inside `[ ]` or `{ }`: write it on lines of its own, or with commas',
  MULTILINE_IMPLICIT_KEY: LONG_KEY,
  KEY_OVER_1024_CHARS: LONG_KEY,
  RESOURCE_EXHAUSTION: DEEP,
};

function messageOf(error: YAMLError, line: string, column: number, secret: boolean): string {
  const rest = line.slice(column - 1).trim();
  const word = secret || rest === '' ? null : rest;
  if (/^[\u3000\u00a0]/.test(line) || /^\s*[\u3000\u00a0]/.test(line)) {
    return 'an ideographic or no-break space is used as indentation: write ordinary spaces, two for each level';
  }
  if (error.code === 'MISSING_CHAR') return missingMessage(error.message, word);
  if (error.code === 'BAD_SCALAR_START') {
    const first = line.charAt(column - 1);
    return `a value cannot begin with ${first === '`' ? 'a backtick' : `\`${first}\``}: put it in quotes`;
  }
  if (error.code === 'TAG_RESOLVE_FAILED') {
    return `the tag ${show(/^!\S*/.exec(rest)?.[0] ?? '!')} is not used here: remove it`;
  }
  return MESSAGES[error.code] ?? strayMessage(word);
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
    const message =
      quote === null
        ? messageOf(error, line, place.column, isSecretLine(lines, place.line))
        : `a text in ${quote.double ? 'double' : 'single'} quotes is not closed on its line: write the closing \`${quote.double ? '"' : "'"}\``;
    byLine.set(place.line, { file, ...place, message });
  }
  return [...byLine.values()];
}
