/** Orders sources by how they are: what needs a person comes first. */
import type { SourceHealth } from '../../model/source.ts';

/** `paused`: disabled in the config. */
export type SourceCondition = SourceHealth | 'paused';

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

/** Orders by condition, then by failures, then as configured. */
export function byAttention(
  a: { readonly state: SourceCondition; readonly failures: number },
  b: { readonly state: SourceCondition; readonly failures: number },
): number {
  return CONDITIONS.indexOf(a.state) - CONDITIONS.indexOf(b.state) || b.failures - a.failures;
}
