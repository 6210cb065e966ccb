/** Reads what stands in the store around some submissions: who shares their keys, what is stored of them, the stories they join. */
import type { DecisionKind } from '../../model/decision.ts';
import type { Story, StoryDecision } from '../../model/story.ts';
import { keys, type Store } from '../redis/keys.ts';
import type { CommitOptions, Submission } from './submission.ts';
import { findEntries, type Found } from '../entries/postings.ts';
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
  options: Pick<CommitOptions, 'now' | 'windowMs' | 'met'>,
): Promise<Around[]> {
  const questions = submissions.map(({ entry, fingerprint }) => ({ entry: entry.id, keys: fingerprint.keys }));
  const found = await findEntries(store, questions, options);
  const pipeline = store.redis.pipeline();
  for (const { entry } of submissions) pipeline.hmget(keys.entry(store, entry.id), 's', 'at', 'd');
  const keyOf = (place: number) => keys.entry(store, submissions[place]?.entry.id ?? '');
  const rows = await checkEach(store, pipeline.exec(), keyOf);
  return found.map(({ tops, candidates, counts, newest }, i) => {
    const [story, at, decision] = (rows[i] ?? []) as (string | null)[];
    const own = story && decision ? { story, firstSeen: Number(at), decision: decision as DecisionKind } : null;
    return { tops, candidates, counts, newest, own };
  });
}

/** The stories that decisions join or merge; one that is gone by now is missing. */
export function readMatched(store: Store, matches: readonly StoryDecision[]): Promise<Map<string, Story>> {
  return readStories(store, [
    ...new Set(matches.flatMap(({ join, merge }) => (join === null ? merge : [join, ...merge]))),
  ]);
}
