/** Puts a story together again from the entries that stand in it. */
import type { Assembler, Member, Story, Withdrawal } from '../../model/story.ts';
import { keys, type Store } from '../redis/keys.ts';
import { check } from '../redis/pipeline.ts';
import { rewriteStory } from './rewrite.ts';
import { readEntry } from './stories.ts';

/** Without members the story is taken out of every list. */
export async function restoreStory(
  store: Store,
  id: string,
  members: readonly Member[],
  assembler: Assembler,
): Promise<void> {
  const [first] = [...members].sort((a, b) => a.firstSeen - b.firstSeen);
  if (first === undefined) {
    const editions = await store.redis.hkeys(keys.revisions(store));
    const pipeline = store.redis.pipeline().zrem(keys.stories(store), id);
    for (const edition of editions)
      pipeline.zrem(keys.edition(store, edition), id).hincrby(keys.revisions(store), edition, 1);
    await check(pipeline.exec());
    return;
  }
  const withdrawn = await withdrawalOf(store, members);
  const alone = assembler.standAlone(id, first, first.firstSeen);
  const begun: Omit<Story, 'version'> = withdrawn === null ? alone : { ...alone, withdrawn };
  await store.redis.hset(keys.story(store, id), 'v', 1, 'j', JSON.stringify(begun));
  await rewriteStory(store, id, () => members, assembler);
}

/** That an operator withdrew the story, as the ledger of its entries has it; null where it was not, or not for good. */
async function withdrawalOf(store: Store, members: readonly Member[]): Promise<Withdrawal | null> {
  for (const { entry, editions } of members) {
    const rows = (await readEntry(store, entry))?.ledger ?? [];
    const last = rows.findLast(({ rule }) => rule === 'operator.withdraw' || rule === 'operator.publish-again');
    if (last?.rule !== 'operator.withdraw') continue;
    const said = typeof last.reason === 'string' ? last.reason : last.reason.params?.['said'];
    return { at: last.at, said: typeof said === 'string' ? said : '', editions };
  }
  return null;
}
