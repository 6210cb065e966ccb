/** Gives the desk what it may ask of rooms that the web does not see: the config's files, a trial, a replay, a second look. */
import { CONFIG_CHECKS } from '../pipeline/checks.ts';
import { buildConfig, type LoadResult } from '../config/build.ts';
import { maskSecrets, setEnabled, sourceBlock } from '../config/files/edit.ts';
import { type FileName, isFileName, readConfigText, saveConfigText } from '../config/files/save.ts';
import { readConfigFiles } from '../config/files/load.ts';
import { factsOf } from '../sources/configured.ts';
import { joinStories, splitEntry } from '../store/stories/arrange.ts';
import type { ByHandOptions } from '../store/stories/byhand.ts';
import { publishAgain, withdrawStory } from '../store/stories/withdraw.ts';
import type { Store } from '../store/redis/keys.ts';
import { ASSEMBLER } from '../pipeline/assemble.ts';
import type { Config } from '../model/config.ts';
import type { Desk, Saving } from '../web/deps.ts';
import { reason } from '../reasons/catalogue.ts';
import { replay } from './replay.ts';
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

/** What a preview may cost: it runs in the process that answers readers. */
const PREVIEW = { stories: 1_000, budgetMs: 4_000 };
const SOURCES = 'sources.yaml';

export function createDesk({ folder, env, store, config, threads, now }: DeskDeps): Desk {
  /** The config as it would be with this file changed. */
  const build = async (name: FileName, text: string): Promise<LoadResult> => {
    const { files, faults } = await readConfigFiles(folder);
    const others = faults.filter((fault) => fault.file !== name);
    const result = buildConfig(new Map([...files, [name, Buffer.from(text)]]), folder, env, CONFIG_CHECKS, now());
    if (others.length === 0) return result;
    return { ok: false, faults: result.ok ? others : [...others, ...result.faults] };
  };

  const save = async (name: FileName, text: string, hash: string): Promise<Saving> => {
    const built = await build(name, text);
    if (!built.ok) return { ok: false, reason: 'faults', faults: built.faults };
    return saveConfigText(folder, name, text, hash, now());
  };

  const byHand = (): ByHandOptions => ({
    now: now(),
    configVersion: config().version,
    ledgerCount: config().settings.retention.ledgerCount,
    assembler: ASSEMBLER,
  });
  const noSuchFile: Saving = { ok: false, reason: 'failed', why: reason('config.save.no-file') };
  const standings = createStandings({ store, config, now });
  let trying: string | null = null;

  return {
    read: async (name) => {
      if (!isFileName(name)) return null;
      const { text, hash } = await readConfigText(folder, name);
      return { text, hash, shown: maskSecrets(text.split('\n')).join('\n') };
    },
    check: async (name, text) => {
      if (!isFileName(name)) return [];
      const built = await build(name, text);
      return built.ok ? [] : built.faults;
    },
    preview: async (name, text) => {
      if (!isFileName(name)) return { ok: false, faults: [] };
      const built = await build(name, text);
      if (!built.ok) return built;
      return { ok: true, ...(await replay(store, built.config, PREVIEW)) };
    },
    save: async (name, text, hash) => (isFileName(name) ? save(name, text, hash) : noSuchFile),
    setEnabled: async (id, enabled) => {
      const { text, hash } = await readConfigText(folder, SOURCES);
      const changed = setEnabled(text, id, enabled);
      if (changed === null) return { ok: false, reason: 'byHand' };
      return save(SOURCES, changed, hash);
    },
    sourceBlock: async (id) => {
      const { text } = await readConfigText(folder, SOURCES);
      const block = sourceBlock(text, id);
      return block === null ? null : { file: SOURCES, first: block.first, lines: maskSecrets(block.lines) };
    },
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
