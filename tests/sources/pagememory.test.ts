/** What is remembered of a page: when another list is its news, and when it waits. */
import { describe, expect, test } from 'vitest';
import type { PageFinding } from '../../src/model/feed.ts';
import { judgePage, type JudgedPage } from '../../src/sources/pagememory.ts';

const HOUR = 3_600_000;
const AT = Date.parse('2026-11-27T12:00:00+08:00');
const keysFrom = (first: number): string[] => Array.from({ length: 10 }, (_, n) => `k${first + n}`);
const finding = (first: number, form = 'a.cn/xw/9.html', outline = 'li<ul.list'): PageFinding => ({
  mode: 'list',
  outline,
  forms: [form],
  keys: keysFrom(first),
});

/** The verdicts on a page that showed these, an hour apart. */
function follow(...found: readonly PageFinding[]): readonly JudgedPage[] {
  const judged: JudgedPage[] = [];
  for (const [n, one] of found.entries())
    judged.push(judgePage(judged.at(-1)?.memory ?? null, one, { items: 10, dated: 5, now: AT + n * HOUR }));
  return judged;
}
const verdicts = (...found: readonly PageFinding[]) => follow(...found).map(({ verdict }) => verdict);

describe('judgePage', () => {
  test('takes what has known addresses, or the known form of address, for the page’s news', () => {
    expect(verdicts(finding(0), finding(3), finding(500))).toEqual(['first', 'same', 'same']);
    expect(verdicts(finding(0), finding(5, 'b.cn/art/9.html'))).toEqual(['first', 'same']);
  });

  test('heals where the same news stands elsewhere, and remembers when', () => {
    const [, healed, after] = follow(
      finding(0),
      finding(1, 'a.cn/xw/9.html', 'div.row<div'),
      finding(2, 'a.cn/xw/9.html', 'div.row<div'),
    );
    expect([healed?.verdict, healed?.memory.healedAt]).toEqual(['healed', AT + HOUR]);
    expect([after?.verdict, after?.memory.healedAt]).toEqual(['same', AT + HOUR]);
  });

  test('waits for a second poll that agrees where neither addresses nor their form are known', () => {
    const other = (first: number) => finding(first, 'c.cn/shop/9.html');
    const [, doubted, agreed] = follow(finding(0), other(700), other(705));
    expect([doubted?.verdict, doubted?.memory.goodAt]).toEqual(['other', AT]);
    expect([agreed?.verdict, agreed?.memory.forms, agreed?.memory.doubt]).toEqual([
      'healed',
      ['c.cn/shop/9.html'],
      null,
    ]);
    expect(verdicts(finding(0), other(700), finding(2), other(700))).toEqual(['first', 'other', 'same', 'other']);
    expect(verdicts(finding(0), other(700), finding(900, 'd.cn/x/9.html'))).toEqual(['first', 'other', 'other']);
  });

  test('remembers forms of earlier polls, and how long nothing has changed', () => {
    const [, , third] = follow(finding(0), finding(0), finding(0));
    expect(third?.memory).toMatchObject({ unchanged: 2, dated: 0.5, items: 10 });
    expect(verdicts(finding(0), finding(5, 'b.cn/9.html'), finding(800))).toEqual(['first', 'same', 'same']);
  });

  test('stays within a few kilobytes', () => {
    const many = (n: number): PageFinding => ({
      ...finding(n * 100),
      forms: Array.from({ length: 30 }, (_, at) => `www.a-long-host-name.gov.cn/${n}/${at}/t9_9.html`),
      keys: ['k', ...Array.from({ length: 199 }, (_, at) => `${n}abcd${at}`)],
    });
    const last = follow(many(1), many(2), many(3)).at(-1);
    expect(JSON.stringify(last?.memory).length).toBeLessThan(6_000);
  });
});
