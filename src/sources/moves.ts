/** Says which sources' addresses should be changed in the config, because they moved for good. */
import type { SourceState } from '../model/source.ts';

/** One redirect may be an outage or a portal; three polls in a row that find the source there are a move. */
const POLLS_BEFORE_PROPOSAL = 3;

export interface ProposedMove {
  /** Source id. */
  readonly source: string;
  readonly from: string;
  readonly to: string;
}

/** The line to change, where a source has been found at its new address often enough; null otherwise. */
export function proposedMove(
  state: Pick<SourceState, 'id' | 'movedTo' | 'movedCount' | 'address'>,
  url: string,
): ProposedMove | null {
  // Of a route of an RSSHub, the address is not the config's to change.
  if (state.movedTo === null || state.movedCount < POLLS_BEFORE_PROPOSAL || state.address !== url) return null;
  return { source: state.id, from: url, to: state.movedTo };
}
