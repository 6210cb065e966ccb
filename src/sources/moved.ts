/** Follows a source that moved for good (301, 308): which address to ask, what a poll says of the move, when the config should follow. */
import type { FetchResult } from '../model/fetch.ts';
import { reason } from '../reasons/catalogue.ts';
import type { SourceState } from '../model/source.ts';
import { isDated } from './datedaddress.ts';

export type Move = Pick<SourceState, 'movedTo' | 'movedCount'>;

const STAYED: Move = { movedTo: null, movedCount: 0 };

/** The address to ask: where the source moved, at once (RFC 9110 §15.4.2), else the configured one. */
export function addressToAsk(state: Pick<SourceState, 'movedTo'>, configured: string): string {
  return state.movedTo ?? configured;
}

/**
 * What is known of a move after a poll of `asked`. `brought`: the poll brought a feed, new or unchanged; where the new
 * address does not, the configured one is asked again. Each poll in a row that finds the source there counts.
 */
export function moveAfter(
  before: Move,
  configured: string,
  asked: string,
  result: FetchResult,
  brought: boolean,
): Move {
  // A dated address is another one tomorrow.
  if (!brought || isDated(configured)) return STAYED;
  const target = permanentTarget(result);
  if (target !== null) return mayMove(configured, target) ? { movedTo: target, movedCount: 1 } : STAYED;
  if (asked === configured || before.movedTo === null) return STAYED;
  return { movedTo: before.movedTo, movedCount: before.movedCount + 1 };
}

/** Where the permanent redirects at the beginning of the way lead: what follows a temporary one is temporary. */
function permanentTarget({ redirects }: FetchResult): string | null {
  const end = redirects.findIndex(({ status }) => status !== 301 && status !== 308);
  return (end < 0 ? redirects : redirects.slice(0, end)).at(-1)?.to ?? null;
}

/** Not to less safety, and not where the address itself carries what only the old server should see. */
function mayMove(from: string, to: string): boolean {
  if (!URL.canParse(from) || !URL.canParse(to)) return false;
  const [old, next] = [new URL(from), new URL(to)];
  if (old.username !== '' || old.password !== '') return false;
  return next.protocol === 'https:' || (next.protocol === 'http:' && old.protocol === 'http:');
}

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

/** At an address that only a redirect named, 410 speaks of that address and not of the source. */
export function judgeMoved(result: FetchResult): FetchResult {
  if (result.outcome !== 'gone') return result;
  const why = reason('fetch.status.gone-where-moved');
  const { url, status, redirects, elapsedMs } = result;
  return { outcome: 'failed', stage: 'status', reason: why, url, status, redirects, elapsedMs, retryAfterMs: null };
}
