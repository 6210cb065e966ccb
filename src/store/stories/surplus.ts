/** Chooses which entries go where there are too many: of the sources that have most, their oldest. */

/** An entry as far as retention asks for it. */
export interface Kept {
  readonly id: string;
  readonly source: string;
  readonly bytes: number;
}

export interface Bounds {
  /** Entries of all sources. */
  readonly entriesCount: number;
  readonly quotaOf: (source: string) => { readonly entries: number; readonly bytes: number };
}

/** Ids to forget; `kept` has the oldest first. A source loses nothing as long as others have more than it. */
export function chooseSurplus(kept: readonly Kept[], { entriesCount, quotaOf }: Bounds): string[] {
  const bySource = new Map<string, Kept[]>();
  for (const one of kept) {
    const known = bySource.get(one.source);
    if (known === undefined) bySource.set(one.source, [one]);
    else known.push(one);
  }
  const own = new Map([...bySource].map(([source, entries]) => [source, withinQuota(entries, quotaOf(source))]));
  const most = fairMost([...own.values()], entriesCount);
  const stay = new Map([...own].map(([source, count]) => [source, Math.min(count, most)]));
  // Room that does not divide evenly goes to those whose next entry is newest: where sources are more than entries may be,
  // the newest entries stay.
  const room = entriesCount - [...stay.values()].reduce((sum, count) => sum + count, 0);
  const age = new Map(kept.map(({ id }, place) => [id, place]));
  const nextOf = ([source, entries]: readonly [string, readonly Kept[]]) => {
    const count = stay.get(source) ?? 0;
    const next = count < (own.get(source) ?? 0) ? entries.at(-1 - count) : undefined;
    return next === undefined ? [] : [{ source, at: age.get(next.id) ?? 0 }];
  };
  const nexts = [...bySource].flatMap(nextOf).toSorted((a, b) => b.at - a.at);
  for (const { source } of nexts.slice(0, Math.max(0, room))) stay.set(source, (stay.get(source) ?? 0) + 1);
  return [...bySource].flatMap(([source, entries]) =>
    entries.slice(0, entries.length - (stay.get(source) ?? 0)).map(({ id }) => id),
  );
}

/** How many of a source's newest entries its own quota leaves. */
function withinQuota(entries: readonly Kept[], quota: { readonly entries: number; readonly bytes: number }): number {
  let bytes = 0;
  let count = 0;
  for (const one of entries.toReversed()) {
    bytes += one.bytes;
    if (count === quota.entries || bytes > quota.bytes) break;
    count++;
  }
  return count;
}

/** The largest number such that sources with no more keep all, those with more keep so many, and all fit into `room`. */
function fairMost(counts: readonly number[], room: number): number {
  const sorted = [...counts].sort((a, b) => a - b);
  let left = room;
  for (const [place, count] of sorted.entries()) {
    const share = Math.floor(left / (sorted.length - place));
    if (count > share) return share;
    left -= count;
  }
  return Infinity;
}
