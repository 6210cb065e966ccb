/** Writes into the ledger which stories of an edition could not be published, and why; once for each reason. */
import type { Reason } from '../../model/reason.ts';
import { reason } from '../../reasons/catalogue.ts';
import type { Decision } from '../../model/decision.ts';
import type { EditionRow } from '../../model/story.ts';
import { keys, type Store } from '../redis/keys.ts';
import { defineScript } from '../redis/luascript.ts';
import { indexLine, ledgerControl } from './ledgerindex.ts';
import { DAY_MS } from '../../text/time.ts';

const script = defineScript('leftout-3', ['entry', 'note', 'ledger'], ['control', 'reason', 'row', 'line']);

/** A feed is rendered again with each change: what was said is not said again for so long. */
const NOTE_MS = 30 * DAY_MS;

export interface LeftOutOptions {
  readonly edition: string;
  readonly now: number;
  readonly configVersion: string;
  readonly ledgerCount: number;
}

/** `left`: story ids with reasons; `rows` hold the stories. */
export async function noteLeftOut(
  store: Store,
  left: readonly { readonly story: string; readonly reason: Reason }[],
  rows: readonly EditionRow[],
  options: LeftOutOptions,
): Promise<void> {
  for (const { story, reason: why } of left) {
    const row = rows.find((one) => one.story.id === story);
    if (row !== undefined) await noteOne(store, row, why, options);
  }
}

async function noteOne(
  store: Store,
  { story, lead }: EditionRow,
  why: Reason,
  { edition, now, configVersion, ledgerCount }: LeftOutOptions,
): Promise<void> {
  const row: Decision = {
    at: now,
    entry: lead.id,
    source: lead.source,
    title: lead.title,
    link: lead.link,
    decision: 'dropped',
    rule: 'publish',
    reason: reason('publish.left-out', { edition, why }),
    story: story.id,
    editions: [],
    regions: [],
    configVersion,
  };
  await script.run(store.redis, {
    keys: {
      entry: keys.entry(store, lead.id),
      note: keys.leftOut(store, edition, story.id),
      ledger: keys.ledger(store),
    },
    args: {
      control: JSON.stringify({ ...ledgerControl(store, ledgerCount), noteMs: NOTE_MS }),
      reason: JSON.stringify(why),
      row: JSON.stringify(row),
      line: indexLine(row),
    },
  });
}
