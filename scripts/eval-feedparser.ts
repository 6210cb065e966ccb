/** Turns the test suite of the Python feedparser project into two figures: documents read, and files with all comparable fields equal. */
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseDocument } from 'htmlparser2';
import { isTag, isText } from 'domhandler';
import type { AnyNode } from 'domhandler';
import { plainSource } from '../src/config/plainsource.ts';
import { readDocument } from '../src/feed/readdocument.ts';
import type { FeedDocument, ReadResult } from '../src/model/feed.ts';

type Literal = string | number | null | readonly number[];

interface Expectation {
  /** Path such as `entries.0.title`. */
  readonly path: string;
  readonly value: Literal;
}

interface Case {
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
  readonly expectations: readonly Expectation[];
}

const BASE_URL = 'http://127.0.0.1:8097/';
const LEFT_OUT = /(^|\/)sanitize\//;

function unescapePython(text: string): string {
  return text.replace(
    /\\(?:x([\da-f]{2})|u([\da-f]{4})|U([\da-f]{8})|([\s\S]))/gi,
    (_, x?: string, u?: string, wide?: string, one?: string) => {
      const code = x ?? u ?? wide;
      if (code !== undefined) return String.fromCodePoint(Number.parseInt(code, 16));
      return { n: '\n', t: '\t', r: '\r' }[one ?? ''] ?? one ?? '';
    },
  );
}

const STRING = /^u?(?:"""([\s\S]*?)"""|'''([\s\S]*?)'''|"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)')/;

/** Python expression cut into names, literals and operators; enough for the suite's one-line expectations. */
function tokenise(expression: string): (string | { readonly literal: Literal })[] {
  const tokens: (string | { readonly literal: Literal })[] = [];
  let rest = expression.trim();
  while (rest !== '') {
    const string = STRING.exec(rest);
    const tuple = /^\((\d+(?:,\s*\d+)+)\)/.exec(rest);
    const number = /^\d+/.exec(rest);
    const name = /^[A-Za-z_]\w*/.exec(rest);
    const matched = string ?? tuple ?? number ?? name;
    if (string) tokens.push({ literal: unescapePython(string[1] ?? string[2] ?? string[3] ?? string[4] ?? '') });
    else if (tuple) tokens.push({ literal: (tuple[1] ?? '').split(',').map(Number) });
    else if (number) tokens.push({ literal: Number(number[0]) });
    else tokens.push(name?.[0] ?? (rest.startsWith('==') ? '==' : rest.charAt(0)));
    rest = rest.slice(matched?.[0].length ?? (rest.startsWith('==') ? 2 : 1)).trimStart();
  }
  return tokens;
}

function readExpectations(expression: string): readonly Expectation[] {
  const found: Expectation[] = [];
  let terms: (string | { readonly literal: Literal })[][] = [[]];
  const sides: { readonly path: string | null; readonly literal: Literal | undefined }[] = [];
  const flush = (): void => {
    const side = terms.pop() ?? [];
    const only = side.length === 1 ? side[0] : undefined;
    if (only !== undefined && typeof only !== 'string') sides.push({ path: null, literal: only.literal });
    else if (only === 'None') sides.push({ path: null, literal: null });
    else sides.push({ path: pathOf(side), literal: undefined });
    terms = [[]];
  };
  const conclude = (): void => {
    flush();
    const literal = sides.findLast((side) => side.literal !== undefined)?.literal;
    if (sides.length > 1 && literal !== undefined)
      for (const { path } of sides) if (path !== null) found.push({ path, value: literal });
    sides.length = 0;
  };
  // `a == 'x' or a == "y"`: the first is enough to compare.
  const [before = ''] = expression.split(/\s+or\s+(?=\w+\[)/);
  for (const token of tokenise(before)) {
    if (token === 'and') conclude();
    else if (token === '==') flush();
    else if (token !== '(' && token !== ')') terms[0]?.push(token);
  }
  conclude();
  return found;
}

function pathOf(side: readonly (string | { readonly literal: Literal })[]): string | null {
  const [head] = side;
  if (head !== 'entries' && head !== 'feed') return null;
  const parts = side.flatMap((token) =>
    typeof token === 'string' ? (/^[[\].]$/.test(token) ? [] : [token]) : [String(token.literal)],
  );
  return parts.join('.');
}

function stamp(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString().slice(0, 19);
}

function wantedStamp(value: Literal): string | null {
  if (!Array.isArray(value)) return null;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = value as readonly number[];
  return stamp(Date.UTC(year, month - 1, day, hour, minute, second));
}

/** Our value for a path of feedparser's; undefined where the two have no field in common. */
function actual(document: FeedDocument, path: string): string | number | null | undefined {
  const parts = path.split('.');
  const [side, ...tail] = parts;
  const item = document.items[Number(tail[0])];
  const at = side === 'feed' ? tail.join('.') : tail.slice(1).join('.');
  if (side === 'feed') {
    if (at === 'title' || at === 'title_detail.value') return document.title;
    return at === 'link' || at === 'language' ? document[at] : undefined;
  }
  const n = Number(/\.(\d+)/.exec(at)?.[1] ?? 0);
  const key = at.replace(/\.\d+/, '');
  const table: Readonly<Record<string, () => string | number | null | undefined>> = {
    title: () => item?.title,
    'title_detail.value': () => item?.title,
    link: () => item?.link,
    id: () => item?.guid,
    guid: () => item?.guid,
    summary: () => item?.summary,
    description: () => item?.summary ?? item?.content,
    'summary_detail.value': () => item?.summary,
    'content.value': () => item?.content,
    author: () => item?.authors[n],
    'author_detail.name': () => item?.authors[n],
    'authors.name': () => item?.authors[n],
    published_parsed: () => stamp(item?.published ?? null),
    updated_parsed: () => stamp(item?.updated ?? null),
    category: () => item?.categories[0],
    'tags.term': () => item?.categories[n],
    'enclosures.url': () => item?.enclosures[n]?.url,
    'enclosures.href': () => item?.enclosures[n]?.url,
    'enclosures.type': () => item?.enclosures[n]?.type,
    'enclosures.length': () => item?.enclosures[n]?.length,
    language: () => item?.language,
  };
  const read = table[key];
  return read === undefined ? undefined : (read() ?? null);
}

/** HTML in one spelling: attributes in order, references resolved, white space collapsed, no comments. */
function spell(nodes: readonly AnyNode[]): string {
  return nodes
    .map((node) => {
      if (isText(node)) return node.data;
      if (!isTag(node)) return '';
      // Whether a namespace is declared where HTML implies it makes no difference.
      const attributes = Object.entries(node.attribs)
        .filter(([name]) => !name.startsWith('xmlns'))
        .toSorted(([a], [b]) => (a < b ? -1 : 1));
      return `<${node.name}${attributes.map(([name, value]) => ` ${name}="${value}"`).join('')}>${spell(node.children)}</${node.name}>`;
    })
    .join('');
}

const squeeze = (text: string): string => text.replace(/\s+/g, ' ').trim();
const sameHtml = (a: string, b: string): boolean =>
  squeeze(spell(parseDocument(a).children)) === squeeze(spell(parseDocument(b).children));

function equal(path: string, wanted: Literal, got: string | number | null): boolean {
  if (path.endsWith('_parsed')) return wantedStamp(wanted) === got;
  if (wanted === null || got === null) return wanted === got;
  const [a, b] = [String(wanted), String(got)];
  if (squeeze(a) === squeeze(b)) return true;
  // `Name (me@example.com)` is one string there and a name here.
  if (path.endsWith('author')) return squeeze(a.replace(/\s*\([^)]*@[^)]*\)/, '')) === squeeze(b);
  return /(title|value|summary|description)$/.test(path) && sameHtml(a, b);
}

