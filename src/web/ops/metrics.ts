/** Turns the daemon's figures into Prometheus metrics, in a registry of this server's own. */
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import type { Cache } from '../http/renderings.ts';
import { CONDITIONS } from '../source/attention.ts';
import type { Status } from '../status/gather.ts';

export interface Metrics {
  readonly countRequest: (route: string, status: number) => void;
  /** `status`: null where the store is away; its figures are then left out. */
  readonly render: (status: Status | null) => Promise<string>;
  readonly contentType: string;
}

export function createMetrics(
  cache: Cache,
  counters: { readonly hits: number; readonly misses: number; readonly stale: number },
): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'deltawire_' });
  const gauge = <T extends string>(name: string, help: string, labelNames: readonly T[] = []) =>
    new Gauge({ name: `deltawire_${name}`, help, labelNames, registers: [registry] });
  // Counted in a map of our own: labels cost more than answering from memory does.
  const requestCounts = new Map<string, { readonly route: string; readonly status: number; count: number }>();
  const requests = new Counter({
    name: 'deltawire_http_requests_total',
    help: 'HTTP requests answered, by route and status.',
    labelNames: ['route', 'status'] as const,
    registers: [registry],
    collect() {
      this.reset();
      for (const { route, status, count } of requestCounts.values()) this.inc({ route, status }, count);
    },
  });
  const renderings = new Counter({
    name: 'deltawire_feed_renderings_total',
    help: 'Feed requests by how they were answered: from the cache (hit), rendered (miss), or with the last rendering while Redis was away (stale).',
    labelNames: ['result'] as const,
    registers: [registry],
    collect() {
      this.reset();
      this.inc({ result: 'hit' }, counters.hits);
      this.inc({ result: 'miss' }, counters.misses);
      this.inc({ result: 'stale' }, counters.stale);
    },
  });
  const cacheBytes = gauge('feed_cache_bytes', 'Bytes that rendered feeds take in memory, compressed forms estimated.');
  const up = gauge('store_up', '1 where Redis answered while these metrics were gathered.');
  const entries = gauge('entries', 'Entries stored.');
  const stories = gauge('stories', 'Stories stored.');
  const decisions = gauge('decisions_total', 'Decisions since the store was made, by kind.', ['decision']);
  const matched = gauge('story_entries_total', 'Entries matched with stories since the store was made.');
  const candidates = gauge('story_candidates_total', 'Stored entries that shared keys with those and were looked at.');
  const comparisons = gauge('story_comparisons_total', 'Comparisons, those of decisions made again included.');
  const merges = gauge('story_merges_total', 'Stories that turned out to be part of another one.');
  const jobs = gauge('queue_jobs', 'Jobs in each queue, by state.', ['queue', 'state']);
  const sources = gauge('sources', 'Sources by state.', ['state']);
  const failures = gauge('source_failures', 'Polls that failed since the last success, of sources that fail.', [
    'source',
  ]);
  const newest = gauge('source_newest_entry_seconds', 'Date of the newest entry, as Unix time.', ['source']);
  const faults = gauge(
    'config_faults',
    'Faults in the config files on disk; the last good config is in force while there are any.',
  );
  const rules = gauge('rules', 'Keep and drop rules and exclusions of the config, by whether they ever matched.', [
    'state',
  ]);
  const ofStore = [
    entries,
    stories,
    decisions,
    matched,
    candidates,
    comparisons,
    merges,
    jobs,
    sources,
    failures,
    newest,
    faults,
    rules,
  ];
  void requests;
  void renderings;

  function fill(status: Status): void {
    entries.set(status.totals.entries);
    stories.set(status.totals.stories);
    for (const decision of ['kept', 'dropped', 'merged'] as const) decisions.set({ decision }, status.totals[decision]);
    matched.set(status.matching.matched);
    candidates.set(status.matching.candidates);
    comparisons.set(status.matching.comparisons);
    merges.set(status.matching.storiesMerged);
    for (const { name, counts } of status.queues)
      for (const [state, count] of Object.entries(counts)) jobs.set({ queue: name, state }, count);
    for (const state of CONDITIONS) sources.set({ state }, status.sources.filter((row) => row.state === state).length);
    for (const { source, found } of status.sources) {
      if (found.failures > 0) failures.set({ source: source.id }, found.failures);
      if (found.newestEntryAt !== null) newest.set({ source: source.id }, Math.round(found.newestEntryAt / 1000));
    }
    faults.set(status.config.faults.length);
    const idle = status.rules.filter((rule) => rule.idle).length;
    rules.set({ state: 'idle' }, idle);
    rules.set({ state: 'active' }, status.rules.length - idle);
  }

  return {
    contentType: registry.contentType,
    countRequest: (route, status) => {
      const key = `${status}${route}`;
      const known = requestCounts.get(key);
      if (known === undefined) requestCounts.set(key, { route, status, count: 1 });
      else known.count++;
    },
    render: async (status) => {
      for (const metric of ofStore) metric.reset();
      cacheBytes.set(cache.sizes().bytes);
      up.set(status === null ? 0 : 1);
      if (status !== null) fill(status);
      return registry.metrics();
    },
  };
}
