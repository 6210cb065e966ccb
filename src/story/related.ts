/** Finds the stories that tell of the event an entry tells of, without being copies of it. */
import type { Candidate, Fingerprint, Related } from '../model/story.ts';
import { onceForEach } from '../text/onceforeach.ts';
import { readEvidence, recallEvidence, type StoryEvidence } from './keys/evidence.ts';
import { topicKey, topicsOf } from './keys/topics.ts';
import { relate, type Shared } from './verdict/relate.ts';
import { T } from './verdict/thresholds.ts';

/** Topics that a candidate shares at least, unless it shares a key of the text: each weighs 1 at most. */
export const FEWEST_TOPICS = Math.floor(T.related.toll);

/**
 * `candidates` in any order; `countOf`: how many entries of the window stand under a topic's key, this one included, as far
 * as is known; `own`: the story that the entry is in. The nearest first, one relation a story.
 */
export function relateStories(
  fingerprint: Fingerprint,
  candidates: readonly Candidate[],
  countOf: (key: string) => number,
  now: number,
  own: string,
): readonly Related[] {
  const evidence = readEvidence(fingerprint.evidence);
  if (evidence === null) return [];
  const weights = weigh(topicsOf(evidence.title), countOf);
  const best = new Map<string, Related & { readonly score: number }>();
  for (const candidate of candidates) {
    if (candidate.story === own) continue;
    const other = recallEvidence(candidate.evidence);
    if (other === null) continue;
    const shared = share(evidence.title, weights, other);
    const found = relate(evidence, evidence.published ?? now, other, other.published ?? candidate.storedAt, shared);
    if (found === null || (best.get(candidate.story)?.score ?? -1) >= found.score) continue;
    best.set(candidate.story, { story: candidate.story, entry: candidate.entry, ...found });
  }
  return [...best.values()]
    .sort((x, y) => y.score - x.score || (x.story < y.story ? -1 : 1))
    .slice(0, T.related.most)
    .map(({ story, entry, why, back }) => ({ story, entry, why, back }));
}

/** The topics of an entry's headline, as long as its evidence is at hand. */
const recallTopics = onceForEach(({ title }: StoryEvidence): readonly string[] => topicsOf(title));

/** A topic that is no key weighs what the others do on average. */
function weigh(topics: readonly string[], countOf: (key: string) => number): ReadonlyMap<string, number> {
  const known = topics.slice(0, T.related.topics).map((topic) => weightOf(countOf(topicKey(topic))));
  const mean = known.reduce((sum, weight) => sum + weight, 0) / Math.max(1, known.length);
  return new Map(topics.map((topic, i) => [topic, known[i] ?? mean]));
}

/**
 * 1 for a topic that stands nowhere else, 0 for one that is everywhere (Spärck Jones 1972). It falls slowly: what dozens
 * tell of one event is still that event's own.
 */
function weightOf(count: number): number {
  return Math.max(0, 1 - (count - 1) / T.related.everywhere);
}

/** Topics of the other headline are read when they are asked for: most candidates cannot share enough of them. */
function share(title: string, weights: ReadonlyMap<string, number>, other: StoryEvidence): Shared {
  let common: readonly string[] | undefined;
  const shared = () => (common ??= recallTopics(other).filter((topic) => weights.has(topic)));
  const sumOf = (topics: readonly string[]) => topics.reduce((sum, topic) => sum + (weights.get(topic) ?? 0), 0);
  return {
    weightAtMost: weightWithin(other.title, weights),
    weight: () => sumOf(shared()),
    share: () => {
      const least = Math.min(weights.size, recallTopics(other).length);
      return least === 0 ? 0 : shared().length / least;
    },
    words: () => wordsOf(title, shared()),
  };
}

/** Of the topics whose words a headline holds. It is asked of every candidate: no list is made for it. */
function weightWithin(title: string, weights: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const [topic, weight] of weights) if (title.includes(topic)) sum += weight;
  return sum;
}

/** The stretches of the headline that the topics cover. */
function wordsOf(title: string, topics: readonly string[]): string {
  const covered = Array.from(title, () => false);
  for (const topic of topics)
    for (let at = title.indexOf(topic); at >= 0; at = title.indexOf(topic, at + 1))
      covered.fill(true, at, at + topic.length);
  let words = '';
  for (let at = 0; at < title.length; at++)
    if (covered[at] === true)
      words += at > 0 && covered[at - 1] !== true && words !== '' ? `、${title.charAt(at)}` : title.charAt(at);
  return words;
}
