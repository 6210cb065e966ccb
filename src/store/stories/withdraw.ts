/** Takes a story out of every edition, as an operator says, and back: new copies and other settings do not bring it back. */
import { reason } from '../../reasons/catalogue.ts';
import type { Reason } from '../../model/reason.ts';
import type { Story, UnsavedStory } from '../../model/story.ts';
import { DAY_MS } from '../../text/time.ts';
import { keys, type Store } from '../redis/keys.ts';
import { splitEntry } from './arrange.ts';
import { attempt, type ByHand, type ByHandOptions, change, decide, type Step } from './byhand.ts';
import { readEntry, readStories, readStory, resolveStory } from './stories.ts';

/** Feeds name so many that were withdrawn last, and for so long: most readers ask within days, few after a month. */
const MOST_NAMED = 100;
const NAMED_MS = 30 * DAY_MS;

/** `said`: why, in the operator's words. */
export function withdrawStory(store: Store, id: string, said: string, options: ByHandOptions): Promise<ByHand> {
  return attempt(store, options, async (): Promise<Step> => {
    const story = await readStory(store, await resolveStory(store, id));
    if (story === null) return { done: { ok: false, reason: 'noSuchStory' } };
    if (story.withdrawn !== undefined) return { done: { ok: false, reason: 'withdrawnAlready' } };
    const withdrawn = { at: options.now, said, editions: story.editions };
    return step(store, { ...story, withdrawn }, reason('operator.withdraw', { said }), options);
  });
}

/** A copy alone: it becomes a story of its own, which is withdrawn; the only copy takes its story with it. */
export async function withdrawEntry(
  store: Store,
  entry: string,
  said: string,
  options: ByHandOptions,
): Promise<ByHand> {
  const split = await splitEntry(store, entry, options);
  if (split.ok) return withdrawStory(store, split.story, said, options);
  const stored = split.reason === 'onlyCopy' ? await readEntry(store, entry) : null;
  return stored === null ? split : withdrawStory(store, stored.story, said, options);
}

/** The story is published again wherever its copies belong. */
export function publishAgain(store: Store, id: string, options: ByHandOptions): Promise<ByHand> {
  return attempt(store, options, async (): Promise<Step> => {
    const story = await readStory(store, await resolveStory(store, id));
    if (story === null) return { done: { ok: false, reason: 'noSuchStory' } };
    if (story.withdrawn === undefined) return { done: { ok: false, reason: 'notWithdrawn' } };
    const { withdrawn: _, ...published } = story;
    return step(store, published, reason('operator.publish-again'), options);
  });
}

async function step(store: Store, story: Story, why: Reason, options: ByHandOptions): Promise<Step> {
  const before = await readStory(store, story.id);
  const next: UnsavedStory = { ...options.assembler.restate(story, story.copies), updatedAt: options.now };
  const rows = story.copies.map((copy) => {
    const kept = copy.entry === next.lead ? 'kept' : 'merged';
    const decision = next.editions.length === 0 ? 'dropped' : kept;
    return decide(store, copy, { decision, rule: why.code, reason: why, story: story.id }, options);
  });
  return {
    control: {
      stories: [change(next, before)],
      gone: [],
      entries: (await Promise.all(rows)).flat(),
      part: [],
      withdrawn: [{ id: story.id, at: story.withdrawn?.at ?? 0 }],
    },
    done: { ok: true, story: story.id, from: story.id },
  };
}

/** A story that an edition had and has no longer, and since when (epoch ms). */
export interface Withdrawn {
  readonly story: string;
  readonly at: number;
}

/** What was withdrawn from an edition within the last month, the newest first. */
export async function readWithdrawn(store: Store, edition: string, now: number): Promise<readonly Withdrawn[]> {
  const from = now - NAMED_MS;
  const ids = await store.redis.zrange(
    keys.withdrawn(store),
    '+inf',
    String(from),
    'BYSCORE',
    'REV',
    'LIMIT',
    0,
    MOST_NAMED,
  );
  if (ids.length === 0) return [];
  const stories = await readStories(store, ids);
  return ids.flatMap((story) => {
    const withdrawn = stories.get(story)?.withdrawn;
    return withdrawn?.editions.includes(edition) === true ? [{ story, at: withdrawn.at }] : [];
  });
}

/** Stories stay withdrawn; that feeds name them ends. */
export async function forgetWithdrawn(store: Store, now: number): Promise<void> {
  await store.redis.zremrangebyscore(keys.withdrawn(store), '-inf', now - NAMED_MS);
}
