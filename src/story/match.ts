/** Decides which story an entry belongs to, from the evidence of the entries that share its keys. */
import type { Candidate, Fingerprint, StoryDecision } from '../types.ts';
import type { StoryEvidence } from './fingerprint.ts';

/** `candidates` in any order; the oldest story that matches is joined. */
export function decideStory(fingerprint: Fingerprint, candidates: readonly Candidate[]): StoryDecision {
  const own = JSON.parse(fingerprint.evidence) as StoryEvidence;
  const oldestFirst = [...candidates].sort((a, b) => a.storedAt - b.storedAt || (a.entry < b.entry ? -1 : 1));
  for (const candidate of oldestFirst) {
    const other = JSON.parse(candidate.evidence) as StoryEvidence;
    if (own.content !== null && own.content === other.content)
      return { join: candidate.story, merge: [], reason: 'the same title and text' };
    if (own.link !== null && own.link === other.link)
      return { join: candidate.story, merge: [], reason: 'the same address' };
  }
  return { join: null, merge: [], reason: 'no copy of it is known' };
}
