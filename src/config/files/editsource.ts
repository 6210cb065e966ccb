/** Sets values of one source in the text of sources.yaml; every other byte, comments included, stays as it was. */
import { isScalar, isSeq, type Pair, stringify, type YAMLMap } from 'yaml';
import {
  endOfLine,
  newlineOf,
  pairOf,
  plainValue,
  rangeOf,
  sourceMaps,
  type Splice,
  spliceAll,
  startOfLine,
} from './sourcetext.ts';

/** Key → its value; null: the key goes. */
type Value = string | number | boolean | readonly string[];
export type Fields = Readonly<Record<string, Value | null>>;

/** Null where there is no such source, or where its block is written so that only a person can change it. */
export function setFields(text: string, id: string, fields: Fields): string | null {
  try {
    const map = sourceMaps(text).get(id);
    if (map === undefined || map.flow === true) return null;
    const splices = Object.entries(fields).map(([key, value]) => fieldSplice(text, map, key, value));
    if (splices.includes(null)) return null;
    const changed = spliceAll(
      text,
      splices.filter((one) => one !== null && one !== 'none'),
    );
    return saysSo(text, changed, id, fields) ? changed : null;
  } catch {
    return null;
  }
}

/** `none`: it stands there already. Null: only a person can write it. */
function fieldSplice(text: string, map: YAMLMap, key: string, value: Fields[string]): Splice | 'none' | null {
  const own = pairOf(map, key);
  if (own === undefined) return value === null ? 'none' : insertion(text, map, `${key}: ${write(value)}`);
  if (value === null) return removal(text, own);
  const isList = typeof value === 'object' && isSeq(own.value) && own.value.flow === true;
  if (!isScalar(own.value) && !isList) return null;
  if (isScalar(own.value) && own.value.value === value) return 'none';
  const range = rangeOf(own.value);
  if (range === null || range[1] === range[0]) return null;
  return { from: range[0], to: range[1], by: write(value) };
}

/** A line after that of the id. */
function insertion(text: string, map: YAMLMap, line: string): Splice | null {
  const first = rangeOf(map.items[0]?.key);
  const id = rangeOf(pairOf(map, 'id')?.value);
  if (first === null || id === null) return null;
  const column = first[0] - startOfLine(text, first[0]);
  const at = endOfLine(text, id[1]);
  return { from: at, to: at, by: `${newlineOf(text)}${' '.repeat(column)}${line}` };
}

/** Whole lines: of a key beside the dash of the block that is no YAML any more, and not done. */
function removal(text: string, pair: Pair): Splice | null {
  const [key, value] = [rangeOf(pair.key), rangeOf(pair.value)];
  if (key === null) return null;
  const newline = newlineOf(text);
  const end = endOfLine(text, Math.max(key[1], (value?.[1] ?? key[1]) - 1));
  return { from: startOfLine(text, key[0]), to: text.startsWith(newline, end) ? end + newline.length : end, by: '' };
}

/** A list on one line. */
function write(value: Value): string {
  if (typeof value === 'object') return `[${value.map(write).join(', ')}]`;
  return stringify(value, { lineWidth: 0 }).trimEnd();
}

interface Listed {
  readonly sources?: readonly Readonly<Record<string, unknown>>[];
}

function saysSo(before: string, after: string, id: string, fields: Fields): boolean {
  const wanted = ((plainValue(before) as Listed).sources ?? []).map((source) =>
    String(source['id']) === id ? compact({ ...source, ...fields }) : source,
  );
  const found = ((plainValue(after) as Listed).sources ?? []).map((source) =>
    String(source['id']) === String(fields['id'] ?? id) ? compact(source) : source,
  );
  return JSON.stringify(wanted) === JSON.stringify(found);
}

/** Keys in their order by name, without those that go. */
function compact(source: Readonly<Record<string, unknown>>): object {
  const pairs = Object.entries(source).filter(([, value]) => value !== null);
  return Object.fromEntries(pairs.sort(([a], [b]) => (a < b ? -1 : 1)));
}
