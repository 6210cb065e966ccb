/** Has the items of one document edited in a thread; one that cannot be done is set aside, and the others are edited without it. */
import type { Config } from '../model/config.ts';
import type { RawItem } from '../model/feed.ts';
import type { Reason } from '../model/reason.ts';
import type { Batch, EditedBatch } from '../pipeline/batch.ts';
import type { Edited } from '../pipeline/editorial.ts';
import { setAside } from '../pipeline/setaside.ts';
import type { Threads } from './pool.ts';
import { faultReason } from './taskfault.ts';

export interface EditedItems extends EditedBatch {
  /** Under which they were edited. */
  readonly config: Config;
  readonly aside: readonly { readonly item: RawItem; readonly why: Reason }[];
}

/** `batchUnder` gives the batch under the config in force, which may change while items are set aside. */
export async function editItems(
  threads: Threads,
  config: () => Config,
  batchUnder: (config: Config) => Batch,
): Promise<EditedItems> {
  const aside = new Map<RawItem, { readonly why: Reason; readonly edited: Edited }>();
  for (;;) {
    const inForce = config();
    const batch = batchUnder(inForce);
    const items = batch.items.filter((item) => !aside.has(item));
    const done = await threads.run('edit', { ...batch, items });
    if (done.ok) {
      const { edited, recurrences } = done.value;
      let next = 0;
      return {
        edited: batch.items.map((item) => aside.get(item)?.edited ?? (edited[next++] as Edited)),
        recurrences,
        config: inForce,
        aside: [...aside].map(([item, { why }]) => ({ item, why })),
      };
    }
    const item = items[done.at] as RawItem;
    const why = faultReason('item', done.fault);
    aside.set(item, { why, edited: setAside(item, batch, why) });
  }
}
