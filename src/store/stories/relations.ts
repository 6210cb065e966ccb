/** Relates stories of one event: notes it of what was just committed, and reads it back. Nothing is merged. */
import type { Candidate, Fingerprint, Related, Story } from '../../model/story.ts';
import type { Reason, StoredReason } from '../../model/reason.ts';
import { z } from 'zod';
import { createPieces } from '../../text/giveway.ts';
import { keys, type Store } from '../redis/keys.ts';
import { defineScript } from '../redis/luascript.ts';
import { outline } from '../redis/storedjson.ts';
import { createMet, findEntries, type Found, type Met } from '../entries/postings.ts';
import { check } from '../redis/pipeline.ts';
import { readable } from '../redis/unreadable.ts';
import { namePrefixes, readStories } from './stories.ts';

const script = defineScript('relate-4', ['one', 'other', 'revisions', 'unannounced'], ['control', 'why', 'back']);

/** Relations that a story keeps: those of a day's great event are more than a reader looks at. */
const MOST_RELATIONS = 24;

const RELATION = outline<{ readonly why: StoredReason; readonly at: number }>({ why: z.unknown(), at: z.number() });

/** An entry that was just committed. */
export interface Placed {
  readonly entry: string;
  readonly story: string;
  readonly fingerprint: Fingerprint;
}

export interface RelateOptions {
  readonly now: number;
  /** How long topics find each other, and a relation is kept after the last one of its story. */
  readonly windowMs: number;
  /** What `commitEntries` read just before. */
  readonly met?: Met;
  /** Topics that a candidate shares at least, unless it shares a key of the text. */
  readonly fewestTopics: number;
  readonly relateStories: (
    fingerprint: Fingerprint,
    candidates: readonly Candidate[],
    countOf: (key: string) => number,
    now: number,
    own: string,
  ) => readonly Related[];
}

/**
 * Relates the stories of `placed` with others of the window. It comes after the commit, not with it: a relation is help for
 * readers, and a crash between the two costs the relations of these entries and nothing else.
 */
export async function relateCommitted(
  store: Store,
  placed: readonly Placed[],
  { now, windowMs, met = createMet(), fewestTopics, relateStories }: RelateOptions,
): Promise<void> {
  const asked = placed.filter(({ fingerprint }) => fingerprint.topics.length > 0);
  if (asked.length === 0) return;
  const found = await findEntries(
    store,
    asked.map(({ entry, fingerprint: { topics, keys: ofText } }) => ({
      entry,
      keys: [...topics, ...ofText],
      topics: { count: topics.length, least: fewestTopics },
    })),
    // Whoever reads relations passes over stories that are gone.
    { now, windowMs, met },
  );
  const links = store.redis.pipeline();
  const { editionPrefix } = namePrefixes(store);
  const pieces = createPieces();
  for (const [i, { story, fingerprint }] of asked.entries()) {
    await pieces();
    const { candidates, counts } = found[i] as Found;
    const countOf = new Map(fingerprint.topics.map((key, at) => [key, counts[at] ?? 0]));
    for (const related of relateStories(fingerprint, candidates, (key) => countOf.get(key) ?? 0, now, story)) {
      const control = { one: story, other: related.story, most: MOST_RELATIONS, keepMs: windowMs, editionPrefix };
      const say = (why: Reason) => JSON.stringify({ why, at: now });
      script.send(links, {
        keys: {
          one: keys.related(store, story),
          other: keys.related(store, related.story),
          revisions: keys.revisions(store),
          unannounced: keys.unannounced(store),
        },
        args: { control: JSON.stringify(control), why: say(related.why), back: say(related.back) },
      });
    }
  }
  if (links.length === 0) return;
  await script.load(store.redis);
  await check(links.exec());
}

/** A story that tells of the same event as another, and why that is thought. */
export interface RelatedStory {
  readonly story: Story;
  readonly why: StoredReason;
  /** When it was found, epoch ms. */
  readonly at: number;
}

/** The headline of a story's lead; empty where it has none. */
export function headlineOf({ copies, lead }: Story): string {
  return copies.find(({ entry }) => entry === lead)?.title ?? '';
}

/** By story, the newest story first; one without relations is missing. Stories that were merged are found where they are now. */
export async function readRelated(
  store: Store,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly RelatedStory[]>> {
  if (ids.length === 0) return new Map();
  const first = store.redis.pipeline();
  for (const id of ids) first.hgetall(keys.related(store, id));
  const rows = (await check(first.exec())) as Record<string, string>[];
  const named = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const second = store.redis.pipeline();
  for (const id of named) second.get(keys.alias(store, id));
  const aliases = (await check(second.exec())) as (string | null)[];
  const now = new Map(named.map((id, i) => [id, aliases[i] ?? id]));
  const stories = await readStories(store, [...new Set(now.values())]);
  const related = new Map<string, readonly RelatedStory[]>();
  for (const [i, id] of ids.entries()) {
    const found = new Map<string, RelatedStory>();
    for (const [other, json] of Object.entries(rows[i] ?? {})) {
      const story = stories.get(now.get(other) ?? other);
      if (story === undefined || story.withdrawn !== undefined || story.id === id) continue;
      const relation = readable(store, keys.related(store, id), () => RELATION.read(json, keys.related(store, id)));
      if (relation === null) continue;
      const { why, at } = relation;
      found.set(story.id, { story, why, at });
    }
    if (found.size > 0)
      related.set(
        id,
        [...found.values()].sort((a, b) => b.story.orderAt - a.story.orderAt),
      );
  }
  return related;
}
