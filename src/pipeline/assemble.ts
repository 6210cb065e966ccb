/** Turns an entry's own judgement and the story it joins into the story as it stands afterwards, and the entry's decision. */
import type { DecisionKind } from '../model/decision.ts';
import type { RegionTag } from '../model/region.ts';
import type { Copy, Member, Story, StoryDecision } from '../model/story.ts';

/** What the editorial stages said of an entry by itself. */
export interface Judgement {
  /** Editions it belongs to by itself. */
  readonly editions: readonly string[];
  /** Rule that decided, and the reason for people. */
  readonly rule: string;
  readonly reason: string;
  /** True where a rule or the cleaner put it out: it then joins no story's copies. */
  readonly barred: boolean;
}

export type ChooseLead = (copies: readonly Copy[], current: string | null) => string;

export interface Assembled {
  readonly story: Omit<Story, 'version'>;
  readonly decision: DecisionKind;
  readonly rule: string;
  readonly reason: string;
  /** Editions that the story was in and is not in any more. */
  readonly left: readonly string[];
}

/** `joined`: the story to join, null for a new one under `newId`; `merged`: stories that become part of it. */
export function assemble(input: {
  readonly newId: string;
  readonly copy: Member;
  readonly judgement: Judgement;
  readonly match: StoryDecision;
  readonly joined: Omit<Story, 'version'> | null;
  readonly merged: readonly Omit<Story, 'version'>[];
  /** The entry's decision so far; null for an entry seen for the first time. */
  readonly previous: DecisionKind | null;
  readonly now: number;
  readonly chooseLead: ChooseLead;
}): Assembled {
  const { copy, judgement, match, joined, merged, now } = input;
  const known = [...(joined?.copies ?? []), ...merged.flatMap((story) => story.copies)];
  const others = known.filter((other) => other.entry !== copy.entry);
  // A barred entry that nobody shares keeps a story of its own, in no edition, so that it can be looked at.
  const copies = judgement.barred && others.length > 0 ? others : [...others, copy];
  const current = copies.some((other) => other.entry === joined?.lead) ? (joined?.lead ?? null) : null;
  const lead = input.chooseLead(copies, current);
  const leading = copies.find((other) => other.entry === lead) ?? copy;
  const editions =
    judgement.barred && others.length === 0 ? [] : [...new Set(copies.flatMap((other) => other.editions))];
  // A reader's copy goes stale with the lead or the lead's text, not with one more line in the list of copies.
  const changed = joined === null || lead !== joined.lead || lead === copy.entry;
  const story: Omit<Story, 'version'> = {
    id: joined?.id ?? input.newId,
    lead,
    copies,
    editions,
    regions: unite(copies.map((other) => other.regions)),
    orderAt: orderTime(leading),
    firstSeen: Math.min(...copies.map((other) => other.firstSeen), joined?.firstSeen ?? now),
    updatedAt: changed ? now : joined.updatedAt,
  };
  const decision = decide(input, others);
  const ofStory = decision === 'merged';
  return {
    story,
    decision,
    rule: ofStory ? 'story' : judgement.rule,
    reason: ofStory ? match.reason : judgement.reason,
    left: (joined?.editions ?? []).filter((edition) => !editions.includes(edition)),
  };
}

function decide(
  { copy, judgement, previous }: { copy: Member; judgement: Judgement; previous: DecisionKind | null },
  others: readonly Member[],
): DecisionKind {
  if (judgement.barred) return 'dropped';
  if (previous === 'kept' && copy.editions.length > 0) return 'kept';
  if (others.some((other) => other.editions.length > 0)) return 'merged';
  return copy.editions.length > 0 ? 'kept' : 'dropped';
}

/** The story with other copies: lead, regions, editions and order follow from them. Needs at least one copy. */
export function restate(story: Story, copies: readonly Member[], chooseLead: ChooseLead): Omit<Story, 'version'> {
  const { version: _, ...rest } = story;
  const lead = chooseLead(copies, copies.some((copy) => copy.entry === story.lead) ? story.lead : null);
  const leading = copies.find((copy) => copy.entry === lead);
  return {
    ...rest,
    lead,
    copies,
    editions: [...new Set(copies.flatMap((copy) => copy.editions))],
    regions: unite(copies.map((copy) => copy.regions)),
    orderAt: leading === undefined ? story.orderAt : orderTime(leading),
  };
}

/** Publication orders a story, never later than it was first seen: a future stamp must not pin an item to the top. */
function orderTime(copy: Copy): number {
  return copy.published === null ? copy.firstSeen : Math.min(copy.published, copy.firstSeen);
}

function unite(lists: readonly (readonly RegionTag[])[]): RegionTag[] {
  const best = new Map<string, RegionTag>();
  for (const region of lists.flat()) {
    const known = best.get(region.code);
    if (known === undefined || known.score < region.score) best.set(region.code, region);
  }
  return [...best.values()].sort((a, b) => b.score - a.score || (a.code < b.code ? -1 : 1));
}
