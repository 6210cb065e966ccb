/** Gathers what the desk shows of the daemon: sources, totals, queues, coverage, config. */
import type { Unreadable } from '../../model/storedrecord.ts';
import { readCoverageByDay } from '../../store/ledger/coverage.ts';
import { type MatchingFigures, readMatching, readReasonCounts, readTotals } from '../../store/ledger/figures.ts';
import { readStages, type StageTimes } from '../../store/ledger/stagetimes.ts';
import { readSpam, type SpamCount } from '../../store/sources/habits.ts';
import { proposedMove, type ProposedMove } from '../../sources/moved.ts';
import { N } from '../../sources/numbers.ts';
import { findSilences, type Silence } from '../../sources/silence.ts';
import { maskAddresses } from '../../text/secrets.ts';
import type { Fault } from '../../model/config.ts';
import type { Totals } from '../../model/decision.ts';
import type { Source } from '../../model/source.ts';
import { fromStore, shared } from '../http/storetimeout.ts';
import type { WebDeps } from '../deps.ts';
import { FIGURES_LATE_MS, FIGURES_MS, type SourceReader, type SourceStatus } from '../source/status.ts';
import { type AsideSource, listAsides, readAsides } from './asides.ts';
import { type CoverageRow, type ProvinceCoverage, readCoverageRows, readProvinces } from './coveragerows.ts';
import { memoryShort } from '../../sources/memoryshort.ts';
import { probeWrites, readBeats, stopsOf } from '../../store/beats.ts';
import type { Beat } from '../../model/beat.ts';
import { readUnreadable } from '../../store/redis/unreadable.ts';
import { networkAway } from '../../store/sources/network.ts';
import { readMemory, type RedisMemory } from '../../store/redis/connect.ts';
import type { Reason } from '../../model/reason.ts';
import { isIdle, type QueueStatus, readQueues } from './queuecounts.ts';
import { readRuleStates, type RuleState } from './rulestates.ts';

/** Counts of rules may be this old. */
const RULES_MS = 500;

export interface Status {
  readonly now: number;
  /** What needs attention first. */
  readonly sources: readonly SourceStatus[];
  readonly totals: Totals;
  readonly matching: MatchingFigures;
  /** What the stages of ingest took since the store was made. */
  readonly stages: readonly StageTimes[];
  /** Decisions by the code of their reason. */
  readonly reasons: ReadonlyMap<string, number>;
  readonly queues: readonly QueueStatus[];
  readonly idle: boolean;
  readonly memory: RedisMemory;
  /** Redis has little memory left; null: enough, or no bound is known. */
  readonly memoryShort: Reason | null;
  /** Processes of the daemon that live. */
  readonly workers: readonly Beat[];
  /** What keeps the daemon from working: Redis takes no writes, nobody does a part of the work. */
  readonly stops: readonly Reason[];
  /** Stored records that cannot be read and are skipped. */
  readonly unreadable: readonly Unreadable[];
  /** Sources that were due a while ago and were not taken up. */
  readonly overdue: number;
  /** Most entries in the week first. */
  readonly coverage: readonly CoverageRow[];
  /** Of the provinces that the editions are about, with all their cities. */
  readonly provinces: readonly ProvinceCoverage[];
  /** Addresses to change in the config. */
  readonly moves: readonly (ProposedMove & { readonly at: Source['at'] })[];
  /** Longest missed first. */
  readonly silences: readonly (Silence & { readonly name: string })[];
  /** In the config's order. */
  readonly rules: readonly RuleState[];
  /** Sources that bring mostly spam, the worst first. */
  readonly spam: readonly (SpamCount & { readonly source: string; readonly name: string; readonly at: Source['at'] })[];
  /** Sources of which items were set aside in the last days. */
  readonly asides: readonly AsideSource[];
  readonly config: { readonly version: string; readonly loadedAt: number; readonly faults: readonly Fault[] };
}

/** Rejects with StoreAwayError where Redis does not answer in time. */
export function statusReader(deps: WebDeps, sources: SourceReader): () => Promise<Status> {
  const { store, queues, config, now, regionName } = deps;
  const silences = shared(
    async () => findSilences(await readCoverageByDay(store, now(), N.place.windowDays), config().regions.home),
    FIGURES_MS,
    FIGURES_LATE_MS,
  );
  const spam = shared(() => readSpam(store), FIGURES_MS, FIGURES_LATE_MS);
  const asides = shared(() => readAsides(store, now()), FIGURES_MS, FIGURES_LATE_MS);
  const provinces = shared(() => readProvinces(deps, now()), FIGURES_MS, FIGURES_LATE_MS);
  const rules = shared(() => readRuleStates(deps), RULES_MS);

  async function gather(): Promise<Status> {
    const at = now();
    const [
      rows,
      silent,
      spammed,
      aside,
      ruleStates,
      totals,
      matching,
      stages,
      reasons,
      queueRows,
      coverage,
      provinceRows,
      memory,
      workers,
      unreadable,
      away,
    ] = await Promise.all([
      sources.all(),
      silences.read(),
      spam.read(),
      asides.read(),
      rules.read(),
      readTotals(store),
      readMatching(store),
      readStages(store),
      readReasonCounts(store),
      readQueues(queues),
      readCoverageRows(deps, at),
      provinces.read(),
      readMemory(store),
      readBeats(store),
      readUnreadable(store),
      networkAway(store),
    ]);
    // Last: where it finds a replica, the connection is made anew.
    const refusal = await probeWrites(store);
    const { version, loadedAt } = config();
    return {
      now: at,
      sources: rows,
      totals,
      matching,
      stages,
      reasons,
      queues: queueRows,
      idle: isIdle(queueRows),
      memory,
      memoryShort: memoryShort(memory),
      workers,
      unreadable,
      stops: [...(refusal === null ? [] : [refusal]), ...stopsOf(workers), ...(away === null ? [] : [away])],
      overdue: rows.filter((row) => isOverdue(row, at)).length,
      coverage,
      provinces: provinceRows,
      moves: movesOf(rows),
      silences: silent.map((silence) => Object.assign({ name: regionName(silence.code) ?? silence.code }, silence)),
      rules: ruleStates,
      spam: mostlySpam(rows, spammed),
      asides: listAsides(rows, aside),
      config: { version, loadedAt, faults: deps.faults() },
    };
  }

  return () => fromStore(gather);
}

/** A sweep takes up what is due each second, some thousands at a time. */
const OVERDUE_MS = 120_000;

function isOverdue({ source, found: { nextPollAt } }: SourceStatus, now: number): boolean {
  return source.enabled && nextPollAt !== null && now - nextPollAt > OVERDUE_MS;
}

function movesOf(sources: readonly SourceStatus[]): Status['moves'] {
  return sources.flatMap(({ source, found }) => {
    const move = source.enabled ? proposedMove(found, source.url) : null;
    if (move === null) return [];
    return [{ ...move, from: maskAddresses(move.from), to: maskAddresses(move.to), at: source.at }];
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
