/** Reads what the members of stories are compared by, for decisions that concern a story as a whole. */
import type { Candidate, Story } from '../../model/story.ts';
import { keys, type Store } from '../redis/keys.ts';
import { checkEach } from '../redis/unreadable.ts';

/** Members of a story that are compared at most: copies of one text say the same. */
const MOST_MEMBERS = 16;

/** Members by story. Of a large story its lead and its first members, those of other sources than `source` before its own. */
export async function readMembers(
  store: Store,
  asked: readonly { readonly story: Story; readonly source: string }[],
): Promise<Map<string, readonly Candidate[]>> {
  const chosen = asked.map(({ story, source }) => ({ story: story.id, copies: choose(story, source) }));
  const pipeline = store.redis.pipeline();
  for (const { copies } of chosen) for (const { entry } of copies) pipeline.hmget(keys.entry(store, entry), 'v', 'at');
  const entries = chosen.flatMap(({ copies }) => copies.map(({ entry }) => entry));
  const keyOf = (place: number) => keys.entry(store, entries[place] ?? '');
  const rows = (await checkEach(store, pipeline.exec(), keyOf)) as ((string | null)[] | null)[];
  let at = 0;
  return new Map(
    chosen.map(({ story, copies }) => [
      story,
      copies.flatMap(({ entry }): Candidate[] => {
        const [evidence, storedAt] = rows[at++] ?? [];
        return evidence ? [{ entry, story, evidence, storedAt: Number(storedAt) }] : [];
      }),
    ]),
  );
}

/** By story, the stories that an operator parted from it; one that nothing was parted from is missing. */
export async function readParted(
  store: Store,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const pipeline = store.redis.pipeline();
  for (const id of ids) pipeline.hget(keys.story(store, id), 'a');
  const keyOf = (place: number) => keys.story(store, ids[place] ?? '');
  const rows = (await checkEach(store, pipeline.exec(), keyOf)) as (string | null)[];
  return new Map(ids.flatMap((id, i) => (rows[i] ? [[id, rows[i].split(' ')] as const] : [])));
}

function choose({ copies, lead }: Story, source: string): Story['copies'] {
  const rank = (copy: Story['copies'][number]) => 2 * Number(copy.source === source) - Number(copy.entry === lead);
  return [...copies].sort((a, b) => rank(a) - rank(b) || a.firstSeen - b.firstSeen).slice(0, MOST_MEMBERS);
}
