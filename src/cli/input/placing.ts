/** Places edited entries in stories within this process, as the store would one after the other. */
import type { Edited } from '../../pipeline/editorial.ts';
import { chooseLead } from '../../story/lead.ts';
import { createStoryMemory } from '../../story/memory.ts';
import type { StoredReason } from '../../model/reason.ts';
import type { Copy } from '../../model/story.ts';
import type { Placement } from '../output/present.ts';

export interface Placeable {
  readonly edited: Edited;
  readonly trust: number;
  readonly now: number;
}

/** Placements in the order given; stories are those after the last entry, merges included. */
export function placeEntries(entries: readonly Placeable[]): Placement[] {
  const memory = createStoryMemory();
  const met = entries.map(({ edited, now }) => memory.add(edited.cleaned.entry.id, edited.fingerprint, now));
  const storyOf = (i: number) => memory.storyOf(entries[i]?.edited.cleaned.entry.id ?? '') ?? '';
  const copies = new Map<string, Copy[]>();
  for (const [i, placeable] of entries.entries()) {
    if (placeable.edited.judgement.barred) continue;
    const story = storyOf(i);
    copies.set(story, [...(copies.get(story) ?? []), toCopy(placeable, met[i]?.match.reason ?? '')]);
  }
  const leads = new Map([...copies].map(([story, list]) => [story, chooseLead(list, null)]));
  const relevant = new Set<string>();
  return entries.map(({ edited: { cleaned, judgement } }, i) => {
    const story = storyOf(i);
    const lead = leads.get(story) === cleaned.entry.id;
    // A story may have been merged into another one after it was named.
    const related = (met[i]?.related ?? [])
      .map(({ entry, why }) => ({ story: memory.storyOf(entry) ?? '', why }))
      .filter((one) => one.story !== story);
    const own = { story, lead, reason: judgement.reason, related };
    if (judgement.barred) return { ...own, lead: true, decision: 'dropped' };
    const known = relevant.has(story);
    if (judgement.editions.length > 0) relevant.add(story);
    if (met[i]?.joined === true && known) return { ...own, decision: 'merged', reason: met[i].match.reason };
    return { ...own, decision: judgement.editions.length > 0 ? 'kept' : 'dropped' };
  });
}

function toCopy({ edited: { cleaned }, trust, now }: Placeable, why: StoredReason): Copy {
  const { entry } = cleaned;
  return {
    entry: entry.id,
    source: entry.source,
    sourceName: entry.source,
    trust,
    title: entry.title,
    link: entry.link,
    outlet: entry.outlet,
    published: entry.published,
    firstSeen: now,
    script: entry.script,
    length: entry.text.length,
    why,
  };
}
