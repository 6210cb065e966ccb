/** What is said of where an entry stands now: in which editions, on which page, or what keeps it out. */
import type { Reason, StoredReason } from './reason.ts';

/** What keeps an entry out of an edition's feed. `digest`: it tells of a day's weightiest stories only. `placing`: the editions changed, and stored stories are being placed anew. */
export type KeptOutBy =
  | 'digest'
  | 'region'
  | 'drop'
  | 'sources'
  | 'match'
  | 'maxAge'
  | 'perSource'
  | 'withdrawn'
  | 'barred'
  | 'placing';

export interface StandingIn {
  readonly edition: string;
  readonly title: string;
  /** From 1, of the plain feed. */
  readonly page: number;
  /** In Beijing: the day of the archive that it is in. */
  readonly day: string;
  readonly why: Reason;
}

export interface StandingOut {
  readonly edition: string;
  readonly title: string;
  readonly by: KeptOutBy;
  readonly why: StoredReason;
}

export interface Standing {
  readonly entry: string;
  readonly title: string;
  readonly link: string | null;
  readonly source: string;
  /** Where the entry is a copy; null where it is in none (any more). */
  readonly story: string | null;
  readonly in: readonly StandingIn[];
  readonly out: readonly StandingOut[];
}

/** What an entry is asked for by. */
export type AskedEntry = { readonly id: string } | { readonly url: string } | { readonly title: string };
