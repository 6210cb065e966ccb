/** Does what is to be done once an hour: forgets what is past its retention, left over or of removed sources, and looks whether Redis has room left. */
import type { Logger } from 'pino';
import type { Config } from '../model/config.ts';
import { ASSEMBLER } from '../pipeline/assemble.ts';
import { say } from '../reasons/render.ts';
import { findSource } from '../sources/configured.ts';
import { memoryShort } from '../sources/memoryshort.ts';
import { quotasOf } from '../sources/quotas.ts';
import { forgetLeftovers } from '../store/records/leftovers.ts';
import { readMemory } from '../store/redis/connect.ts';
import { takeLock } from '../store/redis/mutex.ts';
import type { Store } from '../store/redis/keys.ts';
import { carryOver } from '../store/sources/carryover.ts';
import { takeOutLeaving } from '../store/stories/takeout.ts';
import { prune } from '../store/stories/rewrite.ts';
import { DAY_MS, HOUR_MS } from '../text/time.ts';

/** Less than a day by as much as an hour may come early. */
const LEFTOVERS_MS = DAY_MS - HOUR_MS / 2;

/** Gives what came of sources under ids that they had before to the ids that they have. */
export async function carryRenamed(store: Store, { sources }: Config, log: Logger, now: number): Promise<void> {
  const renamed = sources.filter(({ formerly }) => formerly.length > 0);
  const entries = await carryOver(store, renamed, ASSEMBLER, now);
  if (entries > 0) log.info({ entries }, 'history of renamed sources carried over');
}

export async function keepUp(store: Store, config: Config, log: Logger, now: number): Promise<void> {
  const { retention, quotas } = config.settings;
  const quotaOf = (source: string) => quotasOf(findSource(config, source), quotas);
  const isPolled = (source: string) => findSource(config, source)?.enabled === true;
  const removed = await prune(store, { ...retention, quotaOf, isPolled }, now, ASSEMBLER);
  if (removed > 0) log.info({ removed }, 'entries past their retention removed');
  await forgetOnceADay(store, config, log, now);
  await carryRenamed(store, config, log, now);
  const out = await takeOutLeaving(store, (source) => findSource(config, source) !== undefined, {
    now,
    configVersion: config.version,
    ledgerCount: retention.ledgerCount,
    assembler: ASSEMBLER,
  });
  if (out > 0) log.info({ out }, 'entries of removed sources taken out');
  const short = memoryShort(await readMemory(store));
  if (short !== null) log.warn(say(short, 'en'));
}

async function forgetOnceADay(store: Store, { sources, editions }: Config, log: Logger, now: number): Promise<void> {
  if (!(await takeLock(store, 'leftovers', LEFTOVERS_MS))) return;
  const idsOf = (all: readonly { readonly id: string }[]) => new Set(all.map(({ id }) => id));
  const gone = await forgetLeftovers(store, { sources: idsOf(sources), editions: idsOf(editions) }, now);
  if (gone.sources.length + gone.editions.length + gone.aliases > 0)
    log.info(
      { sources: gone.sources.length, editions: gone.editions.length, aliases: gone.aliases },
      'leftovers removed',
    );
}
