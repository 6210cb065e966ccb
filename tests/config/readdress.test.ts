import { describe, expect, it } from 'vitest';
import { readdress } from '../../src/config/files/readdress.ts';

const move = (source: string, from: string, to: string) => ({ source, from, to });

describe('readdress', () => {
  const cases = [
    {
      name: 'a plain block, with its comments',
      text: 'sources:\n  # 报纸\n  - id: a # 甲\n    url: http://a.example/rss   # 旧址\n    name: 甲报\n',
      moves: [move('a', 'http://a.example/rss', 'https://a.example/feed.xml')],
      changed: 'sources:\n  # 报纸\n  - id: a # 甲\n    url: https://a.example/feed.xml   # 旧址\n    name: 甲报\n',
    },
    {
      name: 'two in flow style with quotes, the second one first',
      text: 'sources:\n  - {id: a, url: "http://a.example/"}\n  - {id: b, url: \'http://b.example/\', name: b}\n',
      moves: [
        move('b', 'http://b.example/', "http://b.example/it's"),
        move('a', 'http://a.example/', 'http://a.example/x,y'),
      ],
      changed:
        "sources:\n  - {id: a, url: \"http://a.example/x,y\"}\n  - {id: b, url: 'http://b.example/it''s', name: b}\n",
    },
    {
      name: 'an address that needs quotes where the old one had none',
      text: 'sources:\n- id: a\n  url: http://a.example/\n',
      moves: [move('a', 'http://a.example/', 'http://a.example/#a, b')],
      changed: 'sources:\n- id: a\n  url: "http://a.example/#a, b"\n',
    },
  ];
  it.each(cases)('changes $name', ({ text, moves, changed }) => {
    const result = readdress(text, moves);
    expect(result.text).toBe(changed);
    expect(result.left).toEqual([]);
    expect(result.done).toHaveLength(moves.length);
  });

  const left = [
    ['an alias', 'sources:\n  - {id: z, url: &u "http://a.example/"}\n  - {id: a, url: *u}\n'],
    ['another address by now', 'sources:\n  - {id: a, url: "http://other.example/"}\n'],
    ['a source that is not there', 'sources:\n  - {id: b, url: "http://a.example/"}\n'],
    ['no YAML at all', '\u0000{{{'],
  ] as const;
  it.each(left)('leaves %s to a person', (_name, text) => {
    const wanted = move('a', 'http://a.example/', 'http://new.example/');
    expect(readdress(text, [wanted])).toEqual({ text, done: [], left: [wanted] });
  });
});
