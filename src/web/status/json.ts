/** Writes the status as `/api/status` gives it. */
import type { WebDeps } from '../deps.ts';
import { faultsJson } from '../config/json.ts';
import { sourceJson } from '../source/json.ts';
import { codeOf, say } from '../../reasons/render.ts';
import { iso } from '../ui/times.ts';
import type { Status } from './gather.ts';
import { ruleJson } from './rulestates.ts';

/** Times are ISO 8601 in UTC. */
export function statusJson(status: Status, liveness: WebDeps['liveness']): object {
  return {
    version: liveness.version,
    startedAt: iso(liveness.startedAt),
    roles: liveness.roles,
    now: iso(status.now),
    idle: status.idle,
    workers: status.workers.map((beat) => ({ ...beat, since: iso(beat.since), beatAt: iso(beat.beatAt) })),
    stops: status.stops.map((why) => ({ why: say(why, 'en'), whyCode: codeOf(why) })),
    unreadable: status.unreadable,
    overdue: status.overdue,
    redis: status.memory,
    totals: status.totals,
    queues: Object.fromEntries(status.queues.map(({ name, counts }) => [name, counts])),
    config: {
      version: status.config.version,
      loadedAt: iso(status.config.loadedAt),
      faults: faultsJson(status.config.faults, 'en'),
    },
    sources: status.sources.map(sourceJson),
    coverage: status.coverage,
    provinces: status.provinces,
    moves: status.moves,
    silences: status.silences,
    rules: status.rules.map(ruleJson),
    spam: status.spam,
    asides: status.asides.map(({ why, ...rest }) => ({ ...rest, why: say(why, 'en'), whyCode: codeOf(why) })),
  };
}
