/** Finds the blocks of sources.yaml in its text, and changes the text at a place: every other byte stays as it was. */
import { isMap, isScalar, isSeq, type Pair, parseDocument, type YAMLMap, type YAMLSeq } from 'yaml';

type Range = readonly [start: number, valueEnd: number, nodeEnd: number];

/** Offsets of a node in the text that it was read from; null where it has none. */
export const rangeOf = (node: unknown): Range | null =>
  typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)
    ? (node.range as unknown as Range)
    : null;

export function parseText(text: string) {
  return parseDocument(text, { merge: true, uniqueKeys: false });
}

/** What the text says, without its form. */
export const plainValue = (text: string): unknown => parseText(text).toJS({ maxAliasCount: 10_000 });

/** The list of sources; null where there is none. */
function sourceList(text: string): YAMLSeq | null {
  const root = parseText(text).contents;
  const list = isMap(root) ? root.get('sources', true) : null;
  return isSeq(list) ? list : null;
}

/** Blocks by the id that stands in them; of blocks with one id the first. */
export function sourceMaps(text: string): ReadonlyMap<string, YAMLMap> {
  const maps = new Map<string, YAMLMap>();
  for (const item of sourceList(text)?.items ?? []) {
    const id = isMap(item) ? pairOf(item, 'id')?.value : undefined;
    if (isMap(item) && isScalar(id) && !maps.has(String(id.value))) maps.set(String(id.value), item);
  }
  return maps;
}

export function pairOf(map: YAMLMap, name: string): Pair | undefined {
  return map.items.find(({ key }) => isScalar(key) && key.value === name);
}

/** Puts `by` in the place of what stands between two offsets. */
export interface Splice {
  readonly from: number;
  readonly to: number;
  readonly by: string;
}

export function splice(text: string, { from, to, by }: Splice): string {
  return text.slice(0, from) + by + text.slice(to);
}

/** Of places that do not overlap. */
export function spliceAll(text: string, splices: readonly Splice[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { from, to, by } of splices.toSorted((a, b) => a.from - b.from)) {
    parts.push(text.slice(at, from), by);
    at = to;
  }
  return parts.join('') + text.slice(at);
}

export function newlineOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

export function startOfLine(text: string, at: number): number {
  return at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
}

/** Offset of the line's end, before its newline. */
export function endOfLine(text: string, from: number): number {
  const newline = text.indexOf('\n', from);
  if (newline === -1) return text.length;
  return text[newline - 1] === '\r' ? newline - 1 : newline;
}
