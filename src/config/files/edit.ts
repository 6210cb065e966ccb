/** Changes the text of sources.yaml where a person would: one value, one block; every other byte stays as it was. */
import { isAlias, isMap, isSeq, stringify, type YAMLMap } from 'yaml';
import { maskAddresses } from '../../text/secrets.ts';
import {
  endOfLine,
  newlineOf,
  pairOf,
  parseText,
  plainValue,
  rangeOf,
  sourceMaps,
  type Splice,
  splice,
  spliceAll,
  startOfLine,
} from './sourcetext.ts';

/** True where the two texts say the same but for the `enabled` of these sources. */
function sameButEnabled(before: string, after: string, ids: ReadonlySet<string>, enabled: boolean): boolean {
  const strip = (value: unknown) =>
    JSON.stringify(value, (_key, inner: unknown) => {
      if (typeof inner !== 'object' || inner === null || !('id' in inner) || !ids.has(String(inner.id))) return inner;
      return { ...inner, enabled: undefined };
    });
  const now = plainValue(after);
  if (strip(plainValue(before)) !== strip(now)) return false;
  const list = (now as { sources?: readonly { id?: unknown; enabled?: unknown }[] }).sources ?? [];
  const set = list.filter((source) => ids.has(String(source.id)) && source.enabled === enabled);
  return new Set(set.map(({ id }) => String(id))).size === ids.size;
}

/**
 * sources.yaml with `enabled` of these sources set. `left`: those that are not there, or whose block is written so that
 * only a person can change it (an alias, a merge).
 */
export function setEnabled(
  text: string,
  ids: readonly string[],
  enabled: boolean,
): { readonly text: string; readonly left: readonly string[] } {
  try {
    const maps = sourceMaps(text);
    const splices = new Map([...new Set(ids)].map((id) => [id, enabledSplice(text, maps.get(id), enabled)] as const));
    const done = [...splices].flatMap(([id, one]) => (one === null ? [] : [{ id, one }]));
    const changed = spliceAll(
      text,
      done.map(({ one }) => one),
    );
    if (sameButEnabled(text, changed, new Set(done.map(({ id }) => id)), enabled))
      return { text: changed, left: [...splices].flatMap(([id, one]) => (one === null ? [id] : [])) };
  } catch {
    // As where the blocks cannot be changed one by one.
  }
  return { text, left: ids };
}

function enabledSplice(text: string, map: YAMLMap | undefined, enabled: boolean): Splice | null {
  if (map === undefined) return null;
  const own = pairOf(map, 'enabled');
  if (own !== undefined) {
    if (isAlias(own.value)) return null;
    const key = rangeOf(own.key);
    const value = rangeOf(own.value);
    if (value !== null && value[1] > value[0]) return { from: value[0], to: value[1], by: String(enabled) };
    const colon = key === null ? -1 : text.indexOf(':', key[1]);
    return colon === -1 ? null : { from: colon + 1, to: colon + 1, by: ` ${enabled}` };
  }
  const first = rangeOf(map.items[0]?.key);
  const after = rangeOf(pairOf(map, 'id')?.value);
  if (first === null || after === null) return null;
  if (map.flow === true) return { from: after[1], to: after[1], by: `, enabled: ${enabled}` };
  const column = first[0] - startOfLine(text, first[0]);
  const at = endOfLine(text, after[1]);
  return { from: at, to: at, by: `${newlineOf(text)}${' '.repeat(column)}enabled: ${enabled}` };
}

export interface Block {
  /** 1-based line of the first of `lines`. */
  readonly first: number;
  readonly lines: readonly string[];
}

/** The lines of one source's block, as they stand in the file. */
export function sourceBlock(text: string, id: string): Block | null {
  try {
    const range = rangeOf(sourceMaps(text).get(id));
    if (range === null) return null;
    const start = startOfLine(text, range[0]);
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
    return count(plainValue(changed)) === count(plainValue(text)) + sources.length ? changed : null;
  } catch {
    return null;
  }
}

function writeSources(text: string, sources: readonly NewSource[]): string | null {
  if (sources.length === 0) return text;
  const newline = newlineOf(text);
  const root = parseText(text).contents;
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
    const emptied = isSeq(list) && range !== null ? splice(text, { from: range[0], to: range[1], by: '' }) : text;
    const at = endOfLine(emptied, colon);
    return splice(emptied, { from: at, to: at, by: `${newline}${blocks('  ')}` });
  }
  const last = rangeOf(list.items.at(-1));
  if (list.flow === true || range === null || last === null) return null;
  const indent = ' '.repeat(range[0] - startOfLine(text, range[0]));
  const at = endOfLine(text, Math.max(last[0], last[1] - 1));
  return splice(text, { from: at, to: at, by: `${newline}${newline}${blocks(indent)}` });
}
