/** Writes a source's status as `/api/status` gives it. */
import type { StoredReason } from '../../model/reason.ts';
import type { PageMemory, PollRecord } from '../../model/source.ts';
import { codeOf, say } from '../../reasons/render.ts';
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
    nextWhy: textOf(found.nextWhy),
    nextWhyCode: codeOrNull(found.nextWhy),
    newestEntryAt: iso(found.newestEntryAt),
    failures: found.failures,
    lastError: textOf(found.lastError),
    lastErrorCode: codeOrNull(found.lastError),
    held: found.held,
    heldWhy: textOf(found.heldWhy),
    heldWhyCode: codeOrNull(found.heldWhy),
    movedTo: found.movedTo === null ? null : publicAddress(found.movedTo),
    page: pageJson(found.page),
    title: found.title,
    at: source.at,
    week,
    ...(found.polls.length > 0 && {
      polls: found.polls.map(pollJson),
    }),
  };
}

/** How its news was found, of a page without selectors. */
function pageJson(page: PageMemory | null): object | null {
  if (page === null) return null;
  const { mode, items, dated, healedAt, unchanged, doubt } = page;
  return { mode, items, dated, healedAt: iso(healedAt), unchanged, doubtSince: iso(doubt?.at ?? null) };
}

function pollJson(poll: PollRecord): object {
  return {
    ...poll,
    at: iso(poll.at),
    newestAt: iso(poll.newestAt),
    repairs: poll.repairs.map((repair) => say(repair, 'en')),
    repairCodes: poll.repairs.map(codeOf),
    error: textOf(poll.error),
    errorCode: codeOrNull(poll.error),
  };
}

function textOf(reason: StoredReason | null): string | null {
  return reason === null ? null : say(reason, 'en');
}

function codeOrNull(reason: StoredReason | null): string | null {
  return reason === null ? null : codeOf(reason);
}
