import { describe, expect, test } from 'vitest';
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
