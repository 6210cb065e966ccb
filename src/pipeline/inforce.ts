/** Holds what changes while the daemon runs: the config in force, the faults of the one on disk, and the editor built from it. */
import { createEditor, type Editor } from './editorial.ts';
import type { Config, Fault } from '../model/config.ts';

export interface InForce {
  readonly config: () => Config;
  /** Puts a config in force; its faults are gone. */
  readonly setConfig: (config: Config) => void;
  /** Called after each `setConfig`. */
  readonly onConfig: (listener: (config: Config) => void) => void;
  readonly faults: () => readonly Fault[];
  readonly setFaults: (faults: readonly Fault[]) => void;
  /** Built when first asked for: a process without the worker role never needs one. */
  readonly editor: () => Editor;
}

export function holdInForce(first: Config): InForce {
  const listeners: ((config: Config) => void)[] = [];
  let config = first;
  let faults: readonly Fault[] = [];
  let editor: Editor | null = null;
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
    editor: () => (editor ??= createEditor(config)),
  };
}
