/** Turns a list of words into a trie, by which the words that begin somewhere in a text are found. */

/** A few flat arrays: a map for each node took ten times their memory. */
export interface Trie {
  /** Character code → node of the first character; 0 where no word begins so. Node 0 is the root. */
  readonly first: Uint32Array;
  /** Per node: the first of its children, which end before the first of the next node, by rising character codes. */
  readonly below: Uint32Array;
  /** Per node: the character code that leads to it. */
  readonly codes: Uint16Array;
  /** Per node: index of the word that ends there, or −1. */
  readonly ends: Int32Array;
}

/** Words must not be empty; of equal ones the last counts. */
export function buildTrie(words: readonly string[]): Trie {
  const sorted = words.map((_, index) => index).sort((a, b) => compare(words[a] ?? '', words[b] ?? '') || a - b);
  const wordAt = (place: number) => words[sorted[place] ?? 0] ?? '';
  // Of each node: its character code, and the run of sorted words that begin with what leads to it.
  const codes = [0];
  const runs = [{ from: 0, to: sorted.length, length: 0 }];
  const below: number[] = [];
  const ends: number[] = [];
  for (let node = 0; node < runs.length; node++) {
    const { from, to, length } = runs[node] as (typeof runs)[number];
    below.push(runs.length);
    let place = from;
    ends.push(-1);
    for (; place < to && wordAt(place).length === length; place++) ends[node] = sorted[place] ?? -1;
    while (place < to) {
      const [code, begin] = [wordAt(place).charCodeAt(length), place];
      while (place < to && wordAt(place).charCodeAt(length) === code) place++;
      codes.push(code);
      runs.push({ from: begin, to: place, length: length + 1 });
    }
  }
  below.push(runs.length);
  const first = new Uint32Array(0x10000);
  for (let node = below[0] ?? 0; node < (below[1] ?? 0); node++) first[codes[node] ?? 0] = node;
  return { first, below: Uint32Array.from(below), codes: Uint16Array.from(codes), ends: Int32Array.from(ends) };
}

/** By character codes, as children are ordered. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The node that a character leads to from another; 0: none. */
export function childOf({ below, codes }: Trie, node: number, code: number): number {
  let low = below[node] ?? 0;
  let high = below[node + 1] ?? 0;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((codes[middle] ?? 0) < code) low = middle + 1;
    else high = middle;
  }
  return low < (below[node + 1] ?? 0) && codes[low] === code ? low : 0;
}
