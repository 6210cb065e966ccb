import { reason } from '../../../src/reasons/catalogue.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keys, type Store } from '../../../src/store/redis/keys.ts';
import { queryLedger } from '../../../src/store/ledger/ledger.ts';
import { indexLine } from '../../../src/store/ledger/ledgerindex.ts';
import type { Decision, LedgerQuery } from '../../../src/model/decision.ts';
import { startRedis, type TestRedis } from '../../support/redis.ts';

let redis: TestRedis;
let store: Store;

beforeAll(async () => {
  redis = await startRedis();
  store = redis.store();
  // Ten rows from before there was an index, then three shelves of twenty.
  for (let i = 0; i < 10; i++) await write(i, null);
  for (let i = 10; i < 70; i++) await write(i, `${10 + Math.floor((i - 10) / 20) * 20}-0`);
});
afterAll(() => redis.stop());

function rowOf(i: number): Decision {
  const code = i % 2 === 0 ? '340104' : '320100';
  return {
    at: i,
    entry: `e${i}`,
    source: `s${i % 7}`,
    title: i % 10 === 3 ? `合肥地鐵 ${i}\n340104` : `消息 ${i}`,
    link: i % 9 === 4 ? `https://news.example/${i % 4}` : null,
    decision: i % 3 === 0 ? 'dropped' : 'kept',
    rule: i % 5 === 0 ? 'clean.colophon' : 'region',
    reason: i % 4 === 1 ? reason('story.new') : i % 4 === 2 ? reason('story.same-text') : 'as 0.1.0 said it',
    story: `e${i}`,
    editions: [],
    regions: [{ code, name: code, level: 'county', score: 1, evidence: [] }],
    configVersion: 'x',
  };
}

async function write(i: number, shelf: string | null): Promise<void> {
  const row = rowOf(i);
  const id = `${i}-${i === 0 ? 1 : 0}`;
  await store.redis.xadd(keys.ledger(store), id, 'j', JSON.stringify(row));
  if (shelf === null) return;
  await store.redis.zadd(keys.shelves(store), Number(shelf.split('-')[0]), shelf);
  await store.redis.append(keys.shelf(store, shelf), `${id}${indexLine(row)}`);
}

/** What the rows themselves say. */
function expected(holds: (row: Decision, i: number) => boolean): string[] {
  return Array.from({ length: 70 }, (_, i) => 69 - i)
    .filter((i) => holds(rowOf(i), i))
    .map((i) => `e${i}`);
}

describe('a search finds what the rows say, also in rows older than the index', () => {
  test.each<[string, Omit<LedgerQuery, 'limit'>, (row: Decision, i: number) => boolean]>([
    ['text in the other script', { text: '合肥地铁' }, (_row, i) => i % 10 === 3],
    ['text that no row has', { text: '没有' }, () => false],
    ['an address', { link: 'https://news.example/1' }, (row) => row.link === 'https://news.example/1'],
    ['an address that no row has', { link: 'https://news.example/9' }, () => false],
    ['a source', { sources: ['s3'] }, (_row, i) => i % 7 === 3],
    ['a source by its former id too', { sources: ['s3', 's5'] }, (_row, i) => i % 7 === 3 || i % 7 === 5],
    ['what begins like a source', { sources: ['s'] }, () => false],
    ['a decision', { decision: 'dropped' }, (_row, i) => i % 3 === 0],
    ['a rule', { rule: 'clean.colophon' }, (_row, i) => i % 5 === 0],
    ['a code', { code: 'story.new' }, (_row, i) => i % 4 === 1],
    ['a family of codes', { code: 'story.' }, (_row, i) => i % 4 === 1 || i % 4 === 2],
    ['what begins like a code', { code: 'story.n' }, () => false],
    ['a province', { region: '340000' }, (_row, i) => i % 2 === 0],
    ['a county', { region: '340104' }, (_row, i) => i % 2 === 0],
    ['a code that stands in titles only', { region: '340105' }, () => false],
    [
      'all at once',
      { sources: ['s6'], decision: 'dropped', region: '340100' },
      (_row, i) => i % 7 === 6 && i % 6 === 0,
    ],
    ['a time', { rule: 'region', since: 15, until: 40 }, (_row, i) => i % 5 !== 0 && i >= 15 && i <= 40],
    ['a time before the index', { rule: 'region', until: 8 }, (_row, i) => i % 5 !== 0 && i <= 8],
    ['after a row', { decision: 'dropped', before: '31-0' }, (_row, i) => i % 3 === 0 && i < 31],
    ['after a row before the index', { decision: 'dropped', before: '7-0' }, (_row, i) => i % 3 === 0 && i < 7],
  ])('%s', async (_name, query, holds) => {
    const { rows, next } = await queryLedger(store, { ...query, limit: 100 });
    expect(rows.map(({ entry }) => entry)).toEqual(expected(holds));
    expect(next).toBeNull();
  });

  test('page by page', async () => {
    const seen: string[] = [];
    let before: string | undefined;
    do {
      const page = await queryLedger(store, { decision: 'kept', limit: 4, before });
      expect(page.rows.length).toBeLessThanOrEqual(4);
      seen.push(...page.rows.map(({ entry }) => entry));
      before = page.next ?? undefined;
    } while (before !== undefined);
    expect(seen).toEqual(expected((row) => row.decision === 'kept'));
  });
});
