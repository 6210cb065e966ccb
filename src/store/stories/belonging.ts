/** Decides which story each submission belongs to: a new entry by what shares its keys, a changed one by its fellow members. */
import type { Candidate, Member, Story, StoryDecision } from '../../model/story.ts';
import { hasCode, reason } from '../../reasons/catalogue.ts';
import { createPieces } from '../../text/giveway.ts';
import type { Store } from '../redis/keys.ts';
import { type Around, readMatched } from './around.ts';
import { freeId } from './freeid.ts';
import { readMembers, readParted } from './members.ts';
import type { CommitOptions, Submission } from './submission.ts';

/** A submission with what stands around it. */
interface Pending {
  readonly submission: Submission;
  readonly around: Around;
}

export interface Belonging {
  readonly match: StoryDecision;
  /** The story that a changed entry leaves, and the id of the one that it begins where it joins none; null: it stays. */
  readonly leaves: { readonly from: Story; readonly newId: string } | null;
}

/** One for each of `pending`, in order, and the stories that they name, as far as those are still there. */
export async function decideBelonging(
  store: Store,
  pending: readonly Pending[],
  options: CommitOptions,
): Promise<{ readonly belongings: readonly Belonging[]; readonly stories: ReadonlyMap<string, Story> }> {
  const firsts: StoryDecision[] = [];
  const pieces = createPieces();
  for (const one of pending) {
    await pieces();
    firsts.push(firstMatch(one, options));
  }
  const homes = pending.map(({ around }) => stay(around.own?.story ?? null));
  const stories = await readMatched(store, [...firsts, ...homes]);
  const belongings: Belonging[] = [];
  for (const [i, one] of pending.entries()) {
    const first = firsts[i] as StoryDecision;
    const { own } = one.around;
    if (own !== null) belongings.push(await matchAnew(store, one, first, stories.get(own.story), options));
    else belongings.push({ match: await confirmMerges(store, one, first, stories, options), leaves: null });
  }
  return { belongings, stories };
}

function stay(story: string | null): StoryDecision {
  return { join: story, merge: [], reason: reason('story.changed') };
}

/** By the candidates alone. Of a changed entry: where it would go if it left its story; there it merges nothing. */
function firstMatch({ submission, around: { own, candidates } }: Pending, options: CommitOptions): StoryDecision {
  const { decideStory, now } = options;
  if (own === null) return decideStory(submission.fingerprint, candidates, now);
  const elsewhere = candidates.filter(({ story }) => story !== own.story);
  return { ...decideStory(submission.fingerprint, elsewhere, now), merge: [] };
}

/**
 * Stories become one only where their members say so, too, and no operator parted them; where one is gone by now, the
 * caller decides again.
 */
async function confirmMerges(
  store: Store,
  { submission, around }: Pending,
  first: StoryDecision,
  stories: ReadonlyMap<string, Story>,
  { decideStory, now }: CommitOptions,
): Promise<StoryDecision> {
  if (first.merge.length === 0) return first;
  const found = [first.join ?? '', ...first.merge].flatMap((id) => stories.get(id) ?? []);
  const { source } = submission.entry;
  const [members, parted] = await Promise.all([
    readMembers(
      store,
      found.map((story) => ({ story, source })),
    ),
    readParted(
      store,
      found.map(({ id }) => id),
    ),
  ]);
  const candidates = around.candidates.map((one): Candidate => {
    const apart = parted.get(one.story);
    return apart === undefined ? one : { ...one, apart };
  });
  return decideStory(submission.fingerprint, candidates, now, { members });
}

/** What an operator joined stays joined, whatever the texts say. */
function isByHand({ why }: Member): boolean {
  return hasCode(why, 'operator.join');
}

/**
 * A changed entry stays where it still matches a member of another source, or where its story has none; what it said
 * before does not vouch for what it says now.
 */
async function matchAnew(
  store: Store,
  { submission, around: { own } }: Pending,
  elsewhere: StoryDecision,
  home: Story | undefined,
  { decideStory, now }: CommitOptions,
): Promise<Belonging> {
  const { entry, fingerprint, judgement } = submission;
  const stays: Belonging = { match: stay(own?.story ?? null), leaves: null };
  const others = home?.copies.filter((copy) => copy.entry !== entry.id && !isByHand(copy)) ?? [];
  // What is barred leaves by itself: it is no copy of any story.
  const itself = home?.copies.find((copy) => copy.entry === entry.id);
  if (home === undefined || others.length === 0 || judgement.barred || (itself && isByHand(itself))) return stays;
  const members = await readMembers(store, [{ story: { ...home, copies: others }, source: entry.source }]);
  const fellows = members.get(home.id) ?? [];
  const foreign = new Set(others.filter(({ source }) => source !== entry.source).map((copy) => copy.entry));
  const heard: readonly Candidate[] = foreign.size === 0 ? fellows : fellows.filter((one) => foreign.has(one.entry));
  if (heard.length === 0) return stays;
  const again = decideStory(fingerprint, heard, now, { members });
  if (again.join !== null) return stays;
  const why = elsewhere.join === null ? again.reason : elsewhere.reason;
  return {
    match: { ...elsewhere, reason: reason('story.left', { story: home.id, why }) },
    leaves: { from: home, newId: await freeId(store, entry.id, home.id) },
  };
}
