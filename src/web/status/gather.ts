/** Gathers what the desk shows of the daemon: sources, totals, queues, coverage, config. */
import { readCoverage, readCoverageByDay } from '../../store/ledger/coverage.ts';
import { readFigures, readTotals, readMatching, type MatchingFigures } from '../../store/ledger/figures.ts';
import { proposedMove, type ProposedMove } from '../../sources/moves.ts';
import { maskAddresses, publicAddress } from '../../text/secrets.ts';
import { readRuleStates, ruleJson, type RuleState } from './rulestates.ts';
import { findSilences, SILENCE_DAYS, type Silence } from '../../sources/silence.ts';
import type { Fault } from '../../model/config.ts';
import type { DayFigures, Totals } from '../../model/decision.ts';
import type { Source, SourceState } from '../../model/source.ts';
import { readSpam, type SpamCount } from '../../store/sources/habits.ts';
import { readSourceStates } from '../../store/sources/sources.ts';
import { fromStore, shared } from '../http/storetimeout.ts';
import type { WebDeps } from '../deps.ts';
import { byAttention, type SourceCondition, sourceHealth } from '../source/attention.ts';
import { iso } from '../ui/times.ts';

export const WEEK_DAYS = 7;
/** Readings of the sources' states may be this old; two thousand of them cost some tens of milliseconds. */
const SOURCES_MS = 500;
/** The week's figures are the larger part of a reading and move slowly. */
const FIGURES_MS = 10_000;
const FIGURES_LATE_MS = 60_000;
/** Counts of rules may be this old. */
const RULES_MS = 500;
const COUNTED = ['waiting', 'prioritized', 'active', 'delayed', 'failed', 'completed'] as const;
type Counted = (typeof COUNTED)[number];
/** Jobs in these are work that waits or runs. */
const UNDONE: readonly Counted[] = ['waiting', 'prioritized', 'active', 'delayed'];
/** Queues that bring news. What is only told to others (a webhook that is away for hours) leaves the daemon idle. */
const NEWS = new Set(['poll', 'fulltext', 'ingest']);

export interface SourceStatus {
  readonly source: Source;
  readonly found: SourceState;
  readonly state: SourceCondition;
  readonly week: readonly DayFigures[];
}

export interface QueueStatus {
  readonly name: string;
  readonly counts: Readonly<Record<Counted, number>>;
}

export interface CoverageRow {
  readonly code: string;
  readonly name: string;
  readonly day: number;
  readonly week: number;
}

export interface Status {
  readonly now: number;
  /** What needs attention first. */
  readonly sources: readonly SourceStatus[];
  readonly totals: Totals;
  readonly matching: MatchingFigures;
  readonly queues: readonly QueueStatus[];
  readonly idle: boolean;
  /** Most entries in the week first. */
  readonly coverage: readonly CoverageRow[];
  /** Addresses to change in the config. */
  readonly moves: readonly (ProposedMove & { readonly at: Source['at'] })[];
  /** Longest missed first. */
  readonly silences: readonly (Silence & { readonly name: string })[];
  /** In the config's order. */
  readonly rules: readonly RuleState[];
  /** Sources that bring mostly spam, the worst first. */
  readonly spam: readonly (SpamCount & { readonly source: string; readonly name: string; readonly at: Source['at'] })[];
  readonly config: { readonly version: string; readonly loadedAt: number; readonly faults: readonly Fault[] };
}

