/** Writes into the ledger which items of a source are not taken: held until they had left its document, or forgotten before. */
import type { Decision } from '../../model/decision.ts';
import type { StoredReason } from '../../model/reason.ts';
import { keys, type Store } from '../redis/keys.ts';
import { defineScript } from '../redis/luascript.ts';
import type { HeldItem } from '../sources/taken.ts';
import { indexLine, ledgerControl } from './ledgerindex.ts';

const script = defineScript('note-1', ['ledger'], ['control', 'row', 'line']);

export interface UntakenOptions {
  readonly now: number;
  readonly configVersion: string;
  readonly ledgerCount: number;
}

/** One row for all of them, under the first: a flood must not fill the ledger either. */
export async function noteUntaken(
  store: Store,
  source: string,
  items: readonly HeldItem[],
  why: StoredReason,
  { now, configVersion, ledgerCount }: UntakenOptions,
): Promise<void> {
  const [first] = items;
  if (first === undefined) return;
  const row: Decision = {
    at: now,
    entry: first.id,
    source,
    title: first.title,
    link: null,
    decision: 'dropped',
    rule: 'quota',
    reason: why,
    story: first.id,
    editions: [],
    regions: [],
    configVersion,
  };
  await noteDecision(store, row, ledgerCount);
}

/** Writes one row into the ledger. `ledgerCount`: rows that it keeps. */
export async function noteDecision(store: Store, row: Decision, ledgerCount: number): Promise<void> {
  await script.run(store.redis, {
    keys: { ledger: keys.ledger(store) },
    args: {
      control: JSON.stringify(ledgerControl(store, ledgerCount)),
      row: JSON.stringify(row),
      line: indexLine(row),
    },
  });
}
