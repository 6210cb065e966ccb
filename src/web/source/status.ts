/** Reads how each source is: what its polls found, the state that this makes, and its figures of the week. */
import { readFigures } from '../../store/ledger/figures.ts';
import type { DayFigures } from '../../model/decision.ts';
import type { Source, SourceState } from '../../model/source.ts';
import { sourceHealth } from '../../sources/health.ts';
import { readSourceState, readSourceStates } from '../../store/sources/sources.ts';
import type { WebDeps } from '../deps.ts';
import { fromStore, shared } from '../http/storetimeout.ts';
import { byAttention, type SourceCondition } from './attention.ts';

const WEEK_DAYS = 7;
/** Readings of the sources' states may be this old; two thousand of them cost some tens of milliseconds. */
export const SHARED_MS = 500;
/** Figures of days are the larger part of a reading and move slowly; where Redis is late they may be older still. */
export const FIGURES_MS = 10_000;
export const FIGURES_LATE_MS = 60_000;

export interface SourceStatus {
  readonly source: Source;
  readonly found: SourceState;
  readonly state: SourceCondition;
  /** Oldest day first; empty where nothing was counted in the week. */
  readonly week: readonly DayFigures[];
}

export interface SourceReader {
  /** What needs attention first; without the records of single polls. */
  readonly all: () => Promise<readonly SourceStatus[]>;
  /** One source with its last polls; null where the config has no such source. */
  readonly one: (id: string) => Promise<SourceStatus | null>;
}

/** Both throw StoreAwayError where Redis does not answer in time. */
export function createSourceReader({ store, config, now }: WebDeps): SourceReader {
  const week = shared(() => readFigures(store, now(), WEEK_DAYS), FIGURES_MS, FIGURES_LATE_MS);
  const sources = shared(async () => {
    const { sources, settings } = config();
    const [states, figures] = await Promise.all([
      readSourceStates(
        store,
        sources.map(({ id }) => id),
      ),
      week.read(),
    ]);
    return sources
      .map((source, i): SourceStatus => {
        const found = standing(source, states[i] as SourceState);
        const state = source.enabled ? sourceHealth(found, settings.alerts.staleAfterMs, now()) : 'paused';
        return { source, found, state, week: figures.get(source.id) ?? [] };
      })
      .sort((a, b) =>
        byAttention({ state: a.state, failures: a.found.failures }, { state: b.state, failures: b.found.failures }),
      );
  }, SHARED_MS);
  const all = () => fromStore(() => sources.read());
  return {
    all,
    one: async (id) => {
      const row = (await all()).find(({ source }) => source.id === id);
      if (row === undefined) return null;
      return { ...row, found: standing(row.source, await fromStore(() => readSourceState(store, id))) };
    },
  };
}

/** A paused source is not polled next, whatever was planned when it was paused. */
function standing({ enabled }: Source, found: SourceState): SourceState {
  return enabled ? found : { ...found, nextPollAt: null, nextWhy: null };
}
