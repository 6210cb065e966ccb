/** Reads the ledger's form: the query that it makes, or what is wrong with it. */
import type { Config } from '../../model/config.ts';
import type { LedgerQuery } from '../../model/decision.ts';
import type { Reason } from '../../model/reason.ts';
import { reason } from '../../reasons/catalogue.ts';
import { idsOf } from '../../sources/configured.ts';
import { regionFault } from '../feeds/query.ts';
import { legible } from '../http/legible.ts';
import { endOfDate, startOfDate } from '../ui/times.ts';

/** Filters as typed. */
export interface LedgerForm {
  readonly text: string;
  readonly source: string;
  readonly decision: string;
  readonly region: string;
  readonly rule: string;
  /** Code of a reason, or a family of codes such as `story.` */
  readonly code: string;
  readonly since: string;
  readonly until: string;
}

export interface LedgerRequest {
  readonly form: LedgerForm;
  readonly query: LedgerQuery;
  /** What is wrong with the filters. */
  readonly faults: readonly Reason[];
}

const DECISIONS = ['kept', 'merged', 'dropped'] as const;
const ROWS = 100;
const MAX_ROWS = 500;
/** A Redis stream id. */
const LEDGER_ID = /^\d{1,16}-\d{1,10}$/;

/** `text` gives a parameter as typed, empty where absent. Times are dates (Beijing), ISO 8601, or epoch milliseconds. */
export function readLedgerRequest(
  text: (name: string) => string,
  { sources, regions: places }: Pick<Config, 'sources' | 'regions'>,
  regionCodes: (name: string) => readonly string[] | null,
): LedgerRequest {
  const form: LedgerForm = {
    text: text('text'),
    source: text('source'),
    decision: text('decision'),
    region: text('region'),
    rule: text('rule'),
    code: text('code'),
    since: text('since'),
    until: text('until'),
  };
  const faults: Reason[] = [];
  const decision = DECISIONS.find((one) => one === form.decision);
  if (form.decision !== '' && decision === undefined)
    faults.push(reason('request.decision', { known: DECISIONS, given: legible(form.decision) }));
  // A source may have left the config while its rows remain, so only what can be no id is wrong; a name is taken too.
  const known = sources.find(({ id, name, formerly }) => [id, name, ...formerly].includes(form.source));
  const wanted = known === undefined ? [form.source] : idsOf({ sources }, known.id);
  const regions = form.region === '' ? undefined : regionCodes(form.region);
  if (regions === null) faults.push(regionFault(form.region, places));
  if (regions !== null && regions !== undefined && regions.length > 1)
    faults.push(reason('request.region.several', { region: legible(form.region), regions: regions.length }));
  const since = readTime(form.since, startOfDate);
  const until = readTime(form.until, endOfDate);
  if (since === null) faults.push(reason('request.since', { given: legible(form.since) }));
  if (until === null) faults.push(reason('request.until', { given: legible(form.until) }));
  const before = text('before');
  if (before !== '' && !LEDGER_ID.test(before)) faults.push(reason('request.before', { given: legible(before) }));
  const limit = text('limit') === '' ? ROWS : Number(text('limit'));
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_ROWS)
    faults.push(reason('request.whole', { name: 'limit', most: MAX_ROWS, given: legible(text('limit')) }));
  return {
    form,
    faults,
    query: {
      text: form.text || undefined,
      sources: form.source === '' ? undefined : wanted,
      decision,
      region: regions?.[0],
      rule: form.rule || undefined,
      code: form.code || undefined,
      since: since ?? undefined,
      until: until ?? undefined,
      before: before || undefined,
      limit,
    },
  };
}

/** Undefined where nothing was typed, null where it is no time. */
function readTime(typed: string, ofDate: (date: string) => number | null): number | null | undefined {
  if (typed === '') return undefined;
  if (/^\d{12,14}$/.test(typed)) return Number(typed);
  const whole = ofDate(typed);
  if (whole !== null) return whole;
  const at = /^\d{4}-\d\d-\d\dT/.test(typed) ? Date.parse(typed) : Number.NaN;
  return Number.isNaN(at) ? null : at;
}
