/** Mends records that cannot be read from what else is stored, or sets them aside so that their publisher brings them again. */
import type { SourceFacts } from '../../model/source.ts';
import type { Assembler, Member } from '../../model/story.ts';
import { reason } from '../../reasons/catalogue.ts';
import { keys, type Store } from '../redis/keys.ts';
import { check } from '../redis/pipeline.ts';
import { distrustSource } from '../sources/sources.ts';
import { memberOf } from '../stories/member.ts';
import { dropFromStory } from '../stories/rewrite.ts';
import { readEntry } from '../stories/stories.ts';
import { restoreStory } from '../stories/restore.ts';
import type { Broken } from './survey.ts';

/** What is set aside is kept for a person to look at. */
const KEEP_SECONDS = 30 * 86_400;

/** `mended`: it can be read again; `again`: it is gone, and its source is read whole; `aside`: it is gone. */
export type Outcome = 'mended' | 'again' | 'aside';

export interface Mending {
  readonly assembler: Assembler;
  /** By a source's id. */
  readonly sourceOf: (id: string) => Pick<SourceFacts, 'name' | 'trust'>;
  readonly now: number;
}

/** Copies of what is removed are kept under `setaside:` for thirty days. */
export async function mendRecord(store: Store, record: Broken, mending: Mending): Promise<Outcome> {
  switch (record.kind) {
    case 'raw':
      await store.redis.hdel(record.key, 'r');
      return 'mended';
    case 'source':
      return mendSource(store, record, mending.now);
    case 'row':
      await setRowAside(store, record.id);
      return 'aside';
    case 'story':
      return mendStory(store, record, mending);
    case 'entry':
      return removeEntry(store, record, mending);
    default:
      return record.kind satisfies never;
  }
}

async function setAside(store: Store, key: string): Promise<void> {
  const name = keys.setAside(store, key);
  if ((await store.redis.exists(key)) === 0) return;
  await check(store.redis.multi().rename(key, name).expire(name, KEEP_SECONDS).exec());
}

async function setRowAside(store: Store, id: string): Promise<void> {
  const ledger = keys.ledger(store);
  const name = keys.setAside(store, `${ledger}:${id}`);
  const [row] = await store.redis.xrange(ledger, id, id);
  await check(
    store.redis
      .multi()
      .set(name, JSON.stringify(row ?? null), 'EX', KEEP_SECONDS)
      .xdel(ledger, id)
      .exec(),
  );
}

/** Its state begins anew, and with it its polls. */
async function mendSource(store: Store, { key, id }: Broken, now: number): Promise<Outcome> {
  await setAside(store, key);
  await distrustSource(store, id, now);
  return 'mended';
}

async function mendStory(store: Store, { key, id }: Broken, { assembler, sourceOf }: Mending): Promise<Outcome> {
  const members: Member[] = [];
  const ids = await store.redis.zrange(keys.entries(store), 0, '-1');
  for (const entry of ids) {
    const stored = await readEntry(store, entry);
    if (stored?.story !== id) continue;
    const { name, trust } = sourceOf(stored.entry.source);
    // Why it belonged to its story is not known any more, and said so.
    members.push(memberOf(stored.entry, { ...stored, sourceName: name, trust, why: reason('story.restored') }));
  }
  await setAside(store, key);
  await restoreStory(store, id, members, assembler);
  return members.length > 0 ? 'mended' : 'aside';
}

async function removeEntry(store: Store, { key, id }: Broken, { assembler, now }: Mending): Promise<Outcome> {
  const fields = (await store.redis.hmget(key, 's', 'o', 'd').catch(() => [])) as (string | null)[];
  const [story, source, decision] = fields;
  if (story) await dropFromStory(store, story, id, assembler);
  await setAside(store, key);
  const pipeline = store.redis.multi().zrem(keys.entries(store), id);
  if (decision) pipeline.hincrby(keys.totals(store), decision, -1);
  // Unseen, it is an item like any other where its source's document still has it.
  if (source) pipeline.hdel(keys.seen(store, source), id);
  await check(pipeline.exec());
  if (!source) return 'aside';
  await distrustSource(store, source, now);
  return 'again';
}
