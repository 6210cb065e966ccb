/** Reads what stands in the store around some submissions: who shares their keys, what is stored of them, the stories they join. */
import type { DecisionKind } from '../../model/decision.ts';
import type { Story, StoryDecision } from '../../model/story.ts';
import { keys, type Store } from '../redis/keys.ts';
import type { CommitOptions, Submission } from './submission.ts';
import { askFound, type Found, loadFind, readFound } from '../entries/postings.ts';
import { checkEach } from '../redis/unreadable.ts';
import { readStories } from './stories.ts';

/** What is stored of an entry already. */
interface Own {
  readonly story: string;
  readonly firstSeen: number;
  readonly decision: DecisionKind;
}

export interface Around extends Found {
  /** Null for an entry seen for the first time. */
  readonly own: Own | null;
}

/** One for each submission, in order. */
export async function readAround(
  store: Store,
  submissions: readonly Submission[],
  options: Pick<CommitOptions, 'now' | 'windowMs'>,
): Promise<Around[]> {
  await loadFind(store);
  const pipeline = store.redis.pipeline();
  for (const { entry, fingerprint } of submissions) {
    askFound(pipeline, store, { entry: entry.id, keys: fingerprint.keys }, options);
    pipeline.hmget(keys.entry(store, entry.id), 's', 'at', 'd');
  }
  const keyOf = (place: number) => keys.entry(store, submissions[Math.floor(place / 2)]?.entry.id ?? '');
  const rows = await checkEach(store, pipeline.exec(), keyOf);
  return submissions.map((_, i) => {
    const [story, at, decision] = (rows[2 * i + 1] ?? []) as (string | null)[];
    const own = story && decision ? { story, firstSeen: Number(at), decision: decision as DecisionKind } : null;
    return { ...readFound(rows[2 * i] ?? [[], [], []]), own };
  });
}

/** The stories that decisions join or merge; one that is gone by now is missing. */
export function readMatched(store: Store, matches: readonly StoryDecision[]): Promise<Map<string, Story>> {
  return readStories(store, [
    ...new Set(matches.flatMap(({ join, merge }) => (join === null ? merge : [join, ...merge]))),
  ]);
}
