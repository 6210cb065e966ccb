/** Puts a story together again from the entries that stand in it. */
import type { Assembler, Member, Story } from '../../model/story.ts';
import { keys, type Store } from '../redis/keys.ts';
import { check } from '../redis/pipeline.ts';
import { rewriteStory } from './rewrite.ts';

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
  const begun: Omit<Story, 'version'> = assembler.standAlone(id, first, first.firstSeen);
  await store.redis.hset(keys.story(store, id), 'v', 1, 'j', JSON.stringify(begun));
  await rewriteStory(store, id, () => members, assembler);
}
