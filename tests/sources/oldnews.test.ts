/** What is old news of a source's first document, of a page found again, and of an address that leads to a page now. */
import { expect, test } from 'vitest';
import { isOld, oldNewsOf } from '../../src/sources/oldnews.ts';
import type { JudgedPage } from '../../src/sources/pagememory.ts';
import type { SourceState } from '../../src/model/source.ts';

const HOUR = 3_600_000;
const NOW = Date.parse('2026-11-27T12:00:00+08:00');
const GOOD = NOW - 5 * HOUR;
const memory = { goodAt: GOOD } as NonNullable<SourceState['page']>;
const rhythm = {} as NonNullable<SourceState['rhythm']>;
const page = (verdict: JudgedPage['verdict']): JudgedPage => ({ verdict, memory });
type Before = Pick<SourceState, 'rhythm' | 'lastSuccessAt' | 'page'>;
const NEW: Before = { rhythm: null, lastSuccessAt: null, page: null };
const KNOWN: Before = { rhythm, lastSuccessAt: GOOD, page: memory };

test.each<[string, Before, 'page' | 'rss', JudgedPage | null, ReturnType<typeof oldNewsOf>]>([
  ['a first page', NEW, 'page', page('first'), { since: NOW - 24 * HOUR, undated: true, isFirst: true }],
  ['a first feed', NEW, 'rss', null, { since: NOW - 24 * HOUR, undated: false, isFirst: true }],
  ['a page found again', KNOWN, 'page', page('healed'), { since: GOOD, undated: true, isFirst: false }],
  [
    'a page in place of another address',
    { ...KNOWN, page: null },
    'page',
    page('first'),
    { since: GOOD, undated: true, isFirst: true },
  ],
  ['a page that stands where it stood', KNOWN, 'page', page('same'), undefined],
  ['a feed that was read before', { ...KNOWN, page: null }, 'rss', null, undefined],
])('%s', (_, before, format, judged, expected) => {
  expect(oldNewsOf({ format }, before, judged, NOW)).toEqual(expected);
});

test('what is dated before that is old, and on pages what has no date', () => {
  const old = (published: number | null, undated: boolean): boolean => isOld({ published }, { since: NOW, undated });
  expect([old(NOW - 1, true), old(NOW, true), old(null, true), old(NOW - 1, false), old(null, false)]).toEqual([
    true,
    false,
    true,
    true,
    false,
  ]);
});
