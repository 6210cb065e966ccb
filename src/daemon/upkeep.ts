/** Does what is to be done once an hour: forgets what is past its retention, and looks whether Redis has room left. */
import type { Logger } from 'pino';
import type { Config } from '../model/config.ts';
import { ASSEMBLER } from '../pipeline/assemble.ts';
import { say } from '../reasons/render.ts';
import { findSource } from '../sources/configured.ts';
import { memoryShort } from '../sources/memoryshort.ts';
import { quotasOf } from '../sources/quotas.ts';
import { readMemory } from '../store/redis/connect.ts';
import type { Store } from '../store/redis/keys.ts';
import { prune } from '../store/stories/rewrite.ts';

export async function keepUp(store: Store, config: Config, log: Logger, now: number): Promise<void> {
  const { retention, quotas } = config.settings;
  const quotaOf = (source: string) => quotasOf(findSource(config, source), quotas);
  const isPolled = (source: string) => findSource(config, source)?.enabled === true;
  const removed = await prune(store, { ...retention, quotaOf, isPolled }, now, ASSEMBLER);
  if (removed > 0) log.info({ removed }, 'entries past their retention removed');
  const short = memoryShort(await readMemory(store));
  if (short !== null) log.warn(say(short, 'en'));
}
