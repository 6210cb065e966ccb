import { describe, expect, test } from 'vitest';
import { setFields } from '../../src/config/files/editsource.ts';
import { removeSources } from '../../src/config/files/removesources.ts';

const HEAD = '# 文件头\nsources:\n  # 甲\n';
const A = '  - id: a   # 标识\n    url: https://a.example/rss\n    keep: [ 合肥,  芜湖 ]\n\n';
const B = '  - {id: b, url: "https://b.example/rss"}   # 一行\n';
const C = "  - url: https://c.example/rss\n    id: c\n    name: '丙报'   # 名称\n    enabled: false\n";
const TAIL = '# 尾\n';
const TEXT = HEAD + A + B + C + TAIL;

describe('removeSources', () => {
  test.each([
    ['the first, and keeps the comments around it', ['a'], HEAD + B + C + TAIL],
    ['one on a line of its own', ['b'], HEAD + A + C + TAIL],
    ['the last', ['c'], HEAD + A + B + TAIL],
    ['several', ['a', 'c'], HEAD + B + TAIL],
    ['all, after which the list is empty', ['a', 'b', 'c'], HEAD + TAIL],
  ])('takes out %s', (_name, ids, text) => {
    expect(removeSources(TEXT, ids)).toEqual({ text, left: [] });
  });

  test('keeps Windows newlines, and a file that ends without one', () => {
    const text = (HEAD + A + C).trimEnd().replaceAll('\n', '\r\n');
    expect(removeSources(text, ['c']).text).toBe((HEAD + A).replaceAll('\n', '\r\n'));
    expect(removeSources(text, ['a']).text).toBe((HEAD + C).trimEnd().replaceAll('\n', '\r\n'));
  });

  test.each([
    ['one that there is not', TEXT, ['z']],
    ['one within a list on one line', 'sources: [{id: a, url: https://a.example}]\n', ['a']],
    [
      'one whose anchor another names',
      `sources:\n  - &x\n    id: a\n    url: https://a.example\n  - {<<: *x, id: b}\n`,
      ['a'],
    ],
    ['one whose id stands twice', `${TEXT}  - id: a\n    url: https://a2.example\n`, ['a']],
    ['one of no YAML', 'sources: [', ['a']],
  ])('leaves %s', (_name, text, ids) => {
    expect(removeSources(text, ids)).toEqual({ text, left: ids });
  });

  test('takes out what it can', () => {
    expect(removeSources(TEXT, ['z', 'b'])).toEqual({ text: HEAD + A + C + TAIL, left: ['z'] });
  });
});

describe('setFields', () => {
  test.each([
    ['changes a value, its comment kept', 'c', { name: '新名' }, "name: '丙报'   #", 'name: 新名   #'],
    ['quotes what YAML would read as something else', 'c', { name: '- [丙]: #1' }, "'丙报'", '"- [丙]: #1"'],
    ['adds keys under the id', 'a', { name: '甲报', trust: 80 }, '# 标识\n', '# 标识\n    name: 甲报\n    trust: 80\n'],
    ['takes a key out', 'c', { enabled: null }, '    enabled: false\n', ''],
    ['leaves what is so already', 'c', { name: '丙报', note: null }, '', ''],
    ['changes the id', 'c', { id: 'cc' }, 'id: c\n', 'id: cc\n'],
    ['a number in place of a text', 'c', { name: '123' }, "'丙报'", '"123"'],
  ])('%s', (_name, id, fields, from, to) => {
    expect(setFields(TEXT, id, fields)).toBe(TEXT.replace(from, to));
  });

  test.each([
    ['no such source', 'z', { name: 'x' }],
    ['a block on one line', 'b', { name: 'x' }],
    ['a list where a value should stand', 'a', { keep: 'x' }],
    ['the key beside the dash', 'a', { id: null }],
  ])('refuses %s', (_name, id, fields) => {
    expect(setFields(TEXT, id, fields)).toBeNull();
  });

  test('refuses an alias', () => {
    const text = 'x: &x 甲报\nsources:\n  - id: a\n    name: *x\n    url: https://a.example\n';
    expect(setFields(text, 'a', { name: 'y' })).toBeNull();
  });
});
