/** Writes a row of the ledger as `/api/ledger` gives it. */
import type { LedgerRow } from '../../model/decision.ts';
import { codeOf, say } from '../../reasons/render.ts';
import { iso } from '../ui/times.ts';

/** The time is ISO 8601 in UTC. */
export function rowJson(row: LedgerRow): object {
  return { ...row, at: iso(row.at), reason: say(row.reason, 'en'), reasonCode: codeOf(row.reason) };
}
