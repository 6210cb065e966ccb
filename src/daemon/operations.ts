/** Gives the desk what it may ask of rooms that the web does not see: the config's files, a trial, a second look, stories by hand. */
import { folderLock } from '../config/files/save.ts';
import { factsOf, findSource as findConfigured } from '../sources/configured.ts';
import { joinStories, splitEntries } from '../store/stories/arrange.ts';
import type { ByHandOptions } from '../store/stories/byhand.ts';
import { publishAgain, withdrawStory } from '../store/stories/withdraw.ts';
import { noteLeaving, takeOutLeaving } from '../store/stories/takeout.ts';
import type { Store } from '../store/redis/keys.ts';
import { ASSEMBLER } from '../pipeline/assemble.ts';
import type { Config } from '../model/config.ts';
import type { ConfigDesk, Desk } from '../web/deps.ts';
import type { ConfigDeskDeps } from './configdesk.ts';
import { createStandings } from './standings.ts';
import type { Threads } from '../threads/pool.ts';
import type { TrialDeps } from './trial.ts';

export interface DeskDeps {
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly store: Store;
  readonly config: () => Config;
  readonly threads: Threads;
  readonly now: () => number;
}

export function createDesk({ folder, env, store, config, threads, now }: DeskDeps): Desk {
  const byHand = (): ByHandOptions => ({
    now: now(),
    configVersion: config().version,
    ledgerCount: config().settings.retention.ledgerCount,
    assembler: ASSEMBLER,
  });
  const takeOut = () => takeOutLeaving(store, (id) => findConfigured(config(), id) !== undefined, byHand());
  const standings = createStandings({ store, config, now });

  return {
    ...configDeskWhenUsed({ folder, env, store, config, now }),
    ...trials({ threads, config, now }),
    takeOutEntries: async (sources) => {
      await noteLeaving(store, sources, now());
      return takeOut();
    },
    ...arranging(store, byHand),
    findStandings: standings.find,
    standingOf: standings.of,
    placesOf: standings.placesOf,
    review: async (raw, entry, recurrences) => {
      const source = factsOf(config(), entry.source);
      const document = { title: raw.feedTitle, baseUrl: entry.link };
      const batch = { items: [raw.item], source, document, recurrences, dates: new Map(), now: now() };
      const done = await threads.run('edit', batch);
      const [edited] = done.ok ? done.value.edited : [];
      return edited ?? null;
    },
  };
}

/** What reads and checks the config takes 10 MB of heap: it is loaded when somebody first edits. */
function configDeskWhenUsed(deps: ConfigDeskDeps): ConfigDesk {
  let loading: Promise<Omit<ConfigDesk, 'locked'>> | undefined;
  const desk = () => (loading ??= import('./configdesk.ts').then(({ configDesk }) => configDesk(deps)));
  return {
    read: async (...given) => (await desk()).read(...given),
    check: async (...given) => (await desk()).check(...given),
    preview: async (...given) => (await desk()).preview(...given),
    save: async (...given) => (await desk()).save(...given),
    locked: () => folderLock(deps.folder),
    addSource: async (...given) => (await desk()).addSource(...given),
    importList: async (...given) => (await desk()).importList(...given),
    removeSources: async (...given) => (await desk()).removeSources(...given),
    editSource: async (...given) => (await desk()).editSource(...given),
    setEnabled: async (...given) => (await desk()).setEnabled(...given),
    sourceBlock: async (...given) => (await desk()).sourceBlock(...given),
  };
}

/** One at a time: each may fetch and clean for a while. */
function trials(deps: TrialDeps): Pick<Desk, 'trySource' | 'findSource'> {
  let trying: string | null = null;
  const alone = async <T>(name: string, run: () => Promise<T>): Promise<T | { readonly busy: string }> => {
    if (trying !== null) return { busy: trying };
    trying = name;
    try {
      return await run();
    } finally {
      trying = null;
    }
  };
  return {
    trySource: async (id) => {
      const source = findConfigured(deps.config(), id);
      if (source === undefined) return null;
      const { trySource } = await import('./trial.ts');
      return alone(id, () => trySource(deps, source));
    },
    findSource: async (typed) => {
      const { tryAddress } = await import('./tryaddress.ts');
      return alone(typed.slice(0, 100), () => tryAddress(deps, typed));
    },
  };
}

/** What the operator does to stories by hand. */
function arranging(
  store: Store,
  byHand: () => ByHandOptions,
): Pick<Desk, 'splitEntries' | 'joinStories' | 'withdrawStory' | 'publishAgain'> {
  return {
    splitEntries: (entries) => splitEntries(store, entries, byHand()),
    joinStories: (into, story) => joinStories(store, into, story, byHand()),
    withdrawStory: (story, said) => withdrawStory(store, story, said, byHand()),
    publishAgain: (story) => publishAgain(store, story, byHand()),
  };
}
