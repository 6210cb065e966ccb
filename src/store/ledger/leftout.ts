/** Writes into the ledger which stories of an edition could not be published, and why; once for each reason. */
import type { Decision } from '../../model/decision.ts';
import type { EditionRow } from '../../model/story.ts';
import { keys, type Store } from '../redis/keys.ts';
import { indexLine, SHELF_BYTES } from './index.ts';
import { readLua, toScript } from '../redis/script.ts';

const note = toScript(readLua('ledger', 'leftout'));

/** A feed is rendered again with each change: what was said is not said again for so long. */
const NOTE_MS = 30 * 86_400_000;

export interface LeftOutOptions {
  readonly edition: string;
  readonly now: number;
  readonly configVersion: string;
  readonly ledgerCount: number;
}

/** `left`: story ids with reasons; `rows` hold the stories. */
export async function noteLeftOut(
  store: Store,
  left: readonly { readonly story: string; readonly reason: string }[],
  rows: readonly EditionRow[],
  options: LeftOutOptions,
): Promise<void> {
  for (const { story, reason } of left) {
    const row = rows.find((one) => one.story.id === story);
    if (row !== undefined) await noteOne(store, row, reason, options);
  }
}

async function noteOne(
  store: Store,
  { story, lead }: EditionRow,
  reason: string,
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
    reason: `left out of edition ${edition}: ${reason}`,
    story: story.id,
    editions: [],
    regions: [],
    configVersion,
  };
  const control = {
    ledgerCount,
    shelves: keys.shelves(store),
    shelf: keys.shelf(store, ''),
    shelfBytes: SHELF_BYTES,
    noteMs: NOTE_MS,
  };
  await note(
    store.redis,
    [keys.entry(store, lead.id), keys.leftOut(store, edition, story.id), keys.ledger(store)],
    [JSON.stringify(control), reason, JSON.stringify(row), indexLine(row)],
  );
}
