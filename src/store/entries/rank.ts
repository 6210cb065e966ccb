/** Ranks what stands under an entry's keys, by how many of them it shares and how rare those are. */

/** The first so many keys are topics, of which a candidate shares `least`, unless it shares one of the others. */
export interface Topics {
  readonly count: number;
  readonly least: number;
}

/** Of a reference that shares a key that is no topic. */
const BY_TEXT = -1;

/**
 * What is known of each reference while some are ranked: a hash table with open addressing (D. Knuth, "The Art of Computer
 * Programming" 3, 6.4, algorithm L), at most half full. There are some five hundred references an entry, and a Map of them
 * was a tenth of all memory that was taken for news that others told before.
 */
let table = makeTable(1024);

function makeTable(slots: number) {
  return {
    /** 0: the slot is free; references begin with 1. */
    references: new Float64Array(slots),
    weights: new Float64Array(slots),
    /** How many topics it shares, or BY_TEXT. */
    topics: new Int32Array(slots),
    /** Slots that are taken, in no order. */
    taken: new Int32Array(slots),
  };
}

/** `found`: the references under each key. Those first that share rare keys or many; of equals the newest. */
export function rank(
  found: readonly (readonly number[])[],
  { count, least }: Topics = { count: 0, least: 0 },
): readonly number[] {
  const most = found.reduce((sum, references) => sum + references.length, 0);
  if (table.references.length < 2 * most) table = makeTable(2 ** Math.ceil(Math.log2(2 * most)));
  const { references, weights, topics, taken } = table;
  let known = 0;
  for (const [i, under] of found.entries()) {
    const weight = 1 / under.length;
    for (const reference of under) {
      const slot = slotOf(references, reference);
      if (references[slot] === 0) {
        references[slot] = reference;
        weights[slot] = 0;
        topics[slot] = 0;
        taken[known++] = slot;
      }
      (weights[slot] as number) += weight;
      if (i >= count) topics[slot] = BY_TEXT;
      else (topics[slot] as number)++;
    }
  }
  const ranked = taken
    .subarray(0, known)
    .filter((slot) => topics[slot] === BY_TEXT || (topics[slot] as number) >= least)
    .sort(
      (a, b) =>
        (weights[b] as number) - (weights[a] as number) || (references[b] as number) - (references[a] as number),
    );
  const result = Array.from(ranked, (slot) => references[slot] as number);
  for (let i = 0; i < known; i++) references[taken[i] as number] = 0;
  return result;
}

/** Where the reference stands in the table, or a free slot for it. */
function slotOf(references: Float64Array, reference: number): number {
  const last = references.length - 1;
  // Fibonacci hashing (Knuth 6.4): neighbouring references lie far apart.
  let slot = (Math.imul(reference, 0x9e3779b1) >>> 7) & last;
  while (references[slot] !== 0 && references[slot] !== reference) slot = (slot + 1) & last;
  return slot;
}
