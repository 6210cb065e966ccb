/** What the web room needs from the daemon, as one record. */
import type { Logger } from 'pino';
import type { Queues } from '../queue/queues.ts';
import type { Store } from '../store/keys.ts';
import type { Config, Fault } from '../types.ts';

export interface WebDeps {
  /** Its connection must fail fast: no offline queue without bound. */
  readonly store: Store;
  readonly queues: Queues;
  /** The config in force. */
  readonly config: () => Config;
  /** Faults of the files on disk; empty while they are what is in force. */
  readonly faults: () => readonly Fault[];
  readonly liveness: { readonly startedAt: number; readonly version: string; readonly roles: readonly string[] };
  /** Queues a poll of each; returns how many jobs that makes. */
  readonly pollNow: (sources: readonly string[]) => Promise<number>;
  readonly regionName: (code: string) => string | null;
  /** GB/T 2260 codes that a region's name, code or group stands for; null where it is none. */
  readonly regionCodes: (name: string) => readonly string[] | null;
  readonly log: Logger;
  /** Epoch milliseconds. */
  readonly now: () => number;
}
