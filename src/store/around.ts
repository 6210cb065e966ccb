/** Reads what stands in the store around some submissions: who shares their keys, those entries' stories, what is stored already. */
import type { Candidate, DecisionKind } from '../types.ts';
import { keys, type Store } from './keys.ts';
import type { Story } from './model.ts';
import type { Submission } from './plan.ts';
import { check } from './sources.ts';

/** Newest candidates looked at under one key; a key with more is a template's and tells little. */
export const POSTING_CAP = 32;

interface Posting {
  readonly entry: string;
  readonly sequence: number;
}

/** What stands in the store around some submissions. */
export interface Read {
  /** Per fingerprint key, newest first. */
  readonly postings: ReadonlyMap<string, readonly Posting[]>;
  readonly candidates: ReadonlyMap<string, Candidate>;
  readonly stories: ReadonlyMap<string, Story>;
  /** Entry id → what is stored of it already. */
  readonly own: ReadonlyMap<
    string,
    { readonly story: string; readonly firstSeen: number; readonly decision: DecisionKind }
  >;
}

export async function readAround(store: Store, submissions: readonly Submission[]): Promise<Read> {
  const { redis } = store;
  const wanted = [...new Set(submissions.flatMap((s) => s.fingerprint.keys))];
  const first = redis.pipeline();
  for (const key of wanted) first.zrevrange(keys.posting(store, key), 0, POSTING_CAP - 1, 'WITHSCORES');
  for (const s of submissions) first.hmget(keys.entry(store, s.entry.id), 's', 'at', 'd');
  const firstRows = await check(first.exec());
  const postings = new Map(wanted.map((key, i) => [key, toPostings(firstRows[i] as string[])]));
  const own = new Map<string, { story: string; firstSeen: number; decision: DecisionKind }>();
  for (const [i, s] of submissions.entries()) {
    const [story, at, decision] = firstRows[wanted.length + i] as (string | null)[];
    if (story && decision) own.set(s.entry.id, { story, firstSeen: Number(at), decision: decision as DecisionKind });
  }

  const ids = [...new Set([...postings.values()].flatMap((list) => list.map((posting) => posting.entry)))];
  const candidates = new Map<string, Candidate>();
  if (ids.length > 0) {
    const second = redis.pipeline();
    for (const id of ids) second.hmget(keys.entry(store, id), 's', 'v', 'at');
    for (const [i, row] of (await check(second.exec())).entries()) {
      const [story, evidence, at] = row as (string | null)[];
      const entry = ids[i] as string;
      if (story && evidence) candidates.set(entry, { entry, story, evidence, storedAt: Number(at) });
    }
  }

  const storyIds = [
    ...new Set([...[...candidates.values()].map((c) => c.story), ...[...own.values()].map((o) => o.story)]),
  ];
  const stories = new Map<string, Story>();
  if (storyIds.length > 0) {
    const third = redis.pipeline();
    for (const id of storyIds) third.hmget(keys.story(store, id), 'v', 'j');
    for (const [i, row] of (await check(third.exec())).entries()) {
      const [version, json] = row as (string | null)[];
      if (json)
        stories.set(storyIds[i] as string, {
          ...(JSON.parse(json) as Omit<Story, 'version'>),
          version: Number(version),
        });
    }
  }
  return { postings, candidates, stories, own };
}

function toPostings(flat: readonly string[]): Posting[] {
  const list: Posting[] = [];
  for (let i = 0; i < flat.length; i += 2) list.push({ entry: flat[i] as string, sequence: Number(flat[i + 1]) });
  return list;
}