export function statusReader(deps: WebDeps): () => Promise<Status> {
  const { store, queues, config, now } = deps;
  const readWeek = shared(() => readFigures(store, now(), WEEK_DAYS), FIGURES_MS, FIGURES_LATE_MS);
  const readSilences = shared(
    async () => findSilences(await readCoverageByDay(store, now(), SILENCE_DAYS), config().regions.home),
    FIGURES_MS,
    FIGURES_LATE_MS,
  );
  const readSpammed = shared(() => readSpam(store), FIGURES_MS, FIGURES_LATE_MS);
  const readSources = shared(async () => {
    const { sources, settings } = config();
    const at = now();
    const [states, figures] = await Promise.all([
      readSourceStates(
        store,
        sources.map(({ id }) => id),
      ),
      readWeek.read(),
    ]);
    return sources
      .map((source, i): SourceStatus => {
        const found = states[i] as SourceState;
        const state = source.enabled ? sourceHealth(found, settings.alerts.staleAfterMs, at) : 'paused';
        return { source, found, state, week: figures.get(source.id) ?? [] };
      })
      .sort((a, b) =>
        byAttention({ state: a.state, failures: a.found.failures }, { state: b.state, failures: b.found.failures }),
      );
  }, SOURCES_MS);
  const readRules = shared(() => readRuleStates(deps), RULES_MS);
  return () =>
    fromStore(async () => {
      const at = now();
      const [sources, silences, spam, rules, totals, matching, counts, day, week] = await Promise.all([
        readSources.read(),
        readSilences.read(),
        readSpammed.read(),
        readRules.read(),
        readTotals(store),
        readMatching(store),
        Promise.all(Object.values(queues).map((queue) => queue.getJobCounts(...COUNTED))),
        readCoverage(store, at, 1),
        readCoverage(store, at, WEEK_DAYS),
      ]);
      const queueRows = Object.values(queues).map(({ name }, i): QueueStatus => ({
        name,
        counts: Object.fromEntries(COUNTED.map((state) => [state, counts[i]?.[state] ?? 0])) as Record<Counted, number>,
      }));
      const { version, loadedAt } = config();
      return {
        now: at,
        sources,
        totals,
        matching,
        queues: queueRows,
        idle: queueRows.every((row) => !NEWS.has(row.name) || UNDONE.every((state) => row.counts[state] === 0)),
        coverage: [...week]
          .map(([code, count]) => ({ code, name: deps.regionName(code) ?? code, day: day.get(code) ?? 0, week: count }))
          .sort((a, b) => b.week - a.week || (a.code < b.code ? -1 : 1)),
        moves: sources.flatMap(({ source, found }) => {
          const move = source.enabled ? proposedMove(found, source.url) : null;
          return move === null
            ? []
            : [{ ...move, from: maskAddresses(move.from), to: maskAddresses(move.to), at: source.at }];
        }),
        silences: silences.map(({ code, days, usual, last }) => ({
          code,
          name: deps.regionName(code) ?? code,
          days,
          usual,
          last,
        })),
        rules,
        spam: mostlySpam(sources, spam),
        config: { version, loadedAt, faults: deps.faults() },
      };
    });
}

/** A handful of entries proves nothing. */
const LEAST_ENTRIES = 10;
const MOSTLY = 0.5;

function mostlySpam(sources: readonly SourceStatus[], counts: ReadonlyMap<string, SpamCount>): Status['spam'] {
  return sources
    .flatMap(({ source: { id, name, enabled, at } }) => {
      const { spammed, entries } = counts.get(id) ?? { spammed: 0, entries: 0 };
      if (!enabled || entries < LEAST_ENTRIES || spammed < entries * MOSTLY) return [];
      return [{ source: id, name, spammed, entries, at }];
    })
    .sort((a, b) => b.spammed / b.entries - a.spammed / a.entries);
}

/** What `/api/status` says; times are ISO 8601 in UTC. */
export function statusJson(status: Status, liveness: WebDeps['liveness']): object {
  return {
    version: liveness.version,
    startedAt: iso(liveness.startedAt),
    roles: liveness.roles,
    now: iso(status.now),
    idle: status.idle,
    totals: status.totals,
    queues: Object.fromEntries(status.queues.map(({ name, counts }) => [name, counts])),
    config: { ...status.config, loadedAt: iso(status.config.loadedAt) },
    sources: status.sources.map(sourceJson),
    coverage: status.coverage,
    moves: status.moves,
    silences: status.silences,
    rules: status.rules.map(ruleJson),
    spam: status.spam,
  };
}

export function sourceJson({ source, found, state, week }: SourceStatus): object {
  return {
    id: source.id,
    name: source.name,
    url: publicAddress(source.url),
    kind: source.kind,
    group: source.group,
    region: source.region,
    enabled: source.enabled,
    state,
    lastPollAt: iso(found.lastPollAt),
    lastSuccessAt: iso(found.lastSuccessAt),
    nextPollAt: iso(found.nextPollAt),
    nextWhy: found.nextWhy,
    newestEntryAt: iso(found.newestEntryAt),
    failures: found.failures,
    lastError: found.lastError,
    movedTo: found.movedTo === null ? null : publicAddress(found.movedTo),
    title: found.title,
    at: source.at,
    week,
    ...(found.polls.length > 0 && {
      polls: found.polls.map((poll) => ({ ...poll, at: iso(poll.at), newestAt: iso(poll.newestAt) })),
    }),
  };
}
