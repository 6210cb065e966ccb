/** Changes the text of sources.yaml where a person would: one value, one block; every other byte stays as it was. */
import { isAlias, isMap, isScalar, isSeq, type Pair, parseDocument, stringify, type YAMLMap } from 'yaml';
import { maskAddresses } from '../../text/secrets.ts';

type Offset = readonly [start: number, valueEnd: number, nodeEnd: number];

const rangeOf = (node: unknown): Offset | null =>
  typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)
    ? (node.range as unknown as Offset)
    : null;

function parse(text: string) {
  return parseDocument(text, { merge: true, uniqueKeys: false });
}

function sourceMaps(text: string): readonly YAMLMap[] {
  const root = parse(text).contents;
  const list = isMap(root) ? root.get('sources', true) : null;
  return isSeq(list) ? list.items.filter((item) => isMap(item)) : [];
}

function pairOf(map: YAMLMap, name: string): Pair | undefined {
  return map.items.find(({ key }) => isScalar(key) && key.value === name);
}

function findSource(text: string, id: string): YAMLMap | undefined {
  return sourceMaps(text).find((map) => {
    const value = pairOf(map, 'id')?.value;
    return isScalar(value) && String(value.value) === id;
  });
}

const plain = (text: string): unknown => parse(text).toJS({ maxAliasCount: 10_000 });

/** True where the two texts say the same but for one source's `enabled`. */
function sameButEnabled(before: string, after: string, id: string, enabled: boolean): boolean {
  const strip = (value: unknown) =>
    JSON.stringify(value, (_key, inner: unknown) => {
      if (typeof inner !== 'object' || inner === null || !('id' in inner) || inner.id !== id) return inner;
      return { ...inner, enabled: undefined };
    });
  const now = plain(after);
  if (strip(plain(before)) !== strip(now)) return false;
  const list = (now as { sources?: readonly { id?: unknown; enabled?: unknown }[] }).sources ?? [];
  return list.find((source) => String(source.id) === id)?.enabled === enabled;
}

/**
 * sources.yaml with `enabled` of one source set. Null where there is no such source, or where its block is written so
 * that only a person can change it (an alias, a merge).
 */
export function setEnabled(text: string, id: string, enabled: boolean): string | null {
  try {
    const changed = writeEnabled(text, id, enabled);
    return changed !== null && sameButEnabled(text, changed, id, enabled) ? changed : null;
  } catch {
    return null;
  }
}

function writeEnabled(text: string, id: string, enabled: boolean): string | null {
  const map = findSource(text, id);
  if (map === undefined) return null;
  const own = pairOf(map, 'enabled');
  if (own !== undefined) {
    if (isAlias(own.value)) return null;
    const key = rangeOf(own.key);
    const value = rangeOf(own.value);
    if (value !== null && value[1] > value[0]) return splice(text, value[0], value[1], String(enabled));
    const colon = key === null ? -1 : text.indexOf(':', key[1]);
    return colon === -1 ? null : splice(text, colon + 1, colon + 1, ` ${enabled}`);
  }
  const first = rangeOf(map.items[0]?.key);
  const after = rangeOf(pairOf(map, 'id')?.value);
  if (first === null || after === null) return null;
  if (map.flow === true) return splice(text, after[1], after[1], `, enabled: ${enabled}`);
  const column = first[0] - (text.lastIndexOf('\n', first[0] - 1) + 1);
  const at = endOfLine(text, after[1]);
  return splice(text, at, at, `${newlineOf(text)}${' '.repeat(column)}enabled: ${enabled}`);
}

function splice(text: string, from: number, to: number, by: string): string {
  return text.slice(0, from) + by + text.slice(to);
}

function newlineOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** Offset of the line's end, before its newline. */
function endOfLine(text: string, from: number): number {
  const newline = text.indexOf('\n', from);
  if (newline === -1) return text.length;
  return text[newline - 1] === '\r' ? newline - 1 : newline;
}

export interface Block {
  /** 1-based line of the first of `lines`. */
  readonly first: number;
  readonly lines: readonly string[];
}

