import { describe, expect, test, vi } from 'vitest';
import { JsonBoundsError, MOST_JSON_DEPTH, MOST_JSON_NODES, parseBoundedJson } from '../../src/text/boundedjson.ts';

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

describe('JSON within bounds', () => {
  test.each([
    '{"a": [1, {"b": null}], "c": "文"}',
    '"[[[["',
    `{"${'['.repeat(300)}": "${'{'.repeat(300)}"}`,
    String.raw`["\\", "\"[", "${'['.repeat(300)}\\\""]`,
    nested(MOST_JSON_DEPTH),
    ' 1 ',
  ])('is what JSON.parse makes of %j', (text) => {
    expect(parseBoundedJson(text)).toEqual(JSON.parse(text));
  });

  test.each(['', '{"a":', '"open', '[1,]', '{'])('is refused as JSON.parse refuses it where it is none: %j', (text) => {
    expect(() => parseBoundedJson(text)).toThrow(SyntaxError);
  });
});

describe('JSON beyond bounds is not parsed', () => {
  const flat = (nodes: number) => `[${'{},'.repeat(nodes - 2)}{}]`;
  test.each([
    ['deep', nested(MOST_JSON_DEPTH + 1)],
    ['deep and open', '{"a":'.repeat(MOST_JSON_DEPTH + 1)],
    ['wide', flat(MOST_JSON_NODES + 1)],
  ])('%s', (_, text) => {
    expect(() => parseBoundedJson(text)).toThrow(JsonBoundsError);
  });

  test('and as many objects as are allowed are parsed', () => {
    expect(parseBoundedJson(flat(MOST_JSON_NODES))).toHaveLength(MOST_JSON_NODES - 1);
  });
});

describe('lists', () => {
  const items = JSON.stringify({ a: [[1, '],['], { b: [2, [3], 4, 5] }, '[', 6], c: { d: [7, 8, 9] }, e: [] });
  test.each([
    [2, { a: [[1, '],['], { b: [2, [3], 4, 5] }], c: { d: [7, 8, 9] }, e: [] }],
    [3, { a: [[1, '],['], { b: [2, [3], 4, 5] }, '[', 6], c: { d: [7, 8] }, e: [] }],
    [4, { a: [[1, '],['], { b: [2, [3]] }, '[', 6], c: { d: [7, 8, 9] }, e: [] }],
  ])('at depth %i have no more entries than are asked for', (deep, expected) => {
    expect(parseBoundedJson(items, (depth) => (depth === deep ? 2 : Infinity))).toEqual(expected);
  });

  test('of all depths are cut at once, and what follows them is kept', () => {
    const value = { a: [[1, 2, 3], [4], [5]], b: 'c' };
    expect(parseBoundedJson(JSON.stringify(value, null, 1), () => 2)).toEqual({ a: [[1, 2], [4]], b: 'c' });
  });

  test('that do not end are refused', () => {
    expect(() => parseBoundedJson('{"a":[1,2,3', () => 2)).toThrow(SyntaxError);
  });

  test('take no memory for entries that are left out', () => {
    const text = `{"tags":[${Array.from({ length: 300_000 }, (_, i) => `"t${i}"`).join()}]}`;
    const parse = vi.spyOn(JSON, 'parse');
    expect(parseBoundedJson(text, () => 64)).toEqual({ tags: Array.from({ length: 64 }, (_, i) => `t${i}`) });
    expect(parse.mock.lastCall?.[0]).toHaveLength(text.slice(0, text.indexOf(',"t64"')).length + ']}'.length);
  });
});
