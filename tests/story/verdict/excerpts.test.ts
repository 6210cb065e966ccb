/** Holds how much of one text must stand in another, by how the headlines relate, and which verdicts are sure. */
import { describe, expect, it } from 'vitest';
import { article, join } from '../../../eval/stories/made.ts';
import type { Draft } from '../write.ts';
import { aside, begunAnew, CHANGED, endedAnew, from, hold, judge, later, OTHER, part, TURNED, words } from './judge.ts';

type Enough = readonly [name: string, one: Draft, other: Draft, enough: boolean];

const holdEnough = (cases: readonly Enough[]): void =>
  hold(
    cases.map(([name, one, other, enough]) =>
      enough ? [name, one, other, 'same', 'story.alike'] : [name, one, other, 'other', 'story.alike-too-little'],
    ),
  );

const [headline, changed] = CHANGED;
const [first, turned] = TURNED;
const whole: Draft = { title: headline, text: words };
const under = (title: string, telling: string): Draft => ({ title, text: telling });

describe('under the same headline', () => {
  holdEnough([
    ['a quarter, on one day', whole, under(headline, endedAnew(0.75)), true],
    ['next to nothing, on one day', whole, under(headline, endedAnew(0.92)), false],
    ['a quarter, on the next day', whole, later(under(headline, endedAnew(0.75)), 1), false],
    ['a quarter under a standing headline', under('江淮快讯', words), under('江淮快讯', endedAnew(0.75)), false],
  ]);
});

describe('under a headline with a word more', () => {
  const more = `${headline} 卖到海外`;
  holdEnough([
    ['half', whole, under(more, endedAnew(0.5)), true],
    ['a quarter', whole, under(more, endedAnew(0.75)), false],
  ]);
});

describe('under a headline whose halves are exchanged', () => {
  holdEnough([
    ['the beginning', under(first, words), under(turned, part(0, 0.3)), true],
    ['what stands below the beginning', under(first, words), under(turned, part(0.6, 0.9)), false],
    ['three quarters, begun anew', under(first, words), under(turned, begunAnew(0.25)), true],
    ['half', under(first, words), under(turned, endedAnew(0.5)), false],
  ]);
});

describe('under a headline with a word changed', () => {
  holdEnough([
    ['the beginning', whole, under(changed, part(0, 0.3)), true],
    ['the beginning and a line of one’s own', whole, under(changed, `${part(0, 0.32)}\n${aside(60)}`), true],
    ['a part from the middle', whole, under(changed, part(0.5, 0.9)), true],
    ['a part from the middle and a line of one’s own', whole, under(changed, `${part(0.6, 0.9)}\n${aside(60)}`), false],
    ['the beginning and as much of one’s own', whole, under(changed, `${part(0, 0.2)}\n${aside(120)}`), false],
    ['four fifths in another outlet', whole, under(changed, part(0, 0.8)), true],
    ['four fifths of the same source', from('paper', whole), from('paper', under(changed, part(0, 0.8))), false],
    ['three fifths of the same source', from('paper', whole), from('paper', under(changed, part(0, 0.6))), true],
    ['half in another outlet', whole, under(changed, endedAnew(0.5)), false],
  ]);
});

describe('under another headline', () => {
  holdEnough([
    ['nearly all', whole, under(OTHER, endedAnew(0.1)), true],
    ['three quarters', whole, under(OTHER, endedAnew(0.25)), false],
    ['the beginning', whole, under(OTHER, part(0, 0.4)), true],
    ['the beginning and a line of one’s own', whole, under(OTHER, `${part(0, 0.4)}\n${aside(40)}`), false],
    ['a part from the middle', whole, under(OTHER, part(0.5, 0.9)), false],
    [
      'a digest that ends with the story',
      under(headline, part(0, 0.4)),
      under('江淮早报', join([...article(9, true).sentences, part(0, 0.4)])),
      false,
    ],
  ]);
});

describe('sure enough to make one of two stories', () => {
  it.each<readonly [string, Draft, Draft, boolean]>([
    ['nearly all under another headline', whole, under(OTHER, endedAnew(0.1)), true],
    ['an excerpt under another headline: it may stand in two', whole, under(OTHER, part(0, 0.4)), false],
    ['an excerpt under the same headline', whole, under(headline, part(0, 0.4)), true],
    ['an excerpt under a headline with a word more', whole, under(`${headline} 卖到海外`, part(0, 0.4)), true],
    ['half under the same headline', whole, under(headline, endedAnew(0.5)), false],
    ['two stories that share a text', from('paper', whole), from('paper', under(changed, part(0, 0.8))), false],
  ])('%s: %#', (_, one, other, sure) => {
    expect([judge(one, other).sure, judge(other, one).sure]).toEqual([sure, sure]);
  });
});
