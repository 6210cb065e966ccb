/** What keeps the daemon from starting, told so that a person can mend it. */
import { showFault } from '../config/yaml/fault.ts';
import type { Fault } from '../model/config.ts';
import type { StoredReason } from '../model/reason.ts';
import { say } from '../reasons/render.ts';

/** The daemon cannot start; each reason tells a person what to mend. */
export class StartError extends Error {
  override readonly name = 'StartError';
  readonly whys: readonly StoredReason[];
  /** True where the config or the command is at fault, not the machine. */
  readonly misuse: boolean;
  constructor(whys: readonly StoredReason[], misuse = false) {
    super(whys.map((why) => say(why, 'en')).join('\n'));
    this.whys = whys;
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
