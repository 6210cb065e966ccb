/** Turns what a source's polls found into the one word that says how it is, and into what operators are told of. */
import type { AlertState, Rhythm, SourceHealth, SourceState } from '../model/source.ts';
import { N } from './numbers.ts';
import { DAY_MS } from '../text/time.ts';

/**
 * Milliseconds without a new entry after which a source of this rhythm is stale: some of its usual pauses between days
 * with entries, or more than its longest one. Null while no pause was seen.
 */
export function silenceOf(rhythm: Rhythm | null): number | null {
  if (rhythm === null || rhythm.gapDays === null || rhythm.longestGapDays === null) return null;
  const days = Math.max(N.health.usualPauses * rhythm.gapDays, N.health.longestPause * rhythm.longestGapDays);
  return Math.min(N.health.mostDays, days) * DAY_MS;
}

type Known = Pick<SourceState, 'lastPollAt' | 'failures' | 'gone' | 'changed' | 'newestEntryAt'> &
  Partial<Pick<SourceState, 'rhythm' | 'freshAt'>>;

/** `staleAfterMs`: the operator's bound; null: from the source's rhythm, `health.staleDays` while that is unknown. */
export function sourceHealth(state: Known, staleAfterMs: number | null, now: number): SourceHealth {
  if (state.lastPollAt === null) return 'new';
  if (state.gone) return 'gone';
  if (state.changed) return 'changed';
  if (state.failures > 0) return 'failing';
  const movedAt = lastMoved(state, now);
  if (movedAt === null) return 'healthy';
  const age = now - movedAt;
  const stale = staleAfterMs ?? silenceOf(state.rhythm ?? null) ?? N.health.staleDays * DAY_MS;
  if (age > stale) return 'stale';
  return age > Math.min(stale, N.health.quietDays * DAY_MS) ? 'quiet' : 'healthy';
}

/** When the source last brought something new: by its dates, or by what was seen where those are missing or to come. */
function lastMoved({ newestEntryAt, freshAt }: Known, now: number): number | null {
  if (newestEntryAt !== null && newestEntryAt <= now) return newestEntryAt;
  return freshAt ?? newestEntryAt;
}

/** What operators should have been told after this poll. States between keep what they were told before. */
export function alertState(
  state: Known & Pick<SourceState, 'troubled' | 'told'>,
  staleAfterMs: number | null,
  now: number,
): AlertState {
  const health = sourceHealth(state, staleAfterMs, now);
  switch (health) {
    case 'new':
      return state.told;
    case 'healthy':
    case 'quiet':
      return 'healthy';
    case 'failing':
    case 'changed':
      if (state.troubled < N.health.troubles) return state.told;
      // A source that is away need not be told of again because it fails in another way.
      return state.told === 'failing' || state.told === 'changed' ? state.told : health;
    case 'stale':
    case 'gone':
      return health;
    default:
      return health satisfies never;
  }
}
