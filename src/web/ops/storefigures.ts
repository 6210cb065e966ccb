/** The figures that the store tells, one row a metric. */
import { isCode } from '../../reasons/catalogue.ts';
import { CONDITIONS } from '../source/attention.ts';
import { ROLES } from '../../model/beat.ts';
import { citiesOf } from '../status/coveragerows.ts';
import type { Status } from '../status/gather.ts';

type Value = readonly [value: number, labels?: Readonly<Record<string, string>>];

export interface Figure<T> {
  /** Without the prefix `deltawire_`. */
  readonly name: string;
  readonly help: string;
  readonly labels?: readonly string[];
  /** It only ever goes up, but for a restart: a Prometheus counter; otherwise a gauge. */
  readonly counts?: true;
  readonly values: (of: T) => readonly Value[];
}

/** What the store tells. */
export const OF_STORE: readonly Figure<Status>[] = [
  { name: 'entries', help: 'Entries stored.', values: ({ totals }) => [[totals.entries]] },
  { name: 'stories', help: 'Stories stored.', values: ({ totals }) => [[totals.stories]] },
  {
    name: 'decisions_total',
    help: 'Decisions since the store was made, by kind.',
    labels: ['decision'],
    counts: true,
    values: ({ totals }) =>
      (['kept', 'dropped', 'merged'] as const).map((decision) => [totals[decision], { decision }]),
  },
  {
    name: 'decisions_by_reason_total',
    help: 'Decisions by the code of their reason (docs/reasons.md), since the store knows codes.',
    labels: ['code'],
    counts: true,
    values: ({ reasons }) => [...reasons].filter(([code]) => isCode(code)).map(([code, count]) => [count, { code }]),
  },
  {
    name: 'story_entries_total',
    help: 'Entries matched with stories since the store was made.',
    counts: true,
    values: ({ matching }) => [[matching.matched]],
  },
  {
    name: 'story_candidates_total',
    help: 'Stored entries that shared keys with those and were looked at.',
    counts: true,
    values: ({ matching }) => [[matching.candidates]],
  },
  {
    name: 'story_comparisons_total',
    help: 'Comparisons, those of decisions made again included.',
    counts: true,
    values: ({ matching }) => [[matching.comparisons]],
  },
  {
    name: 'story_merges_total',
    help: 'Stories that turned out to be part of another one.',
    counts: true,
    values: ({ matching }) => [[matching.storiesMerged]],
  },
  {
    name: 'stage_seconds_total',
    help: 'Time that batches of items spent in a stage of ingest since the store was made, over all workers.',
    labels: ['stage'],
    counts: true,
    values: ({ stages }) => stages.map(({ stage, ms }) => [ms / 1000, { stage }]),
  },
  {
    name: 'stage_runs_total',
    help: 'Batches of items (20 at most) that went through a stage of ingest since the store was made.',
    labels: ['stage'],
    counts: true,
    values: ({ stages }) => stages.map(({ stage, runs }) => [runs, { stage }]),
  },
  {
    name: 'queue_jobs',
    help: 'Jobs in each queue, by state.',
    labels: ['queue', 'state'],
    values: ({ queues }) =>
      queues.flatMap(({ name, counts }) =>
        Object.entries(counts).map(([state, count]): Value => [count, { queue: name, state }]),
      ),
  },
  {
    name: 'sources',
    help: 'Sources by state.',
    labels: ['state'],
    values: ({ sources }) =>
      CONDITIONS.map((state) => [sources.filter((row) => row.state === state).length, { state }]),
  },
  {
    name: 'source_failures',
    help: 'Polls that failed since the last success, of sources that fail.',
    labels: ['source'],
    values: ({ sources }) =>
      sources
        .filter(({ found }) => found.failures > 0)
        .map(({ source, found }) => [found.failures, { source: source.id }]),
  },
  {
    name: 'source_newest_entry_seconds',
    help: 'Date of the newest entry, as Unix time.',
    labels: ['source'],
    values: ({ sources }) =>
      sources.flatMap(({ source, found: { newestEntryAt: at } }): Value[] =>
        at === null ? [] : [[Math.round(at / 1000), { source: source.id }]],
      ),
  },
  {
    name: 'source_held_items',
    help: 'Items that wait for later polls, for they are more than the quotas of their source.',
    labels: ['source'],
    values: ({ sources }) =>
      sources.filter(({ found }) => found.held > 0).map(({ source, found }) => [found.held, { source: source.id }]),
  },
  {
    name: 'redis_used_bytes',
    help: 'Memory that Redis uses.',
    values: ({ memory }) => [[memory.usedBytes]],
  },
  {
    name: 'redis_max_bytes',
    help: 'Memory that Redis may use (maxmemory); 0: no bound is set.',
    values: ({ memory }) => [[memory.maxBytes ?? 0]],
  },
  {
    name: 'processes',
    help: 'Processes of the daemon that live, by role.',
    labels: ['role'],
    values: ({ workers }) =>
      ROLES.map((role) => [workers.filter(({ roles }) => roles.includes(role)).length, { role }]),
  },
  {
    name: 'city_stories',
    help: 'Stories of a city whose date lies in the last 24 hours (day) or seven days (week), of the provinces that the editions are about.',
    labels: ['code', 'city', 'span'],
    values: ({ provinces }) =>
      citiesOf(provinces).flatMap(({ code, name: city, day, week }): Value[] => [
        [day, { code, city, span: 'day' }],
        [week, { code, city, span: 'week' }],
      ]),
  },
  {
    name: 'jobs_in_hand',
    help: 'Polls, articles and ingests that workers have in hand.',
    values: ({ workers }) => [[workers.reduce((sum, { busy }) => sum + busy, 0)]],
  },
  {
    name: 'store_unreadable_records',
    help: 'Stored records that cannot be read and are skipped.',
    values: ({ unreadable }) => [[unreadable.length]],
  },
  {
    name: 'network_away',
    help: '1 where none of the hosts that were asked lately can be reached.',
    values: ({ stops }) => [[stops.some(({ code }) => code === 'network.away') ? 1 : 0]],
  },
  {
    name: 'clock_set',
    help: '1 where the clock of a machine was set within the last ten minutes.',
    values: ({ workers }) => [[workers.some(({ clockSetMs }) => clockSetMs !== 0) ? 1 : 0]],
  },
  {
    name: 'polls_overdue',
    help: 'Sources that were due more than two minutes ago and were not taken up.',
    values: ({ overdue }) => [[overdue]],
  },
  {
    name: 'config_faults',
    help: 'Faults in the config files on disk; the last good config is in force while there are any.',
    values: ({ config }) => [[config.faults.length]],
  },
  {
    name: 'rules',
    help: 'Keep and drop rules and exclusions of the config, by whether they ever matched.',
    labels: ['state'],
    values: ({ rules }) => {
      const idle = rules.filter((rule) => rule.idle).length;
      return [
        [idle, { state: 'idle' }],
        [rules.length - idle, { state: 'active' }],
      ];
    },
  },
];
