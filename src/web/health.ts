/** Turns what a source's polls found into the one word that says how it is, and sorts what needs a person first. */
import type { SourceHealth, SourceState } from '../store/model.ts';

/** `paused`: disabled in the config. */
export type SourceCondition = SourceHealth | 'paused';

const DAY_MS = 86_400_000;
/** Alive, yet nothing new: the shortest pause that no weekend explains. */
export const QUIET_AFTER_MS = 2 * DAY_MS;
/** Frozen feeds answer 200 for years with the same items; a week covers the long holidays of most outlets. */
export const STALE_AFTER_MS = 7 * DAY_MS;

/** Worst first: the order in which a person should look at sources. */
export const CONDITIONS: readonly SourceCondition[] = [
  'gone',
  'changed',
  'failing',
  'stale',
  'new',
  'quiet',
  'healthy',
  'paused',
];

/** Conditions that ask a person to do something. */
export const NEEDS_ATTENTION: ReadonlySet<SourceCondition> = new Set(['gone', 'changed', 'failing', 'stale']);

/** `staleAfterMs`: the operator's bound; null: `STALE_AFTER_MS`. */
export function sourceHealth(
  state: Pick<SourceState, 'lastPollAt' | 'failures' | 'gone' | 'changed' | 'newestEntryAt'>,
  staleAfterMs: number | null,
  now: number,
): SourceHealth {
  if (state.lastPollAt === null) return 'new';
  if (state.gone) return 'gone';
  if (state.changed) return 'changed';
  if (state.failures > 0) return 'failing';
  // Undated documents cannot be told fresh from frozen by their dates.
  if (state.newestEntryAt === null) return 'healthy';
  const age = now - state.newestEntryAt;
  if (age > (staleAfterMs ?? STALE_AFTER_MS)) return 'stale';
  return age > QUIET_AFTER_MS ? 'quiet' : 'healthy';
}

/** Orders by condition, then by failures, then as configured. */
export function byAttention(
  a: { readonly state: SourceCondition; readonly failures: number },
  b: { readonly state: SourceCondition; readonly failures: number },
): number {
  return CONDITIONS.indexOf(a.state) - CONDITIONS.indexOf(b.state) || b.failures - a.failures;
}
