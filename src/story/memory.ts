/** Keeps fingerprints in memory and says of each new entry which story it belongs to: matching without a store. */
import type { Candidate, Fingerprint, Related, StoryDecision } from '../model/story.ts';
import { decideStory } from './match.ts';
import { FEWEST_TOPICS, relateStories } from './related.ts';

export interface StoryMemory {
  /** Matches the entry against all before it, remembers it, and gives its story. `joined` is false for the first of a story. */
  add(
    entry: string,
    fingerprint: Fingerprint,
    now: number,
  ): {
    readonly story: string;
    readonly joined: boolean;
    readonly match: StoryDecision;
    readonly related: readonly Related[];
  };
  /** The story an entry is in by now, after merges. */
  storyOf(entry: string): string | null;
}

// As in the store: a key that many share tells little, and those that share many keys or rare ones are looked at first.
const MOST_POSTINGS = 12;
const MOST_CANDIDATES = 32;

export function createStoryMemory(): StoryMemory {
  const postings = new Map<string, string[]>();
  const entries = new Map<string, Candidate>();
  const members = new Map<string, string[]>();

  const membersOf = (stories: readonly string[]) =>
    new Map(stories.map((story) => [story, (members.get(story) ?? []).flatMap((id) => entries.get(id) ?? [])]));

  /** What shares keys with the entry, or two topics, by how many and how rare they are. */
  function find(entry: string, keys: readonly string[], topics: readonly string[] = []): Candidate[] {
    const weights = new Map<string, number>();
    /** Entries that have stood under topics alone so far, under how many. */
    const byTopics = new Map<string, number>();
    const look = (key: string, meet: (id: string) => void) => {
      const found = postings.get(key)?.slice(-MOST_POSTINGS) ?? [];
      for (const id of found) {
        weights.set(id, (weights.get(id) ?? 0) + 1 / found.length);
        meet(id);
      }
    };
    for (const key of topics) look(key, (id) => byTopics.set(id, (byTopics.get(id) ?? 0) + 1));
    for (const key of keys) look(key, (id) => byTopics.delete(id));
    weights.delete(entry);
    for (const [id, count] of byTopics) if (count < FEWEST_TOPICS) weights.delete(id);
    return [...weights]
      .sort(([, a], [, b]) => b - a)
      .slice(0, MOST_CANDIDATES)
      .flatMap(([id]) => entries.get(id) ?? []);
  }

  return {
    add(entry, fingerprint, now) {
      const candidates = find(entry, fingerprint.keys);
      const first = decideStory(fingerprint, candidates, now);
      const match =
        first.merge.length === 0
          ? first
          : decideStory(fingerprint, candidates, now, { members: membersOf([first.join ?? '', ...first.merge]) });
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
      for (const key of [...fingerprint.keys, ...fingerprint.topics]) {
        const posted = postings.get(key);
        if (posted === undefined) postings.set(key, [entry]);
        else posted.push(entry);
      }
      const around = find(entry, fingerprint.keys, fingerprint.topics);
      const related = relateStories(fingerprint, around, (key) => postings.get(key)?.length ?? 0, now, story);
      return { story, joined: match.join !== null, match, related };
    },
    storyOf: (entry) => entries.get(entry)?.story ?? null,
  };
}
