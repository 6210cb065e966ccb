/** Turns ledger rows into lines of an index that a search reads in place of the rows, and a query into the ids of its rows. */
import { createHash } from 'node:crypto';
import { fitsCode } from '../../reasons/catalogue.ts';
import { codeOf } from '../../reasons/render.ts';
import { codePrefix } from '../../divisions/codes.ts';
import { fold } from '../../zh/script.ts';
import type { Decision, LedgerQuery } from '../../model/decision.ts';
import { keys, type Store } from '../redis/keys.ts';

/** A shelf is closed once it is this long. A line has some 150 bytes, so 200,000 rows make some 120 shelves. */
const SHELF_BYTES = 256 * 1024;
/** Bytes looked through for one page at most; the next page goes on from there. */
const MAX_BYTES = 96 * 1024 * 1024;
/** Shelves asked for at once: few at first, since a word that many rows hold is found on the newest. */
const FIRST_STEP = 1;
const MAX_STEP = 16;
const SEPARATOR = '\u001f';
const NEWLINE = 0x0a;
const MAX_TITLE = 300;

const plain = (text: string): string => text.replaceAll(/[\u0000-\u001f]+/g, ' ');

/** What includes/ledger.lua reads; part of a script's control. `ledgerCount`: rows that the ledger keeps. */
export function ledgerControl(store: Store, ledgerCount: number) {
  return {
    ledgerCount,
    shelves: keys.shelves(store),
    shelf: keys.shelf(store, ''),
    shelfBytes: SHELF_BYTES,
    reasons: keys.reasons(store),
  };
}

/** What follows the id of a row: source, decision, rule, region codes, folded title, tag of the link, code of the reason. Versions before lacked the last two. */
export function indexLine({ source, decision, rule, regions, title, link, reason }: Decision): string {
  const codes = `,${regions.map(({ code }) => code).join(',')},`;
  const folded = fold(title).slice(0, MAX_TITLE);
  const fields = [source, decision, rule, codes, folded, link === null ? '' : tagOfLink(link), codeOf(reason) ?? ''];
  return `${SEPARATOR}${fields.map(plain).join(SEPARATOR)}\n`;
}

/** No code of a reason begins as it does. */
function tagOfLink(link: string): string {
  return `#${createHash('sha256').update(link).digest('base64url').slice(0, 12)}`;
}

/** Removes the shelves whose rows the ledger has no longer; the newest stays, for rows are added to it. */
export async function trimIndex(store: Store): Promise<void> {
  const { redis } = store;
  const [oldest] = await redis.xrange(keys.ledger(store), '-', '+', 'COUNT', 1);
  const begins = oldest === undefined ? Infinity : timeOf(oldest[0]);
  const shelves = await redis.zrange(keys.shelves(store), 0, '-1');
  // A shelf holds rows up to the next one's first.
  const ended = shelves.filter((_, i) => i + 1 < shelves.length && timeOf(shelves[i + 1] ?? '') < begins);
  if (ended.length === 0) return;
  await redis
    .multi()
    .zrem(keys.shelves(store), ...ended)
    .unlink(...ended.map((first) => keys.shelf(store, first)))
    .exec();
}

export interface Found {
  /** Ids of matching rows, newest first; at most the query's limit. */
  readonly ids: readonly string[];
  /** Id before which to go on; null where the index is at its end. */
  readonly next: string | null;
  /** Id of the oldest row that the index holds; null where it is empty. */
  readonly begins: string | null;
}

