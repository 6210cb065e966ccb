/** Reads the ledger's form: the query that it makes, or what is wrong with it. */
import type { Config } from '../../model/config.ts';
import type { LedgerQuery } from '../../model/decision.ts';
import { quote } from '../http/quote.ts';
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
  readonly fault: string | null;
}

const DECISIONS = ['kept', 'merged', 'dropped'] as const;
const ROWS = 100;
const MAX_ROWS = 500;
/** A Redis stream id. */
const LEDGER_ID = /^\d{1,16}-\d{1,10}$/;

/** `text` gives a parameter as typed, empty where absent. Times are dates (Beijing), ISO 8601, or epoch milliseconds. */
export function readLedgerRequest(
  text: (name: string) => string,
  sources: Config['sources'],
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
  const faults: string[] = [];
  const decision = DECISIONS.find((one) => one === form.decision);
  if (form.decision !== '' && decision === undefined)
    faults.push(`decision: ${DECISIONS.join(', ')}, not ${quote(form.decision)}`);
  // A source may have left the config while its rows remain, so only what can be no id is wrong; a name is taken too.
  const source = sources.find(({ id, name }) => id === form.source || name === form.source)?.id ?? form.source;
  const regions = form.region === '' ? undefined : regionCodes(form.region);
  if (regions === null) faults.push(`region: no province, city, county or group is called ${quote(form.region)}`);
  if (regions !== null && regions !== undefined && regions.length > 1)
    faults.push(`region: ${quote(form.region)} stands for ${regions.length} regions; ask for one of them`);
  const since = readTime(form.since, startOfDate);
  const until = readTime(form.until, endOfDate);
  if (since === null) faults.push(`since: a date such as 2026-01-31, not ${quote(form.since)}`);
  if (until === null) faults.push(`until: a date such as 2026-01-31, not ${quote(form.until)}`);
  const before = text('before');
  if (before !== '' && !LEDGER_ID.test(before)) faults.push(`before: an id of the ledger, not ${quote(before)}`);
  const limit = text('limit') === '' ? ROWS : Number(text('limit'));
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_ROWS)
    faults.push(`limit: a whole number from 1 to ${MAX_ROWS}, not ${quote(text('limit'))}`);
  return {
    form,
    fault: faults.length === 0 ? null : faults.join('; '),
    query: {
      text: form.text || undefined,
      source: source || undefined,
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
