/** The parts of the daemon's work that a process may do. */
export const ROLES = ['scheduler', 'worker', 'web'] as const;

/** A process of the daemon, as it tells of itself every few seconds. */
export interface Beat {
  readonly host: string;
  readonly pid: number;
  /** `scheduler`, `worker`, `web`. */
  readonly roles: readonly string[];
  readonly version: string;
  /** Epoch ms, by the clock of its own machine. */
  readonly since: number;
  readonly beatAt: number;
  /** Jobs that it has in hand. */
  readonly busy: number;
  /** Its clock was set by so many milliseconds within the last minutes, back where negative; 0: it was not. */
  readonly clockSetMs: number;
}