/** The lines of one source's block, as they stand in the file. */
export function sourceBlock(text: string, id: string): Block | null {
  try {
    const map = findSource(text, id);
    const range = rangeOf(map);
    if (range === null) return null;
    const start = text.lastIndexOf('\n', range[0]) + 1;
    const lines = text.slice(start, endOfLine(text, Math.max(range[0], range[1] - 1))).split(/\r?\n/);
    while (lines.length > 1 && lines.at(-1)?.trim() === '') lines.pop();
    return { first: text.slice(0, start).split('\n').length, lines };
  } catch {
    return null;
  }
}

/** Lines without what may be secret: values of headers, the login, the webhook, passwords and tokens in addresses. */
export function maskSecrets(lines: readonly string[]): string[] {
  let headersAt: number | null = null;
  return lines.map((line) => {
    const masked = maskAddresses(line).replace(
      /(\b(?:admin|webhook|secret|token|password)\s*:\s*)[^\s#][^#]*/,
      '$1•••',
    );
    const indent = masked.length - masked.trimStart().length + (/^\s*- /.test(masked) ? 2 : 0);
    if (/^\s*(?:- )?headers\s*:/.test(masked)) {
      headersAt = indent;
      return masked.replace(/(headers\s*:\s*)(\S.*)$/, '$1•••');
    }
    if (headersAt !== null && (masked.trim() === '' || indent > headersAt))
      return masked.replace(/^(\s*[^\s:#][^:#]*:\s*)\S.*$/, '$1•••');
    headersAt = null;
    return masked.replace(/(\bheaders\s*:\s*)\{[^}]*\}?/, '$1•••');
  });
}

/** A source as `source add` and `opml import` write it; keys in this order. */
export type NewSource = { readonly id: string; readonly url: string } & Readonly<Record<string, unknown>>;

/** One block as it would stand in the file. */
export function writeBlock(source: NewSource, indent = '  '): string {
  const yaml = stringify([source], { lineWidth: 0, defaultStringType: 'PLAIN' }).trimEnd();
  return yaml
    .split('\n')
    .map((line) => indent + line)
    .join('\n');
}

/** sources.yaml with these sources after its last one; null where its list is written so that only a person can. */
export function appendSources(text: string, sources: readonly NewSource[]): string | null {
  try {
    const changed = writeSources(text, sources);
    if (changed === null) return null;
    const count = (value: unknown) => ((value as { sources?: unknown[] | null } | null)?.sources ?? []).length;
    return count(plain(changed)) === count(plain(text)) + sources.length ? changed : null;
  } catch {
    return null;
  }
}

function writeSources(text: string, sources: readonly NewSource[]): string | null {
  if (sources.length === 0) return text;
  const newline = newlineOf(text);
  const root = parse(text).contents;
  const blocks = (indent: string) =>
    sources
      .map((source) => writeBlock(source, indent))
      .join('\n\n')
      .replaceAll('\n', newline);
  const pair = isMap(root) ? pairOf(root, 'sources') : undefined;
  if (pair === undefined) {
    const gap = text === '' || text.endsWith('\n') ? '' : newline;
    return root === null || isMap(root) ? `${text}${gap}sources:${newline}${blocks('  ')}${newline}` : null;
  }
  const list = pair.value;
  const range = rangeOf(list);
  if (!isSeq(list) || list.items.length === 0) {
    const key = rangeOf(pair.key);
    const colon = key === null ? -1 : text.indexOf(':', key[1]);
    if (colon === -1 || (isSeq(list) && range === null)) return null;
    const emptied = isSeq(list) && range !== null ? splice(text, range[0], range[1], '') : text;
    const at = endOfLine(emptied, colon);
    return splice(emptied, at, at, `${newline}${blocks('  ')}`);
  }
  const last = rangeOf(list.items.at(-1));
  if (list.flow === true || range === null || last === null) return null;
  const indent = ' '.repeat(range[0] - (text.lastIndexOf('\n', range[0] - 1) + 1));
  const at = endOfLine(text, Math.max(last[0], last[1] - 1));
  return splice(text, at, at, `${newline}${newline}${blocks(indent)}`);
}
