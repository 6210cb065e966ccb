/** Decides which story an entry belongs to, from the evidence of the entries that share its keys. */
import type { Reason } from '../model/reason.ts';
import type { Candidate, Fingerprint, StoryDecision } from '../model/story.ts';
import { reason } from '../reasons/catalogue.ts';
import { type Basis, compare, type Verdict } from './verdict/compare.ts';
import { T } from './verdict/thresholds.ts';
import { readEvidence, recallEvidence, type StoryEvidence } from './keys/evidence.ts';

interface Judged {
  readonly candidate: Candidate;
  readonly evidence: StoryEvidence;
  readonly verdict: Verdict;
}

const RANK: Readonly<Record<Basis, number>> = { none: 0, title: 1, link: 2, text: 3 };

interface Bounds {
  /** Beyond so many days it takes nearly the same text. */
  readonly nearDays?: number;
  /** Members of the stories that may be merged, by story. Absent: merges are not checked against them, and the caller does so. */
  readonly members?: ReadonlyMap<string, readonly Candidate[]> | undefined;
}

/**
 * `candidates` in any order, one per entry; `now` stands for the time of an undated entry. The story with the best
 * evidence is joined; further ones are merged into it only where the entry's text shows each of them to be the same, or
 * where they are no more than its headline, and where members of both resemble each other: an entry that holds the texts
 * of two strangers makes them no one.
 */
export function decideStory(
  fingerprint: Fingerprint,
  candidates: readonly Candidate[],
  now: number,
  { nearDays = T.days.near, members }: Bounds = {},
): StoryDecision {
  const own = readEvidence(fingerprint.evidence);
  if (own === null || candidates.length === 0) return alone(reason('story.new'));
  const judged = candidates.flatMap((candidate): Judged[] => {
    const evidence = recallEvidence(candidate.evidence);
    if (evidence === null) return [];
    const verdict = compare(own, own.published ?? now, evidence, evidence.published ?? candidate.storedAt, nearDays);
    return [{ candidate, evidence, verdict }];
  });
  const stories = [...groupByStory(judged).values()].filter(isOpen).sort(byEvidence);
  const best = stories[0];
  if (best === undefined) return alone(nearest(judged));
  const proof = best[0];
  if (proof === undefined) return alone(reason('story.new'));
  const others = members === undefined ? null : witnesses(members, own.source);
  const same = [best];
  for (const story of stories.slice(1)) {
    const shown = story[0]?.verdict;
    const sure = proof.verdict.sure && shown?.sure === true;
    if (!(sure || story.every(isBare)) || !same.every((other) => mayMerge(other, story))) continue;
    if (others === null || same.some((other) => resemble(others(idOf(other)), others(idOf(story))))) same.push(story);
  }
  const [first, ...rest] = same
    .map((story) => ({ id: idOf(story), bornAt: bornAt(story), foreign: others?.(idOf(story)).foreign === true }))
    .sort((a, b) => Number(b.foreign) - Number(a.foreign) || a.bornAt - b.bornAt || (a.id < b.id ? -1 : 1));
  return { join: first?.id ?? null, merge: rest.map(({ id }) => id), reason: proof.verdict.reason };
}

/** Those who say what a story is, besides the source that brings the entry. */
interface Witnesses {
  readonly evidence: readonly (readonly [StoryEvidence, at: number])[];
  /** They are of other sources; false where the story has none but that source's own. */
  readonly foreign: boolean;
}

function witnesses(members: ReadonlyMap<string, readonly Candidate[]>, source: string): (story: string) => Witnesses {
  const known = new Map<string, Witnesses>();
  return (story) => {
    const found = known.get(story);
    if (found !== undefined) return found;
    const all = (members.get(story) ?? []).flatMap(({ evidence, storedAt }): Witnesses['evidence'] => {
      const read = recallEvidence(evidence);
      return read === null ? [] : [[read, read.published ?? storedAt]];
    });
    const others = all.filter(([evidence]) => evidence.source !== source);
    const made = { evidence: others.length > 0 ? others : all, foreign: others.length > 0 };
    known.set(story, made);
    return made;
  };
}

function resemble(a: Witnesses, b: Witnesses): boolean {
  return a.evidence.some(([one, at]) => b.evidence.some(([other, then]) => compare(one, at, other, then).same));
}

function alone(why: Reason): StoryDecision {
  return { join: null, merge: [], reason: why };
}

/** Members of each story, the best evidence first. */
function groupByStory(judged: readonly Judged[]): Map<string, Judged[]> {
  const stories = new Map<string, Judged[]>();
  for (const one of [...judged].sort(byVerdict)) {
    const members = stories.get(one.candidate.story);
    if (members === undefined) stories.set(one.candidate.story, [one]);
    else members.push(one);
  }
  return stories;
}

/**
 * A story that a member speaks for and none keeps apart, unless more sources speak for it: one source must not keep
 * copies out of another's story. The very same text is joined in spite of all.
 */
function isOpen(members: readonly Judged[]): boolean {
  const best = members[0]?.verdict;
  if (best === undefined || !best.same) return false;
  if (best.basis === 'text' && best.score === 1) return true;
  const against = sourcesOf(members, ({ apart }) => apart);
  return against === 0 || sourcesOf(members, ({ same }) => same) > against;
}

function sourcesOf(members: readonly Judged[], says: (verdict: Verdict) => boolean): number {
  return new Set(members.filter(({ verdict }) => says(verdict)).map(({ evidence }) => evidence.source)).size;
}

/** The same headline, alone or with a line that tells it in other words. */
function isBare({ evidence, verdict }: Judged): boolean {
  return verdict.named && evidence.body.total < T.text.least;
}

/** Two stories stay two where an operator parted them, or where their members are parts or issues of one series. */
function mayMerge(a: readonly Judged[], b: readonly Judged[]): boolean {
  if (isParted(a, b) || isParted(b, a)) return false;
  return a.every((one) => b.every((other) => !compare(one.evidence, timeOf(one), other.evidence, timeOf(other)).apart));
}

function isParted(a: readonly Judged[], b: readonly Judged[]): boolean {
  return a.some(({ candidate }) => candidate.apart?.includes(b[0]?.candidate.story ?? '') === true);
}

function timeOf({ candidate, evidence }: Judged): number {
  return evidence.published ?? candidate.storedAt;
}

function byEvidence(a: readonly Judged[], b: readonly Judged[]): number {
  const [x, y] = [a[0], b[0]];
  return x === undefined || y === undefined ? 0 : byVerdict(x, y);
}

/** Best first; the older, and then the smaller id, decide a tie, so that the order of candidates does not matter. */
function byVerdict(a: Judged, b: Judged): number {
  return (
    Number(b.verdict.same) - Number(a.verdict.same) ||
    RANK[b.verdict.basis] - RANK[a.verdict.basis] ||
    b.verdict.score - a.verdict.score ||
    a.candidate.storedAt - b.candidate.storedAt ||
    (a.candidate.entry < b.candidate.entry ? -1 : 1)
  );
}

function idOf(members: readonly Judged[]): string {
  return members[0]?.candidate.story ?? '';
}

function bornAt(members: readonly Judged[]): number {
  return Math.min(...members.map(({ candidate }) => candidate.storedAt));
}

/** What the most similar entry told apart. */
function nearest(judged: readonly Judged[]): Reason {
  const closest = [...judged].sort(byVerdict)[0];
  if (closest === undefined) return reason('story.new');
  const { candidate, evidence, verdict } = closest;
  return reason('story.nearest', { entry: candidate.entry, title: evidence.title.slice(0, 30), why: verdict.reason });
}
