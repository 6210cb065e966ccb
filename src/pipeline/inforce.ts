/** Holds what changes while the daemon runs: the config in force, the faults of the one on disk, and the editor built from it. */
import type { Editor } from './editorial.ts';
import type { Config, Fault } from '../model/config.ts';

export interface InForce {
  readonly config: () => Config;
  /** Puts a config in force; its faults are gone. */
  readonly setConfig: (config: Config) => void;
  /** Called after each `setConfig`. */
  readonly onConfig: (listener: (config: Config) => void) => void;
  readonly faults: () => readonly Fault[];
  readonly setFaults: (faults: readonly Fault[]) => void;
  /** Loaded and built when first asked for: the daemon needs one only to place what is stored. */
  readonly editor: () => Promise<Editor>;
}

export function holdInForce(first: Config): InForce {
  const listeners: ((config: Config) => void)[] = [];
  let config = first;
  let faults: readonly Fault[] = [];
  let editor: Promise<Editor> | null = null;
  return {
    config: () => config,
    setConfig: (next) => {
      faults = [];
      if (next.version !== config.version) editor = null;
      config = next;
      for (const listener of listeners) listener(next);
    },
    onConfig: (listener) => void listeners.push(listener),
    faults: () => faults,
    setFaults: (found) => {
      faults = found;
    },
    editor: () => (editor ??= buildEditor(config)),
  };
}

async function buildEditor(config: Config): Promise<Editor> {
  const { createEditor } = await import('./editorial.ts');
  return createEditor(config);
}
