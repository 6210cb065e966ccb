/** What was taken out of an item, and the row that took it. */
import type { Cleaned, Removal as NamedRemoval } from '../../model/entry.ts';
import type { NonEntryName } from '../nonentries.ts';
import type { Decider } from '../lines/judge.ts';
import type { Row, Traits } from '../lines/linerule.ts';
import type { PlaceName } from './places.ts';

type RuleName = Decider['name'] | PlaceName;
export type Removal = NamedRemoval<RuleName>;
export type CleanedItem = Cleaned<RuleName, NonEntryName>;

/** A removal with what its row says of it. */
export interface Taken {
  readonly by: Row<RuleName> & Partial<Traits>;
  readonly text: string;
}

export function nameTaken(taken: readonly Taken[]): readonly Removal[] {
  return taken.map(({ by, text }) => ({ rule: by.name, text }));
}
