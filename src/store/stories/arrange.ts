/** Splits an entry from its story, or joins two stories, as an operator says; what follows later respects it. */
import { reason } from '../../reasons/catalogue.ts';
import type { Member } from '../../model/story.ts';
import type { Store } from '../redis/keys.ts';
import { attempt, type ByHand, type ByHandOptions, change, decide, type Step } from './byhand.ts';
import { freeId } from './freeid.ts';
import { readEntry, readStory, resolveStory } from './stories.ts';

/** Takes an entry out of its story into one of its own. The two never merge again, whatever copies come later. */
export function splitEntry(store: Store, entry: string, options: ByHandOptions): Promise<ByHand> {
  return splitEntries(store, [entry], options);
}

/** Takes entries of one story out of it into one of their own, as `splitEntry` does. Those of other stories are left. */
export function splitEntries(store: Store, entries: readonly string[], options: ByHandOptions): Promise<ByHand> {
  return attempt(store, options, async (): Promise<Step> => {
    const stored = await readEntry(store, entries[0] ?? '');
    const story = stored === null ? null : await readStory(store, stored.story);
    const isOut = ({ entry }: Member) => entries.includes(entry);
    const first = story?.copies.find(isOut);
    if (story === null || first === undefined) return { done: { ok: false, reason: 'noSuchEntry' } };
    const others = story.copies.filter((copy) => !isOut(copy));
    if (others.length === 0) return { done: { ok: false, reason: 'onlyCopy' } };
    const { now, assembler } = options;
    const why = reason('operator.split', { story: story.id });
    const rest = assembler.restate(story, others);
    const id = await freeId(store, first.entry, story.id);
    const copies = story.copies.filter(isOut).map((copy): Member => Object.assign({}, copy, { why }));
    const alone = assembler.standAlone(id, copies[0] as Member, now);
    const firstSeen = Math.min(...copies.map((copy) => copy.firstSeen));
    const own = copies.length === 1 ? alone : assembler.restate({ ...alone, firstSeen, version: 0 }, copies);
    const rows = await Promise.all(
      copies.map((copy) => {
        const decision = copy.editions.length > 0 ? 'kept' : 'dropped';
        return decide(store, copy, { decision, rule: 'operator.split', reason: why, story: id }, options);
      }),
    );
    return {
      control: {
        stories: [
          change({ ...rest, updatedAt: rest.lead === story.lead ? rest.updatedAt : now }, story),
          change(own, null),
        ],
        gone: [],
        entries: rows.flat(),
        part: [story.id, id],
        withdrawn: [],
      },
      done: { ok: true, story: id, from: story.id },
    };
  });
}

/** Makes story `other` a part of story `into`; its id leads there from now on. */
export function joinStories(store: Store, into: string, other: string, options: ByHandOptions): Promise<ByHand> {
  return attempt(store, options, async (): Promise<Step> => {
    const story = await readStory(store, await resolveStory(store, into));
    const gone = await readStory(store, await resolveStory(store, other));
    if (story === null || gone === null) return { done: { ok: false, reason: 'noSuchStory' } };
    if (story.id === gone.id) return { done: { ok: false, reason: 'sameStory' } };
    const why = reason('operator.join', { story: gone.id, into: story.id });
    const moved = gone.copies.map((copy): Member => Object.assign({}, copy, { why }));
    const joined = options.assembler.restate(story, [...story.copies, ...moved]);
    const firstSeen = Math.min(story.firstSeen, gone.firstSeen);
    const updatedAt = joined.lead === story.lead ? joined.updatedAt : options.now;
    const published = story.editions.length > 0;
    const rows = await Promise.all(
      gone.copies.map((copy) => {
        const alone = copy.editions.length > 0 ? 'kept' : 'dropped';
        const decision = published ? 'merged' : alone;
        return decide(store, copy, { decision, rule: 'operator.join', reason: why, story: story.id }, options);
      }),
    );
    return {
      control: {
        stories: [change({ ...joined, firstSeen, updatedAt }, story)],
        gone: [{ id: gone.id, expect: gone.version, editions: gone.editions, into: story.id }],
        entries: rows.flat(),
        part: [],
        withdrawn: [],
      },
      done: { ok: true, story: story.id, from: gone.id },
    };
  });
}
