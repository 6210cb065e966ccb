/** `deltawire story`: splits an entry from its story, or joins two stories, by an operator's hand. */
import { type ByHand, type ByHandOptions, joinStories, splitEntry } from '../../store/stories/arrange.ts';
import type { Store } from '../../store/redis/keys.ts';
import { ASSEMBLER } from '../../pipeline/assemble.ts';
import { CommandError, type ExitCode, print, requireConfig } from '../output/exit.ts';
import { entriesNamed, withStore } from './explain.ts';

export async function runStorySplit(name: string, options: { readonly config: string }): Promise<ExitCode> {
  return arrange(options.config, async (store, byHand) => {
    const [entry, ...more] = await entriesNamed(store, name);
    if (more.length > 0)
      throw new CommandError(
        [`${name}: several entries have this address; name one: ${[entry, ...more].join(', ')}`],
        1,
      );
    const done = await splitEntry(store, entry ?? name, byHand);
    if (done.ok) await print(`entry ${entry ?? name} is story ${done.story} now, apart from story ${done.from}`);
    return done;
  });
}

export async function runStoryJoin(
  into: string,
  other: string,
  options: { readonly config: string },
): Promise<ExitCode> {
  return arrange(options.config, async (store, byHand) => {
    const done = await joinStories(store, into, other, byHand);
    if (done.ok) await print(`story ${done.from} is part of story ${done.story} now`);
    return done;
  });
}

const WHY = {
  noSuchEntry: 'no entry with this address or id is stored',
  noSuchStory: 'there is no such story',
  onlyCopy: 'the entry is the only copy of its story',
  sameStory: 'the two are one story already',
} as const;

async function arrange(
  folder: string,
  change: (store: Store, options: ByHandOptions) => Promise<ByHand>,
): Promise<ExitCode> {
  const { version, settings } = await requireConfig(folder);
  const byHand = {
    now: Date.now(),
    configVersion: version,
    ledgerCount: settings.retention.ledgerCount,
    assembler: ASSEMBLER,
  };
  return withStore<ExitCode>(async (store) => {
    const done = await change(store, byHand);
    if (done.ok) return 0;
    throw new CommandError([WHY[done.reason]], 1);
  });
}
