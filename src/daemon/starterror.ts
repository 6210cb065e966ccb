/** What keeps the daemon from starting, told so that a person can mend it. */
import { showFault } from '../config/yaml/fault.ts';
import type { Fault } from '../model/config.ts';

/** The daemon cannot start; each line tells a person what to mend. */
export class StartError extends Error {
  override readonly name = 'StartError';
  readonly lines: readonly string[];
  /** True where the config or the command is at fault, not the machine. */
  readonly misuse: boolean;
  constructor(lines: readonly string[], misuse = false) {
    super(lines.join('\n'));
    this.lines = lines;
    this.misuse = misuse;
  }
}

/** The config is faulty. */
export class ConfigError extends StartError {
  readonly faults: readonly Fault[];
  constructor(faults: readonly Fault[]) {
    super(
      faults.map((fault) => showFault(fault, 'en')),
      true,
    );
    this.faults = faults;
  }
}
