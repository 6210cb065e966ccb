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

/** The longest term that begins at `start`; null without one. */
export function longestAt({ children, first, ends }: Scanner, text: string, start: number): Match | null {
  let node = first[text.charCodeAt(start)] ?? 0;
  let found: Match | null = null;
  for (let at = start + 1; node !== 0; at++) {
    const term = ends[node] ?? -1;
    if (term >= 0) found = { term, start, end: at };
    node = at < text.length ? (children[node]?.get(text.charCodeAt(at)) ?? 0) : 0;
  }
  return found;
}

/**
 * The terms in `text`, in order and without overlap: where two overlap, the longer one, then the one of higher
 * `rank`, then the earlier one. Longest match over the whole country settles 兴和县 against 和县, and rank 昨天|台州
 * against 天台.
 */
export function scan(scanner: Scanner, text: string, rank: (term: number) => number): readonly Match[] {
  const kept: Match[] = [];
  for (let start = 0; start < text.length; start++) {
    const match = longestAt(scanner, text, start);
    if (!match) continue;
    let last = kept.at(-1);
    while (last && last.end > start && outdoes(match, last, rank)) {
      kept.pop();
      last = kept.at(-1);
    }
    if (!last || last.end <= start) kept.push(match);
  }
  return kept;
}

function outdoes(a: Match, b: Match, rank: (term: number) => number): boolean {
  const longer = a.end - a.start - (b.end - b.start);
  return longer === 0 ? rank(a.term) > rank(b.term) : longer > 0;
}
