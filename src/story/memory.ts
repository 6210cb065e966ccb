/** Keeps fingerprints in memory and says of each new entry which story it belongs to: matching without a store. */
import type { Candidate, Fingerprint, StoryDecision } from '../types.ts';
import { decideStory } from './match.ts';

export interface StoryMemory {
  /** Matches the entry against all before it, remembers it, and gives its story. `joined` is false for the first of a story. */
  add(
    entry: string,
    fingerprint: Fingerprint,
    now: number,
  ): { readonly story: string; readonly joined: boolean; readonly match: StoryDecision };
  /** The story an entry is in by now, after merges. */
  storyOf(entry: string): string | null;
}

/** Newest entries of one key that are looked at, as in the store: a key with more tells little. */
const MOST_POSTINGS = 32;

export function createStoryMemory(): StoryMemory {
  const postings = new Map<string, string[]>();
  const entries = new Map<string, Candidate>();
  const members = new Map<string, string[]>();

  return {
    add(entry, fingerprint, now) {
      const ids = new Set(fingerprint.keys.flatMap((key) => postings.get(key)?.slice(-MOST_POSTINGS) ?? []));
      ids.delete(entry);
      const candidates = [...ids].flatMap((id) => entries.get(id) ?? []);
      const match = decideStory(fingerprint, candidates, now);
      const story = match.join ?? entry;
      for (const merged of match.merge) {
        for (const member of members.get(merged) ?? []) {
          const known = entries.get(member);
          if (known !== undefined) entries.set(member, { ...known, story });
        }
        members.set(story, [...(members.get(story) ?? []), ...(members.get(merged) ?? [])]);
        members.delete(merged);
      }
      entries.set(entry, { entry, story, evidence: fingerprint.evidence, storedAt: now });
      members.set(story, [...(members.get(story) ?? []), entry]);
      for (const key of fingerprint.keys) postings.set(key, [...(postings.get(key) ?? []), entry]);
      return { story, joined: match.join !== null, match };
    },
    storyOf: (entry) => entries.get(entry)?.story ?? null,
  };
}