function readCase(folder: string, file: string): Case {
  const bytes = readFileSync(join(folder, file));
  const head = decodeHead(bytes);
  const headers: Record<string, string> = {};
  for (const [, name = '', value = ''] of head.matchAll(/^\s*Header:\s*([\w-]+):\s*(.*?)\s*$/gm))
    headers[name.toLowerCase()] = value;
  headers['content-type'] ??= 'application/xml';
  const expression = /^\s*Expect:\s*(.*)$/m.exec(head)?.[1] ?? '';
  return { file, bytes, headers, expectations: readExpectations(expression) };
}

function decodeHead(bytes: Uint8Array): string {
  const head = bytes.subarray(0, 8192);
  const [a = 1, b = 1, c = 1, d = 1] = head;
  if ((a === 0xff && b === 0xfe && (c !== 0 || d !== 0)) || (a !== 0 && b === 0 && c !== 0))
    return new TextDecoder('utf-16le').decode(head);
  if ((a === 0xfe && b === 0xff) || (a === 0 && b !== 0 && c === 0)) return new TextDecoder('utf-16be').decode(head);
  // UTF-32: the expectation is ASCII, so the zero bytes can go.
  return Buffer.from(head.filter((byte) => byte !== 0)).toString('latin1');
}

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.xml'))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((file) => !LEFT_OUT.test(file))
    .sort();
}

async function read({ bytes, headers }: Case): Promise<ReadResult> {
  const source = { ...plainSource('suite', BASE_URL), timezone: 'UTC' };
  return readDocument(source, { bytes, headers, url: BASE_URL }, Date.now());
}

const folder = process.argv[2] ?? process.env['FEEDPARSER_TESTS'];
if (folder === undefined) {
  console.error('usage: npx tsx scripts/eval-feedparser.ts FOLDER [--show]   (or FEEDPARSER_TESTS=FOLDER)');
  process.exit(2);
}
const show = process.argv.includes('--show');
const files = walk(folder);
let [readable, compared, right, fields, rightFields] = [0, 0, 0, 0, 0];
for (const file of files) {
  const one = readCase(folder, file);
  const result = await read(one);
  if (result.ok) readable++;
  else if (show) console.log(`not read  ${file}: ${result.stage}: ${result.message}`);
  const pairs = one.expectations.flatMap(({ path, value }) => {
    const got = result.ok ? actual(result.document, path) : null;
    return got === undefined ? [] : [{ path, value, got }];
  });
  if (pairs.length === 0) continue;
  compared++;
  const wrong = pairs.filter(({ path, value, got }) => !equal(path, value, got));
  fields += pairs.length;
  rightFields += pairs.length - wrong.length;
  if (wrong.length === 0) right++;
  else if (show)
    for (const { path, value, got } of wrong)
      console.log(`differs   ${file}: ${path}\n  wanted ${JSON.stringify(value)}\n  got    ${JSON.stringify(got)}`);
}
const percent = (part: number, whole: number): string => `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`;
console.log(`documents read ${readable}/${files.length} (${percent(readable, files.length)})`);
console.log(
  `files with all comparable fields equal ${right}/${compared} (${percent(right, compared)}); fields ${rightFields}/${fields} (${percent(rightFields, fields)})`,
);
