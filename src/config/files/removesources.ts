/** Takes the blocks of sources out of the text of sources.yaml; every other byte, comments included, stays as it was. */
import type { YAMLMap } from 'yaml';
import {
  endOfLine,
  newlineOf,
  plainValue,
  rangeOf,
  sourceMaps,
  type Splice,
  spliceAll,
  startOfLine,
} from './sourcetext.ts';

/**
 * sources.yaml without these sources. `left`: those that are not there, or whose block is written so that only a person
 * can take it out (within a list on one line, or with an anchor that others name).
 */
export function removeSources(
  text: string,
  ids: readonly string[],
): { readonly text: string; readonly left: readonly string[] } {
  try {
    const maps = sourceMaps(text);
    const wanted = [...new Set(ids)].map((id) => [id, blockSplice(text, maps.get(id))] as const);
    const done = new Map(wanted.flatMap(([id, one]) => (one === null ? [] : [[id, one] as const])));
    const changed = spliceAll(text, [...done.values()]);
    if (sameButWithout(text, changed, new Set(done.keys())))
      return { text: changed, left: wanted.flatMap(([id, one]) => (one === null ? [id] : [])) };
  } catch {
    // As where no block can be taken out.
  }
  return { text, left: ids };
}

/** From the line of its dash to its last value, with the blank line that parts it from the next. */
function blockSplice(text: string, map: YAMLMap | undefined): Splice | null {
  const range = rangeOf(map);
  if (range === null) return null;
  const from = startOfLine(text, range[0]);
  if (text.slice(from, range[0]).trim() !== '-') return null;
  const newline = newlineOf(text);
  const end = endOfLine(text, Math.max(range[0], range[1] - 1));
  let to = text.startsWith(newline, end) ? end + newline.length : end;
  if (text.startsWith(newline, to)) to += newline.length;
  return { from, to, by: '' };
}

interface Listed {
  readonly sources?: readonly { readonly id?: unknown }[] | null;
}

function sameButWithout(before: string, after: string, ids: ReadonlySet<string>): boolean {
  const [was, is] = [plainValue(before) as Listed, plainValue(after) as Listed];
  const stay = (was.sources ?? []).filter(({ id }) => !ids.has(String(id)));
  return (
    JSON.stringify({ ...was, sources: stay }) === JSON.stringify({ ...is, sources: is.sources ?? [] }) &&
    (was.sources ?? []).length === stay.length + ids.size
  );
}
