/** Turns an entry's own judgement and the story it joins into the story as it stands afterwards, and the entry's decision. */
import type { DecisionKind } from '../model/decision.ts';
import type { RegionTag } from '../model/region.ts';
import type {
  Assembled,
  Assembler,
  Assembling,
  Copy,
  Member,
  Story,
  UnsavedStory,
  Withdrawal,
} from '../model/story.ts';
import { chooseLead } from '../story/lead.ts';

/** Gives the entry of the copy that is to lead. `current`: the one that leads now; null where it is gone. */
type ChooseLead = (copies: readonly Copy[], current: string | null) => string;

export function createAssembler(choose: ChooseLead): Assembler {
  return {
    assemble: (input) => assemble(input, choose),
    restate: (story, copies) => restate(story, copies, choose),
    standAlone: (id, member, now) => ({
      id,
      lead: member.entry,
      copies: [member],
      editions: member.editions,
      regions: unite([member.regions]),
      orderAt: orderTime(member),
      firstSeen: member.firstSeen,
      updatedAt: now,
    }),
  };
}

/** Copies of one source that a story lists: a dozen updates of a story are many, and thousands would be each reader's load. */
const MOST_OF_SOURCE = 12;

/** Puts stories together as the daemon does. */
export const ASSEMBLER: Assembler = createAssembler(chooseLead);

function assemble(input: Assembling, choose: ChooseLead): Assembled {
  const { copy, judgement, match, joined, merged, now } = input;
  const known = [...(joined?.copies ?? []), ...merged.flatMap((story) => story.copies)];
  const others = known.filter((other) => other.entry !== copy.entry);
  // A barred entry without copies keeps a story of its own, in no edition, so that it can be looked at.
  const all = judgement.barred && others.length > 0 ? others : [...others, copy];
  const current = all.some((other) => other.entry === joined?.lead) ? (joined?.lead ?? null) : null;
  const lead = choose(all, current);
  const copies = listed(all, lead);
  const leading = copies.find((other) => other.entry === lead) ?? copy;
  const withdrawn = [joined, ...merged].find((one) => one?.withdrawn !== undefined)?.withdrawn;
  const editions = judgement.barred && others.length === 0 ? [] : editionsOf(copies, withdrawn);
  // A reader's copy goes stale with the lead or the lead's text, not with one more line in the list of copies.
  const changed = joined === null || lead !== joined.lead || lead === copy.entry;
  const story: UnsavedStory = {
    id: joined?.id ?? input.newId,
    lead,
    copies,
    editions,
    regions: unite(copies.map((other) => other.regions)),
    // Readers have the story at its place: neither another lead nor a date that is changed moves it.
    orderAt: joined?.orderAt ?? orderTime(leading),
    firstSeen: Math.min(...copies.map((other) => other.firstSeen), joined?.firstSeen ?? now),
    updatedAt: changed ? now : joined.updatedAt,
    ...(withdrawn === undefined ? {} : { withdrawn }),
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

/** The copies without the oldest of sources that have too many, the lead aside: they stay merged, but are not listed. */
function listed(copies: readonly Member[], lead: string): readonly Member[] {
  if (copies.length <= MOST_OF_SOURCE) return copies;
  const counts = new Map<string, number>();
  const stay = new Set([lead]);
  for (const { entry, source } of copies.toSorted((a, b) => a.firstSeen - b.firstSeen).toReversed()) {
    if (entry === lead) continue;
    const count = (counts.get(source) ?? 0) + 1;
    counts.set(source, count);
    if (count <= MOST_OF_SOURCE) stay.add(entry);
  }
  return stay.size === copies.length ? copies : copies.filter(({ entry }) => stay.has(entry));
}

function decide({ copy, judgement, previous }: Assembling, others: readonly Member[]): DecisionKind {
  if (judgement.barred) return 'dropped';
  if (previous === 'kept' && copy.editions.length > 0) return 'kept';
  if (others.some((other) => other.editions.length > 0)) return 'merged';
  return copy.editions.length > 0 ? 'kept' : 'dropped';
}

function restate(story: Story, all: readonly Member[], choose: ChooseLead): UnsavedStory {
  const { version: _, ...rest } = story;
  const lead = choose(all, all.some((copy) => copy.entry === story.lead) ? story.lead : null);
  const copies = listed(all, lead);
  return {
    ...rest,
    lead,
    copies,
    editions: editionsOf(copies, story.withdrawn),
    regions: unite(copies.map((copy) => copy.regions)),
  };
}

function editionsOf(copies: readonly Member[], withdrawn: Withdrawal | undefined): readonly string[] {
  return withdrawn === undefined ? [...new Set(copies.flatMap((copy) => copy.editions))] : [];
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
