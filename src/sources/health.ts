/** Turns what a source's polls found into the one word that says how it is, and into what operators are told of. */
import type { AlertState, Rhythm, SourceHealth, SourceState } from '../model/source.ts';
import { DAY_MS } from '../text/time.ts';

/** Alive, yet nothing new: the shortest pause that no weekend explains. */
const QUIET_AFTER_MS = 2 * DAY_MS;
/** Frozen feeds answer 200 for years with the same items; a week covers the long holidays of most outlets. */
const STALE_AFTER_MS = 7 * DAY_MS;
/** Bounds of what a source's own rhythm may say. */
const SHORTEST_SILENCE_MS = 2 * DAY_MS;
const LONGEST_SILENCE_MS = 60 * DAY_MS;
/** Polls in a row that must fail, or bring no feed, before operators are told: one is a hiccup, three are an outage. */
export const TROUBLES_BEFORE_ALERT = 3;

/**
 * Milliseconds without a new entry after which a source of this rhythm is stale: four of its usual pauses between days
 * with entries, or one and a half of its longest. Null while no pause was seen.
 */
export function silenceOf(rhythm: Rhythm | null): number | null {
  if (rhythm === null || rhythm.gapDays === null || rhythm.longestGapDays === null) return null;
  const days = Math.max(4 * rhythm.gapDays, 1.5 * rhythm.longestGapDays);
  return Math.min(LONGEST_SILENCE_MS, Math.max(SHORTEST_SILENCE_MS, days * DAY_MS));
}

type Known = Pick<SourceState, 'lastPollAt' | 'failures' | 'gone' | 'changed' | 'newestEntryAt'> &
  Partial<Pick<SourceState, 'rhythm' | 'freshAt'>>;

/** `staleAfterMs`: the operator's bound; null: from the source's rhythm, `STALE_AFTER_MS` while that is unknown. */
export function sourceHealth(state: Known, staleAfterMs: number | null, now: number): SourceHealth {
  if (state.lastPollAt === null) return 'new';
  if (state.gone) return 'gone';
  if (state.changed) return 'changed';
  if (state.failures > 0) return 'failing';
  const movedAt = lastMoved(state, now);
  if (movedAt === null) return 'healthy';
  const age = now - movedAt;
  const stale = staleAfterMs ?? silenceOf(state.rhythm ?? null) ?? STALE_AFTER_MS;
  if (age > stale) return 'stale';
  return age > Math.min(stale, QUIET_AFTER_MS) ? 'quiet' : 'healthy';
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
      if (state.troubled < TROUBLES_BEFORE_ALERT) return state.told;
      // A source that is away need not be told of again because it fails in another way.
      return state.told === 'failing' || state.told === 'changed' ? state.told : health;
    case 'stale':
    case 'gone':
      return health;
    default:
      return health satisfies never;
  }
}
