/** Gives the desk what it may ask of rooms that the web does not see: the config's files, a trial, a second look, stories by hand. */
import { factsOf } from '../sources/configured.ts';
import { joinStories, splitEntry } from '../store/stories/arrange.ts';
import type { ByHandOptions } from '../store/stories/byhand.ts';
import { publishAgain, withdrawStory } from '../store/stories/withdraw.ts';
import type { Store } from '../store/redis/keys.ts';
import { ASSEMBLER } from '../pipeline/assemble.ts';
import type { Config } from '../model/config.ts';
import type { Desk } from '../web/deps.ts';
import { configDesk } from './configdesk.ts';
import { createStandings } from './standings.ts';
import type { Threads } from '../threads/pool.ts';
import { trySource } from './trial.ts';

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
  const standings = createStandings({ store, config, now });
  let trying: string | null = null;

  return {
    ...configDesk({ folder, env, store, now }),
    trySource: async (id) => {
      const source = config().sources.find((one) => one.id === id);
      if (source === undefined) return null;
      if (trying !== null) return { busy: trying };
      trying = id;
      try {
        return await trySource({ threads, config, now }, source);
      } finally {
        trying = null;
      }
    },
    ...arranging(store, byHand),
    findStandings: standings.find,
    standingOf: standings.of,
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

/** What the operator does to stories by hand. */
function arranging(
  store: Store,
  byHand: () => ByHandOptions,
): Pick<Desk, 'splitEntry' | 'joinStories' | 'withdrawStory' | 'publishAgain'> {
  return {
    splitEntry: (entry) => splitEntry(store, entry, byHand()),
    joinStories: (into, story) => joinStories(store, into, story, byHand()),
    withdrawStory: (story, said) => withdrawStory(store, story, said, byHand()),
    publishAgain: (story) => publishAgain(store, story, byHand()),
  };
}
