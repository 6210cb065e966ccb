/** Writes a source's status as `/api/status` gives it. */
import { publicAddress } from '../../text/secrets.ts';
import { iso } from '../ui/times.ts';
import type { SourceStatus } from './status.ts';

/** Times are ISO 8601 in UTC; `polls` is there where they were read. */
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
