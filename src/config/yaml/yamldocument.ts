/** Reads the bytes of a YAML file: its value with the line and column of every key, or its faults. */
import { isUtf8 } from 'node:buffer';
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Document, Node, Pair, YAMLMap } from 'yaml';
import type { Fault } from '../../model/config.ts';
import type { Reason } from '../../model/reason.ts';
import { reason } from '../../reasons/catalogue.ts';
import { structureFaults } from './structure.ts';
import { syntaxFaults } from './syntax.ts';

export const MAX_FILE_BYTES = 5 * 1024 * 1024;
// yaml counts every use of an anchor; its default of 100 refuses a shared block of headers under a few hundred sources.
const MAX_ALIAS_COUNT = 10_000;

interface Place {
  readonly line: number;
  readonly column: number;
}

export interface ConfigDocument {
  readonly file: string;
  readonly lines: readonly string[];
  /** Plain data; null for an empty file. */
  readonly value: unknown;
  /** First line with a syntax fault: what comes after it cannot be trusted. Infinity without one. */
  readonly brokenFrom: number;
  readonly placeOf: (path: readonly PropertyKey[], of?: 'key' | 'value') => Place;
}

export interface ReadDocument {
  readonly document: ConfigDocument | null;
  readonly faults: readonly Fault[];
}

function encodingFault(file: string, bytes: Uint8Array): Fault | null {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    return { file, line: 1, column: 1, why: reason('config.file.utf-16') };
  }
  if (isUtf8(bytes)) return null;
  let line = 1;
  for (let start = 0; start < bytes.length; line++) {
    const newline = bytes.indexOf(0x0a, start);
    const end = newline === -1 ? bytes.length : newline;
    const row = bytes.subarray(start, end);
    if (!isUtf8(row)) {
      let good = 0;
      for (let size = 1; size <= row.length; size++) if (isUtf8(row.subarray(0, size))) good = size;
      const column = new TextDecoder().decode(row.subarray(0, good)).length + 1;
      const byte = (row[good] ?? 0).toString(16).padStart(2, '0');
      return { file, line, column, why: reason('config.file.byte', { byte: `0x${byte}` }) };
    }
    start = end + 1;
  }
  return { file, line: 1, column: 1, why: reason('config.file.not-utf-8') };
}

function pairOf(map: YAMLMap, key: PropertyKey, doc: Document): Pair | undefined {
  const own = map.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === String(key));
  if (own !== undefined) return own;
  for (const { key: mergeKey, value } of map.items) {
    if (!isScalar(mergeKey) || (typeof mergeKey.value !== 'symbol' && mergeKey.value !== '<<')) continue;
    for (const merged of isSeq(value) ? value.items : [value]) {
      const source = isAlias(merged) ? merged.resolve(doc) : merged;
      const pair = isMap(source) ? pairOf(source, key, doc) : undefined;
      if (pair !== undefined) return pair;
    }
  }
  return undefined;
}

function offsetOf(doc: Document.Parsed, path: readonly PropertyKey[], of: 'key' | 'value'): number {
  let node: unknown = doc.contents;
  let offset = doc.contents?.range[0] ?? 0;
  for (const [depth, step] of path.entries()) {
    const resolved = isAlias(node) ? node.resolve(doc) : node;
    const last = depth === path.length - 1;
    if (isMap(resolved)) {
      const pair = pairOf(resolved, step, doc);
      if (pair === undefined) return offset;
      const key = (pair.key as Node).range ?? null;
      const value = (pair.value as Node | null)?.range ?? null;
      const empty = value === null || value[0] === value[1];
      offset = (last && of === 'key') || empty ? (key?.[0] ?? offset) : value[0];
      node = pair.value;
    } else if (isSeq(resolved)) {
      node = resolved.items[Number(step)];
      offset = (node as Node | undefined)?.range?.[0] ?? offset;
    } else return offset;
  }
  return offset;
}

/** Reads one file. A syntax fault still gives the document as far as it could be read. Never throws. */
export function readDocument(file: string, bytes: Uint8Array): ReadDocument {
  const fail = (why: Reason): ReadDocument => ({ document: null, faults: [{ file, line: 1, column: 1, why }] });
  if (bytes.length > MAX_FILE_BYTES) {
    return fail(reason('config.file.too-long', { bytes: bytes.length, most: MAX_FILE_BYTES }));
  }
  const encoding = encodingFault(file, bytes);
  if (encoding !== null) return { document: null, faults: [encoding] };
  const text = new TextDecoder().decode(bytes);
  const counter = new LineCounter();
  const lines = text.split('\n');
  const placeAt = (offset: number): Place => {
    const { line, col } = counter.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  try {
    const doc = parseDocument(text, { lineCounter: counter, prettyErrors: false, uniqueKeys: false, merge: true });
    const structure = structureFaults(file, doc, placeAt);
    const told = new Set(structure.fatal ? structure.faults.map((fault) => fault.line) : []);
    const broken = syntaxFaults(file, lines, doc, placeAt).filter((fault) => !told.has(fault.line));
    const faults = [...broken, ...structure.faults];
    if (structure.fatal) return { document: null, faults };
    const value: unknown = doc.toJS({ maxAliasCount: MAX_ALIAS_COUNT });
    const brokenFrom = Math.min(Number.POSITIVE_INFINITY, ...broken.map((fault) => fault.line));
    const placeOf = (path: readonly PropertyKey[], of: 'key' | 'value' = 'value') => placeAt(offsetOf(doc, path, of));
    return { document: { file, lines, value, brokenFrom, placeOf }, faults };
  } catch (error) {
    if (error instanceof ReferenceError && error.message.startsWith('Excessive alias')) {
      return fail(reason('config.file.aliases', { most: MAX_ALIAS_COUNT }));
    }
    return fail(reason('config.file.too-deep'));
  }
}
