/** Counts the items that were set aside lately, by source, from the ledger. */
import type { Source } from '../../model/source.ts';
import type { StoredReason } from '../../model/reason.ts';
import { readReasonCounts } from '../../store/ledger/figures.ts';
import { queryLedger } from '../../store/ledger/ledger.ts';
import type { Store } from '../../store/redis/keys.ts';
import { DAY_MS } from '../../text/time.ts';
import type { SourceStatus } from '../source/status.ts';

const LATELY_MS = 7 * DAY_MS;
/** Rows that are counted; a source with more has this many. */
const MOST_ROWS = 500;

/** What is selected in the ledger for them. */
export const ASIDE_CODES = 'aside.';

/** What was set aside of one source in the last seven days. */
export interface AsideCount {
  readonly items: number;
  /** Of the newest. */
  readonly why: StoredReason;
}

/** Source id → what was set aside of it, for those that had any. `source`: of this one alone. */
export async function readAsides(store: Store, now: number, source?: string): Promise<Map<string, AsideCount>> {
  const query = {
    code: ASIDE_CODES,
    since: now - LATELY_MS,
    sources: source === undefined ? undefined : [source],
    limit: MOST_ROWS,
  };
  const counts = new Map<string, AsideCount>();
  // Most stores have none, and need not be searched.
  const codes = [...(await readReasonCounts(store)).keys()];
  if (!codes.some((code) => code.startsWith(ASIDE_CODES))) return counts;
  for (const row of (await queryLedger(store, query)).rows) {
    const known = counts.get(row.source) ?? { items: 0, why: row.reason };
    counts.set(row.source, { ...known, items: known.items + 1 });
  }
  return counts;
}

/** A source that had items set aside, as the desk lists it. */
export type AsideSource = AsideCount & { readonly source: string; readonly name: string; readonly at: Source['at'] };

/** In the sources' order. */
export function listAsides(
  sources: readonly SourceStatus[],
  counts: ReadonlyMap<string, AsideCount>,
): readonly AsideSource[] {
  return sources.flatMap(({ source: { id, name, at } }) => {
    const count = counts.get(id);
    return count === undefined ? [] : [{ source: id, name, at, ...count }];
  });
}