/** Looks a query up in the index, newest rows first. */
export async function searchIndex(store: Store, query: LedgerQuery): Promise<Found> {
  const shelves = await store.redis.zrevrange(keys.shelves(store), 0, -1);
  const begins = shelves.at(-1) ?? null;
  const test = tester(query);
  const needle = Buffer.from(needleOf(query));
  const ids: string[] = [];
  let bytes = 0;
  for (let at = 0, step = FIRST_STEP; at < shelves.length; at += step, step = Math.min(MAX_STEP, step * 2)) {
    const names = shelves.slice(at, at + step).filter((name, i) => overlaps(name, shelves[at + i - 1], query));
    const bodies = await Promise.all(names.map((name) => store.redis.getBuffer(keys.shelf(store, name))));
    for (const [i, body] of bodies.entries()) {
      if (body === null) continue;
      bytes += body.length;
      for (const id of scan(body, needle, test).reverse()) {
        ids.push(id);
        if (ids.length === query.limit) return { ids, next: id, begins };
      }
      if (bytes > MAX_BYTES) return { ids, next: names[i] ?? null, begins };
    }
  }
  return { ids, next: null, begins };
}

/** May the shelf that begins with row `first`, before the shelf that begins with `after`, hold rows of that time? */
function overlaps(first: string, after: string | undefined, { since, until, before }: LedgerQuery): boolean {
  if (until !== undefined && timeOf(first) > until) return false;
  if (before !== undefined && !isBefore(first, before)) return false;
  return since === undefined || after === undefined || timeOf(after) >= since;
}

function timeOf(id: string): number {
  return Number(id.slice(0, id.indexOf('-')));
}

function isBefore(a: string, b: string): boolean {
  const difference = timeOf(a) - timeOf(b);
  return difference < 0 || (difference === 0 && Number(a.split('-')[1]) < Number(b.split('-')[1]));
}

/** What every matching line holds; the rarest of what the query asks for. */
function needleOf({ link, text, code, rule, sources, region, decision }: LedgerQuery): string {
  if (link !== undefined) return `${SEPARATOR}${tagOfLink(link)}`;
  if (text) return fold(text);
  if (code !== undefined) return `${SEPARATOR}${code}`;
  if (rule !== undefined) return `${SEPARATOR}${rule}${SEPARATOR}`;
  if (sources?.length === 1) return `${SEPARATOR}${sources[0]}${SEPARATOR}`;
  if (region !== undefined) return `,${codePrefix(region)}`;
  return decision === undefined ? SEPARATOR : `${SEPARATOR}${decision}${SEPARATOR}`;
}

type Test = (fields: readonly string[]) => boolean;

function tester(query: LedgerQuery): Test {
  const text = query.text ? fold(query.text) : null;
  const region = query.region === undefined ? null : `,${codePrefix(query.region)}`;
  const tag = query.link === undefined ? null : tagOfLink(query.link);
  return ([id = '', source = '', decision, rule, codes = '', title = '', ...rest]) => {
    const code = rest.at(-1) ?? '';
    if (tag !== null && !rest.includes(tag)) return false;
    if (query.sources?.includes(source) === false) return false;
    if (query.decision !== undefined && decision !== query.decision) return false;
    if (query.rule !== undefined && rule !== query.rule) return false;
    if (query.code !== undefined && !fitsCode(code, query.code)) return false;
    if (region !== null && !codes.includes(region)) return false;
    if (text !== null && !title.includes(text)) return false;
    if (query.since !== undefined && timeOf(id) < query.since) return false;
    if (query.until !== undefined && timeOf(id) > query.until) return false;
    return query.before === undefined || isBefore(id, query.before);
  };
}

/** Ids of matching lines, oldest first. */
function scan(body: Buffer, needle: Buffer, test: Test): string[] {
  const ids: string[] = [];
  for (let at = body.indexOf(needle); at !== -1;) {
    const start = at === 0 ? 0 : body.lastIndexOf(NEWLINE, at - 1) + 1;
    const found = body.indexOf(NEWLINE, at);
    const end = found === -1 ? body.length : found;
    const fields = body.toString('utf8', start, end).split(SEPARATOR);
    if (test(fields)) ids.push(fields[0] ?? '');
    at = body.indexOf(needle, end + 1);
  }
  return ids;
}
