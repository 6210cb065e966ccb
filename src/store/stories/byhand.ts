/** What an operator does to stories by hand: read, decided and committed in one step, with its rows of the ledger. */
import type { Decision, DecisionKind } from '../../model/decision.ts';
import type { Assembler, Member, Story, UnsavedStory } from '../../model/story.ts';
import { keys, type Store } from '../redis/keys.ts';
import { indexLine, ledgerControl } from '../ledger/ledgerindex.ts';
import { defineScript } from '../redis/luascript.ts';
import { StoreError } from '../redis/storeerror.ts';
import { facetsOf } from './facets.ts';
import { readWords } from './wordindex.ts';
import { namePrefixes, readEntry } from './stories.ts';

export type ByHand =
  /** `story`: where the split entry is now, or the story that the other one became part of. `from`: the story it was in, or the other one. */
  | { readonly ok: true; readonly story: string; readonly from: string }
  | {
      readonly ok: false;
      readonly reason: 'noSuchEntry' | 'noSuchStory' | 'onlyCopy' | 'sameStory' | 'withdrawnAlready' | 'notWithdrawn';
    };

export interface ByHandOptions {
  readonly now: number;
  readonly configVersion: string;
  readonly ledgerCount: number;
  readonly assembler: Assembler;
}

const script = defineScript('hand-5', ['stories', 'revisions', 'ledger', 'totals', 'withdrawn'], ['control']);
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
  /** Stories that are withdrawn now (when, epoch ms), or no longer (0). */
  readonly withdrawn: readonly { readonly id: string; readonly at: number }[];
}

export type Step =
  | { readonly control: Control; readonly done: ByHand }
  | { readonly done: ByHand & { readonly ok: false } };

/** Reads and commits until no other commit comes between. */
export async function attempt(store: Store, options: ByHandOptions, prepare: () => Promise<Step>): Promise<ByHand> {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const step = await prepare();
    if (!('control' in step)) return step.done;
    const control = {
      ...step.control,
      ...namePrefixes(store),
      ...ledgerControl(store, options.ledgerCount),
      now: options.now,
    };
    const answer = await script.run(store.redis, {
      keys: {
        stories: keys.stories(store),
        revisions: keys.revisions(store),
        ledger: keys.ledger(store),
        totals: keys.totals(store),
        withdrawn: keys.withdrawn(store),
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
export function change(story: UnsavedStory, before: Story | null): Control['stories'][number] {
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
export async function decide(
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
