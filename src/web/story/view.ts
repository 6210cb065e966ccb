/** Puts together what a story's page and its JSON show: the story, its copies, what became of each. */
import type { Config } from '../../model/config.ts';
import type { LedgerRow } from '../../model/decision.ts';
import type { Entry } from '../../model/entry.ts';
import type { OutletPlace, RegionHit } from '../../model/region.ts';
import type { Story } from '../../model/story.ts';
import { readEntry, readStory, resolveStory } from '../../store/stories/stories.ts';
import { readRelated, type RelatedStory } from '../../store/stories/relations.ts';
import type { WebDeps } from '../deps.ts';
import type { Standing, StandingIn } from '../../model/standing.ts';
import { throughProxy } from '../feeds/imageproxy.ts';

/** Copies that are read; a story told by more shows these. */
const MAX_COPIES = 100;

/** A copy of the story; `entry` is null once it is past retention. */
export interface StoryCopy {
  readonly member: Story['copies'][number];
  readonly sourceName: string;
  readonly entry: Entry | null;
  readonly regions: readonly RegionHit[];
  readonly outletPlace: OutletPlace | null;
  /** Oldest first. */
  readonly ledger: readonly LedgerRow[];
}

export interface StoryView {
  readonly config: Config;
  readonly story: Story;
  /** The lead first, then the most trusted. */
  readonly copies: readonly StoryCopy[];
  /** Other stories of the same event, the newest first. */
  readonly related: readonly RelatedStory[];
  /** The editions that have it, and where. */
  readonly in: readonly StandingIn[];
  /** Of the lead, with what keeps it out of the other editions, for the operator; else null. */
  readonly standing: Standing | null;
  /** Whether to show the forms that split and join; what they ask for is guarded in any case. */
  readonly mayArrange: boolean;
}

/** `asked`: an id, also that of a story which was merged into another one. Null where there is no such story. */
export async function findStory(store: WebDeps['store'], asked: string): Promise<Story | null> {
  return readStory(store, await resolveStory(store, asked));
}

export async function readStoryView(
  { store, config, desk }: Pick<WebDeps, 'store' | 'config' | 'desk'>,
  story: Story,
  mayArrange: boolean,
): Promise<StoryView> {
  const inForce = config();
  const names = new Map(inForce.sources.map((source) => [source.id, source.name]));
  const members = story.copies
    .toSorted(
      (a, b) =>
        Number(b.entry === story.lead) - Number(a.entry === story.lead) ||
        b.trust - a.trust ||
        a.firstSeen - b.firstSeen,
    )
    .slice(0, MAX_COPIES);
  const copies = members.map(async (member): Promise<StoryCopy> => {
    const found = await readEntry(store, member.entry);
    return {
      member,
      sourceName: names.get(member.source) ?? member.sourceName,
      entry: found?.entry ?? null,
      regions: found?.regions ?? [],
      outletPlace: found?.outletPlace ?? null,
      ledger: found?.ledger ?? [],
    };
  });
  const related = (await readRelated(store, [story.id])).get(story.id) ?? [];
  const standing = mayArrange ? await desk.standingOf(story.lead) : null;
  const places = standing?.in ?? (await desk.placesOf(story));
  return { config: inForce, story, related, in: places, standing, mayArrange, copies: await Promise.all(copies) };
}

/** The same view with its pictures' addresses led through the image proxy, where that is on. */
export function withPictures(view: StoryView, baseUrl: string, secret: string | null): StoryView {
  const show = (entry: Entry) => throughProxy(entry, entry.source, view.config, baseUrl, secret);
  const copies = view.copies.map((copy) =>
    copy.entry === null ? copy : Object.assign({}, copy, { entry: show(copy.entry) }),
  );
  return { ...view, copies };
}
