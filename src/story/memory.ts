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

interface Met {
  weight: number;
  /** Topics in common; a key of the text counts as many as it takes. */
  shared: number;
}

export function createStoryMemory(): StoryMemory {
  const postings = new Map<string, string[]>();
  const entries = new Map<string, Candidate>();
  const members = new Map<string, string[]>();

  const membersOf = (stories: readonly string[]) =>
    new Map(stories.map((story) => [story, (members.get(story) ?? []).flatMap((id) => entries.get(id) ?? [])]));

  /** What shares keys with the entry, or two topics, by how many and how rare they are. */
  function find(entry: string, keys: readonly string[], topics: readonly string[] = []): Candidate[] {
    const met = new Map<string, Met>();
    for (const key of topics) look(key, 1, met);
    for (const key of keys) look(key, FEWEST_TOPICS, met);
    met.delete(entry);
    return [...met]
      .filter(([, { shared }]) => shared >= FEWEST_TOPICS)
      .sort(([, a], [, b]) => b.weight - a.weight)
      .slice(0, MOST_CANDIDATES)
      .flatMap(([id]) => entries.get(id) ?? []);
  }

  function look(key: string, shares: number, into: Map<string, Met>): void {
    const posted = postings.get(key);
    if (posted === undefined) return;
    const from = Math.max(0, posted.length - MOST_POSTINGS);
    const weight = 1 / (posted.length - from);
    for (let at = from; at < posted.length; at++) {
      const id = posted[at] as string;
      const known = into.get(id);
      if (known === undefined) into.set(id, { weight, shared: shares });
      else {
        known.weight += weight;
        known.shared += shares;
      }
    }
  }

  function post(key: string, entry: string): void {
    const posted = postings.get(key);
    if (posted === undefined) postings.set(key, [entry]);
    else posted.push(entry);
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
      for (const key of fingerprint.keys) post(key, entry);
      for (const key of fingerprint.topics) post(key, entry);
      const around = find(entry, fingerprint.keys, fingerprint.topics);
      const related = relateStories(fingerprint, around, (key) => postings.get(key)?.length ?? 0, now, story);
      return { story, joined: match.join !== null, match, related };
    },
    storyOf: (entry) => entries.get(entry)?.story ?? null,
  };
}
