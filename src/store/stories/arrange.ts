/** Splits an entry from its story, or joins two stories, as an operator says; what follows later respects it. */
import { reason } from '../../reasons/catalogue.ts';
import type { Decision, DecisionKind } from '../../model/decision.ts';
import type { Assembler, Member, Story, UnsavedStory } from '../../model/story.ts';
import { keys, type Store } from '../redis/keys.ts';
import { indexLine, ledgerControl } from '../ledger/ledgerindex.ts';
import { defineScript } from '../redis/luascript.ts';
import { StoreError } from '../redis/storeerror.ts';
import { facetsOf } from './facets.ts';
import { freeId } from './freeid.ts';
import { readWords } from './wordindex.ts';
import { namePrefixes, readEntry, readStory, resolveStory } from './stories.ts';

export type ByHand =
  /** `story`: where the split entry is now, or the story that the other one became part of. `from`: the story it was in, or the other one. */
  | { readonly ok: true; readonly story: string; readonly from: string }
  | { readonly ok: false; readonly reason: 'noSuchEntry' | 'noSuchStory' | 'onlyCopy' | 'sameStory' };

export interface ByHandOptions {
  readonly now: number;
  readonly configVersion: string;
  readonly ledgerCount: number;
  readonly assembler: Assembler;
}

const script = defineScript('hand-4', ['stories', 'revisions', 'ledger', 'totals'], ['control']);
const MAX_TRIES = 20;

/** What the script reads as its control, with what editions.lua and ledger.lua read. */
interface Control {
  readonly stories: readonly {
    readonly id: string;
    readonly expect: number;
    readonly json: string;
    readonly order: number;
    readonly editions: readonly string[];
    readonly facets: readonly string[];
    readonly left: readonly string[];
  }[];
  readonly gone: readonly {
    readonly id: string;
    readonly expect: number;
    readonly editions: readonly string[];
    readonly into: string;
  }[];
  readonly entries: readonly {
    readonly id: string;
    readonly story: string;
    readonly decision: DecisionKind;
    readonly row: string;
    readonly line: string;
  }[];
  /** Two stories that are never to be one again; empty where there are none. */
  readonly part: readonly string[];
}

type Step = { readonly control: Control; readonly done: ByHand } | { readonly done: ByHand & { readonly ok: false } };

/** Takes an entry out of its story into one of its own. The two never merge again, whatever copies come later. */
export function splitEntry(store: Store, entry: string, options: ByHandOptions): Promise<ByHand> {
  return attempt(store, options, async (): Promise<Step> => {
    const stored = await readEntry(store, entry);
    const story = stored === null ? null : await readStory(store, stored.story);
    const copy = story?.copies.find((member) => member.entry === entry);
    if (story === null || copy === undefined) return { done: { ok: false, reason: 'noSuchEntry' } };
    const others = story.copies.filter((member) => member !== copy);
    if (others.length === 0) return { done: { ok: false, reason: 'onlyCopy' } };
    const { now, assembler } = options;
    const why = reason('operator.split', { story: story.id });
    const rest = assembler.restate(story, others);
    const id = await freeId(store, entry, story.id);
    const own = assembler.standAlone(id, { ...copy, why }, now);
    const decision = copy.editions.length > 0 ? 'kept' : 'dropped';
    const row = await decide(store, copy, { decision, rule: 'operator.split', reason: why, story: id }, options);
    return {
      control: {
        stories: [
          change({ ...rest, updatedAt: rest.lead === story.lead ? rest.updatedAt : now }, story),
          change(own, null),
        ],
        gone: [],
        entries: row,
        part: [story.id, id],
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
      },
      done: { ok: true, story: story.id, from: gone.id },
    };
  });
}

/** Reads and commits until no other commit comes between. */
async function attempt(store: Store, options: ByHandOptions, prepare: () => Promise<Step>): Promise<ByHand> {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const step = await prepare();
    if (!('control' in step)) return step.done;
    const control = { ...step.control, ...namePrefixes(store), ...ledgerControl(store, options.ledgerCount) };
    const answer = await script.run(store.redis, {
      keys: {
        stories: keys.stories(store),
        revisions: keys.revisions(store),
        ledger: keys.ledger(store),
        totals: keys.totals(store),
      },
      args: { control: JSON.stringify(control) },
    });
    if (answer !== 'ok') continue;
    await readWords(
      store,
      control.stories.map(({ id }) => id),
    );
    return step.done;
  }
  throw new StoreError('outrun', `the stories were changed by others ${MAX_TRIES} times in a row`);
}

/** `before`: the story as it stands; null for a new one. */
function change(story: UnsavedStory, before: Story | null): Control['stories'][number] {
  return {
    id: story.id,
    expect: before?.version ?? 0,
    json: JSON.stringify(story),
    order: story.orderAt,
    editions: story.editions,
    facets: facetsOf(story),
    left: (before?.editions ?? []).filter((edition) => !story.editions.includes(edition)),
  };
}

/** The entry's row of the ledger, as a list; none where the entry is past retention. */
async function decide(
  store: Store,
  copy: Member,
  said: Pick<Decision, 'decision' | 'rule' | 'reason' | 'story'> & { readonly story: string },
  options: ByHandOptions,
): Promise<Control['entries']> {
  const stored = await readEntry(store, copy.entry);
  if (stored === null) return [];
  const decision: Decision = {
    ...said,
    at: options.now,
    entry: copy.entry,
    source: copy.source,
    title: copy.title,
    link: copy.link,
    editions: copy.editions,
    regions: stored.regions,
    configVersion: options.configVersion,
  };
  const { story } = said;
  return [
    {
      id: copy.entry,
      story,
      decision: said.decision,
      row: JSON.stringify(decision),
      line: indexLine(decision),
    },
  ];
}
