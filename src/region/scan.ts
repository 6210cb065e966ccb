/** Turns a list of terms into a trie, and a text into the longest terms that stand in it. */

export interface Scanner {
  /** Per node: character code → node. Node 0 is the root, whose children are spread over `first`. */
  readonly children: readonly (ReadonlyMap<number, number> | undefined)[];
  /** Character code → node of the first character; 0 where no term begins so. */
  readonly first: Uint32Array;
  /** Per node: index of the term that ends there, or −1. */
  readonly ends: Int32Array;
}

export interface Match {
  /** Index into the terms. */
  readonly term: number;
  readonly start: number;
  readonly end: number;
}

/** Terms must be folded and not empty; of equal terms the last one counts. */
export function buildScanner(terms: readonly string[]): Scanner {
  const children: (Map<number, number> | undefined)[] = [undefined];
  const ends: number[] = [-1];
  const first = new Uint32Array(0x10000);
  const grow = (): number => ends.push(-1) - 1;
  terms.forEach((term, index) => {
    const head = term.charCodeAt(0);
    let node = first[head] || (first[head] = grow());
    for (let i = 1; i < term.length; i++) {
      const code = term.charCodeAt(i);
      const below = (children[node] ??= new Map<number, number>());
      let next = below.get(code);
      if (next === undefined) below.set(code, (next = grow()));
      node = next;
    }
    ends[node] = index;
  });
  return { children, first, ends: Int32Array.from(ends) };
}

/**
 * The terms in `text`, in order and without overlap: where two overlap, the longer one, then the earlier one. Longest
 * match over the whole country settles 兴和县 against 和县.
 */
export function scan({ children, first, ends }: Scanner, text: string): readonly Match[] {
  const found: Match[] = [];
  for (let start = 0; start < text.length; start++) {
    let node = first[text.charCodeAt(start)] ?? 0;
    if (node === 0) continue;
    let term = -1;
    let end = 0;
    for (let at = start + 1; ; at++) {
      const ending = ends[node] ?? -1;
      if (ending >= 0) [term, end] = [ending, at];
      const next = children[node]?.get(text.charCodeAt(at));
      if (next === undefined || at >= text.length) break;
      node = next;
    }
    if (term >= 0) found.push({ term, start, end });
  }
  return dropOverlaps(found);
}

function dropOverlaps(found: readonly Match[]): readonly Match[] {
  const kept: Match[] = [];
  for (const match of found) {
    let last = kept.at(-1);
    // A longer match takes the place of every shorter one that it touches.
    while (last && last.end > match.start && last.end - last.start < match.end - match.start) {
      kept.pop();
      last = kept.at(-1);
    }
    if (!last || last.end <= match.start) kept.push(match);
  }
  return kept;
}
