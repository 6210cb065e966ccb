/** What the desk may do to the config's files: read, check, preview and save them, and change blocks of sources.yaml. */
import { buildConfig, type LoadResult } from '../config/build.ts';
import { appendSources, maskSecrets, type NewSource, setEnabled, sourceBlock } from '../config/files/edit.ts';
import { setFields } from '../config/files/editsource.ts';
import { removeSources } from '../config/files/removesources.ts';
import { readConfigFiles } from '../config/files/load.ts';
import { type FileName, isFileName } from '../config/filenames.ts';
import { readConfigText, saveConfigText } from '../config/files/save.ts';
import { CONFIG_CHECKS } from '../pipeline/checks.ts';
import type { Config } from '../model/config.ts';
import { reason } from '../reasons/catalogue.ts';
import type { Store } from '../store/redis/keys.ts';
import type { ConfigDesk, Saving } from '../web/deps.ts';
import { sourcesOfList } from './importlist.ts';
import { replay } from './replay.ts';

export interface ConfigDeskDeps {
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly store: Store;
  readonly config: () => Config;
  readonly now: () => number;
}

/** What a preview may cost: it runs in the process that answers readers. */
const PREVIEW = { stories: 1_000, budgetMs: 4_000 };
const SOURCES = 'sources.yaml';

export function configDesk({ folder, env, store, config, now }: ConfigDeskDeps): Omit<ConfigDesk, 'locked'> {
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

  /** `by` gives null where only a person can make the change. */
  const change = async (by: (text: string) => string | null): Promise<Saving> => {
    const { text, hash } = await readConfigText(folder, SOURCES);
    const changed = by(text);
    return changed === null ? { ok: false, reason: 'byHand' } : save(SOURCES, changed, hash);
  };
  const append = (sources: readonly NewSource[]) => change((text) => appendSources(text, sources));

  /** `left`: those of the sources that only a person can change. */
  const changeMany = async (
    ids: readonly string[],
    by: (text: string) => { readonly text: string; readonly left: readonly string[] },
  ) => {
    let left: readonly string[] = [];
    const saving = await change((text) => {
      const changed = by(text);
      ({ left } = changed);
      return left.length === ids.length ? null : changed.text;
    });
    return saving.ok ? { ...saving, left } : saving;
  };

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
    save: async (name, text, hash) =>
      isFileName(name) ? save(name, text, hash) : { ok: false, reason: 'failed', why: reason('config.save.no-file') },
    addSource: (source) => append([source]),
    importList: async (bytes) => {
      const list = sourcesOfList(config(), bytes);
      if (list === null) return null;
      const { fresh, ...others } = list;
      const added = fresh.map(({ id, url, name }) => ({ id, url, name: typeof name === 'string' ? name : id }));
      return { ...others, added, saving: fresh.length === 0 ? null : await append(fresh) };
    },
    removeSources: (ids) => changeMany(ids, (text) => removeSources(text, ids)),
    editSource: (id, fields) => change((text) => setFields(text, id, fields)),
    setEnabled: (ids, enabled) => changeMany(ids, (text) => setEnabled(text, ids, enabled)),
    sourceBlock: async (id) => {
      const { text } = await readConfigText(folder, SOURCES);
      const block = sourceBlock(text, id);
      return block === null ? null : { file: SOURCES, first: block.first, lines: maskSecrets(block.lines) };
    },
  };
}
