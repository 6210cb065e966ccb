/** Runs a config over stored entries and tells which stories each edition would gain and lose; changes nothing. */
import { reason } from '../reasons/catalogue.ts';
import { giveWay } from '../text/giveway.ts';
import { createEditor } from '../pipeline/editorial.ts';
import { factsOf } from '../sources/configured.ts';
import type { Store } from '../store/redis/keys.ts';
import type { Config } from '../model/config.ts';
import { isNonEntryDecision, isSetAside } from '../model/decision.ts';
import type { StoredReason } from '../model/reason.ts';
import type { Story } from '../model/story.ts';
import { newestStories, readEntry, readStory } from '../store/stories/stories.ts';

interface Change {
  readonly story: string;
  readonly title: string;
  readonly source: string;
  readonly why: StoredReason;
}

interface EditionChange {
  readonly edition: string;
  readonly title: string;
  readonly gained: readonly Change[];
  readonly lost: readonly Change[];
}

export interface Replay {
  readonly editions: readonly EditionChange[];
  /** Stories run through, newest first, and how many there are. */
  readonly replayed: number;
  readonly stored: number;
}

export interface ReplayBounds {
  /** Stories at most. */
  readonly stories: number;
  /** Stops after the story that runs past this. */
  readonly budgetMs: number;
}

const BATCH = 20;

/**
 * Raw items go through every stage again; an entry whose raw item is past retention is judged by its stored regions.
 * What was there before is what the store says now.
 */
export async function replay(store: Store, config: Config, bounds: ReplayBounds): Promise<Replay> {
  const editor = createEditor(config);
  const began = performance.now();
  const { ids, stored } = await newestStories(store, bounds.stories);
  const titles = new Map(config.editions.map(({ id, title }) => [id, title]));
  const changes = new Map<string, { gained: Change[]; lost: Change[] }>(
    config.editions.map(({ id }) => [id, { gained: [], lost: [] }]),
  );
  let replayed = 0;

  const editionsOf = async (entryId: string): Promise<{ editions: readonly string[]; why: StoredReason } | null> => {
    const found = await readEntry(store, entryId);
    if (found === null) return null;
    const { entry, raw, regions, themes, outletPlace, ledger } = found;
    const last = ledger.at(-1);
    if (last !== undefined && isSetAside(last.rule)) return { editions: [], why: last.reason };
    const facts = factsOf(config, entry.source);
    if (raw !== null) {
      const { judgement } = editor.edit(raw.item, facts, { title: raw.feedTitle, baseUrl: entry.link });
      return { editions: judgement.barred ? [] : judgement.editions, why: judgement.reason };
    }
    if (last !== undefined && isNonEntryDecision(last.rule)) return { editions: [], why: last.reason };
    const judgement = editor.judge(entry, { regions, themes, outletPlace }, facts);
    return { editions: judgement.editions, why: judgement.reason };
  };

  const compare = async (story: Story): Promise<void> => {
    const judged = await Promise.all(story.copies.map((copy) => editionsOf(copy.entry)));
    const after = new Map<string, StoredReason>();
    for (const [i, one] of judged.entries())
      for (const edition of one?.editions ?? story.copies[i]?.editions ?? [])
        if (!after.has(edition)) after.set(edition, one?.why ?? '');
    const lead = story.copies.find((copy) => copy.entry === story.lead) ?? story.copies[0];
    const change = (why: StoredReason): Change => ({
      story: story.id,
      title: lead?.title ?? '',
      source: lead?.source ?? '',
      why,
    });
    const before = new Set(story.editions);
    for (const [edition, why] of after) if (!before.has(edition)) changes.get(edition)?.gained.push(change(why));
    for (const edition of before) {
      if (after.has(edition)) continue;
      const own = changes.get(edition) ?? { gained: [], lost: [] };
      own.lost.push(
        change(titles.has(edition) ? (judged.find((one) => one !== null)?.why ?? '') : reason('edition.unknown')),
      );
      changes.set(edition, own);
    }
  };

  for (let at = 0; at < ids.length; at += BATCH) {
    if (performance.now() - began > bounds.budgetMs) break;
    const stories = await Promise.all(ids.slice(at, at + BATCH).map((id) => readStory(store, id)));
    for (const story of stories) {
      replayed++;
      if (story !== null) await compare(story);
    }
    await giveWay();
  }
  return {
    editions: [...changes].map(([edition, { gained, lost }]) => ({
      edition,
      title: titles.get(edition) ?? edition,
      gained,
      lost,
    })),
    replayed,
    stored,
  };
}
