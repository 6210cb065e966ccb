/** Fetches one page that belongs to what a source published, in its host's turn. */
import type { Fetcher, FetchRequest } from '../fetch/fetcher.ts';
import type { Config } from '../model/config.ts';
import type { FetchResult } from '../model/fetch.ts';
import { type HostTurnDeps, type MissedTurn, restAfter, takeHostTurn, type TurnWish } from './hostturn.ts';

export interface PageDeps extends HostTurnDeps {
  readonly config: () => Config;
  readonly fetcher: Fetcher;
}

/** What came, or the turn that is too far off. */
export async function fetchInTurn(
  deps: PageDeps,
  request: FetchRequest,
  { lease, patienceMs }: Pick<TurnWish, 'lease' | 'patienceMs'>,
): Promise<FetchResult | MissedTurn> {
  const { fetch: limits } = deps.config().settings;
  const turns = await takeHostTurn(deps, { address: request.url, lease, limits, patienceMs });
  if (turns.kind !== 'start') return turns;
  try {
    const { beforeHop } = turns;
    const result = await deps.fetcher.fetchDocument({ ...request, beforeHop });
    const missed = turns.missed();
    if (missed !== null) return missed;
    await restAfter(deps, result, limits);
    return result;
  } finally {
    await turns.leave();
  }
}
