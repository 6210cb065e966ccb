/** Reads the ledger back: rows by id, and pages of rows that match a query. */
import { fitsCode } from '../../reasons/catalogue.ts';
import { codeOf } from '../../reasons/render.ts';
import { fold } from '../../zh/script.ts';
import type { Decision, LedgerPage, LedgerQuery, LedgerRow } from '../../model/decision.ts';
import { z } from 'zod';
import { keys, type Store } from '../redis/keys.ts';
import { check } from '../redis/pipeline.ts';
import { readable } from '../redis/unreadable.ts';
import { outline } from '../redis/storedjson.ts';
import { liesIn } from '../../divisions/codes.ts';
import { searchIndex } from './ledgerindex.ts';

/** Rows older than the index that one page looks through at most; the next page goes on from there. */
const MAX_SCANNED = 5_000;
const CHUNK = 500;

/** Rows with these ids; trimmed ones are missing. */
export async function readLedgerRows(store: Store, ids: readonly string[]): Promise<LedgerRow[]> {
  if (ids.length === 0) return [];
  const pipeline = store.redis.pipeline();
  for (const id of ids) pipeline.xrange(keys.ledger(store), id, id);
  return (await check(pipeline.exec())).flatMap((found) =>
    (found as StreamRow[]).flatMap((row) => toRow(store, row) ?? []),
  );
}

type StreamRow = [id: string, fields: string[]];

/** Matching rows, newest first. `next` is set while older rows remain, also where this page found none of them. */
export async function queryLedger(store: Store, query: LedgerQuery): Promise<LedgerPage> {
  const { text, link, sources, decision, rule, code, region } = query;
  if (![text, link, sources, decision, rule, code, region].some(Boolean)) return scanLedger(store, query);
  const { ids, next, begins } = await searchIndex(store, query);
  const rows = await readLedgerRows(store, ids);
  if (next !== null) return { rows, next };
  // What was decided before there was an index stands in the rows only.
  const [oldest] = await store.redis.xrange(keys.ledger(store), '-', '+', 'COUNT', 1);
  if (oldest === undefined || (begins !== null && !isOlder(oldest[0], begins))) return { rows, next: null };
  const before = earlier(query, begins);
  const older = await scanLedger(store, { ...query, before, limit: query.limit - rows.length });
  return { rows: [...rows, ...older.rows], next: older.next };
}

/** Where to go on before the index: its first row, unless the query ends earlier. */
function earlier({ before, until }: LedgerQuery, begins: string | null): string | undefined {
  if (begins === null || (before !== undefined && isOlder(before, begins))) return before;
  return until !== undefined && isOlder(`${until}-0`, begins) ? undefined : begins;
}

function isOlder(a: string, b: string): boolean {
  const [aTime = 0, aCount = 0] = a.split('-').map(Number);
  const [bTime = 0, bCount = 0] = b.split('-').map(Number);
  return aTime < bTime || (aTime === bTime && aCount < bCount);
}

async function scanLedger(store: Store, query: LedgerQuery): Promise<LedgerPage> {
  const text = query.text ? fold(query.text) : undefined;
  const since = query.since === undefined ? '-' : String(query.since);
  let end = query.before ? `(${query.before}` : query.until === undefined ? '+' : String(query.until);
  const rows: LedgerRow[] = [];
  for (let scanned = 0; scanned < MAX_SCANNED; scanned += CHUNK) {
    const chunk = (await store.redis.xrevrange(keys.ledger(store), end, since, 'COUNT', CHUNK)) as StreamRow[];
    for (const row of chunk) {
      end = `(${row[0]}`;
      const found = toRow(store, row);
      if (found === null || !matches(found, query, text)) continue;
      rows.push(found);
      if (rows.length === query.limit) return { rows, next: found.id };
    }
    if (chunk.length < CHUNK) return { rows, next: null };
  }
  return { rows, next: end.slice(1) };
}

/** Reads every row once, so that each that cannot be read is told of. */
export async function scanRows(store: Store): Promise<void> {
  for (let after: string | null = null; ;) {
    const rows = (await store.redis.xrange(
      keys.ledger(store),
      after === null ? '-' : `(${after}`,
      '+',
      'COUNT',
      CHUNK,
    )) as StreamRow[];
    for (const row of rows) toRow(store, row);
    const last = rows.at(-1);
    if (last === undefined || rows.length < CHUNK) return;
    after = last[0];
  }
}

const DECISION = outline<Decision>({
  at: z.number(),
  entry: z.string(),
  source: z.string(),
  title: z.string(),
  decision: z.enum(['kept', 'dropped', 'merged']),
  rule: z.string(),
  editions: z.array(z.string()).default([]),
  regions: z.array(z.looseObject({ code: z.string() })).default([]),
});

/** Null where it cannot be read. */
function toRow(store: Store, [id, fields]: StreamRow): LedgerRow | null {
  const name = `${keys.ledger(store)} ${id}`;
  return readable(store, name, () => ({ ...DECISION.read(fields[1] ?? '', name), id }));
}

function matches(row: LedgerRow, query: LedgerQuery, text: string | undefined): boolean {
  if (query.sources?.includes(row.source) === false) return false;
  if (query.decision !== undefined && row.decision !== query.decision) return false;
  if (query.rule !== undefined && row.rule !== query.rule) return false;
  if (query.code !== undefined && !fitsCode(codeOf(row.reason) ?? '', query.code)) return false;
  if (query.region !== undefined && !row.regions.some((hit) => liesIn(hit.code, query.region as string))) return false;
  if (query.link !== undefined && row.link !== query.link) return false;
  return text === undefined || fold(row.title).includes(text);
}
