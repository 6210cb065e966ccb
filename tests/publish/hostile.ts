/** Makes items whose every field tries to break a document, out of the fields of others, or a reader. */
import type { EditionItem } from '../../src/publish/edition.ts';
import type { Script } from '../../src/model/entry.ts';
import { makeCopy, makeItem, NOON } from './sample.ts';

/** What hostile text is made of, by name. */
export const attacks: Readonly<Record<string, string>> = {
  'control characters': '甲\u0000\u0001\u0008\u000b\u000c\u001b\u001f乙\u007f\u0080\u0085\u009f丙',
  'lone surrogates': '甲\ud800乙\udfff丙\udc00\ud83d',
  noncharacters: '甲\ufdd0\ufdd10\ufdd2\ufdef\ufffe\uffff\u{1fffe}\u{10ffff}乙',
  'marks of the seal': '\ufdd00\ufdd1\ufdd2\ufdd01\ufdd1\ufdd0\ufdd22\ufdd1',
  'one end of CDATA': '甲]]>乙',
  'several ends of CDATA': ']]>]]>甲]]>乙]]]]>]]&gt;]]>',
  'end of CDATA and a new item':
    ']]></title></item><item><title>插入</title><guid>evil</guid></item><item><title><![CDATA[',
  'end of CDATA and a new entry':
    ']]></content></entry><entry><id>urn:evil</id><title>插入</title></entry><entry><content><![CDATA[',
  'open CDATA': '<![CDATA[甲',
  'end tags': '</title></channel></rss></feed>',
  quotes: '"\' onload="alert(1)" x=\'"><evil a="',
  entities: '&amp;&lt;b&gt;&nbsp;&#60;&#x3C;&bogus;&&;&amp;amp;&#0;&#xD800;AT&T Q&A2',
  'comments and instructions':
    '<!-- 甲 --><?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>&e;',
  script: '<script>alert(1)</script><img src=x onerror=alert(1)><svg onload=alert(1)>',
  'unclosed markup': '<p><b><table><tr><td>甲<li><a href="https://x.example/?a=1&b=<2>"',
  'right-to-left overrides': '甲\u202e乙\u202d丙\u2066丁\u2067\u2068戊\u2069\u202c',
  'replacement characters': '甲\ufffd乙\ufffd\ufffd',
  'line breaks': '甲\r\n乙\r丙\n丁\u2028戊\u2029己\t庚',
  'zero width': '\u200b甲\u200d\u2060\ufeff乙',
  'dollar patterns': "$& $1 $` $' $$ $<name>",
  prototype: '__proto__',
  astral: '𠮷野家👨‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿',
  'mail address': '<chen@example.org>',
  blank: ' \u3000\n\t ',
  empty: '',
};

export const hostileAddresses: readonly string[] = [
  '',
  ' ',
  'javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  '//x.example/1',
  '/relative',
  'not an address',
  'http://',
  'https://',
  'http://[::1',
  'http://x.example:99999/',
  'ftp://x.example/1',
  'file:///etc/passwd',
  'urn:x:y',
  'rsshub://a/b',
  'https://x.example/a b?c=<d>"e"\'f\'&g={h}|i\\j^k`l[m]#n#o%zz%',
  'https://user:secret@x.example/',
  'https://例子.example/路径?查询=值#片段',
  'https://x.example/\u0000\ud800\u202e',
  'HTTPS://X.EXAMPLE/UP',
  'https://x.example/]]>',
  'https://x.example/$&$1',
  `https://x.example/${'long/'.repeat(3000)}`,
  'https://x_y.example/under',
  'http://intranet/a.mp3',
  'http://x.example./?=&&;',
];

const hostileTimes: readonly number[] = [
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  0,
  -1,
  NOON + 0.5,
  8.64e15 + 1,
  Date.UTC(1970, 0, 1),
  Date.UTC(9999, 11, 31, 23),
  NOON + 365 * 86_400_000,
];

/** `count` items, each field of each from another attack; the same at every call. */
export function makeHostileItems(count: number): EditionItem[] {
  const texts = Object.values(attacks);
  const pick = <Value>(values: readonly Value[], at: number, none: Value): Value => values[at % values.length] ?? none;
  return Array.from({ length: count }, (_, index) => {
    const text = (step: number): string => pick(texts, index * 7 + step * 3 + Math.floor(index / texts.length), '');
    const address = (step: number): string => pick(hostileAddresses, index * 3 + step, '');
    const time = (step: number): number =>
      index % 4 === 0 ? pick(hostileTimes, index / 4 + step, 0) : NOON - index * 60_000;
    return makeItem({
      id: index % 5 === 0 ? `${text(0)}${index}` : `h${index}`,
      title: index % 100 === 7 ? text(1).repeat(Math.ceil(1_000_000 / Math.max(1, text(1).length))) : text(1),
      link: index % 3 === 0 ? address(0) : `https://h.example/${index}`,
      originalGuid: text(2),
      published: time(0),
      firstSeen: index % 8 === 0 ? NOON : time(1),
      updated: index % 8 === 0 ? NOON : time(2),
      summary: text(3),
      content: `<p>${text(4)}</p>${text(5)}`,
      authors: [text(6), text(7), '陈一'],
      outlet: text(8),
      source: { id: text(9), name: text(10), url: address(1), link: address(2) },
      categories: [text(11), text(12), '交通'],
      regions: [
        { code: '340200', name: text(13) },
        { code: text(14), name: '芜湖市' },
      ],
      enclosures: [
        { url: address(3), type: text(15), length: time(3) },
        { url: `https://h.example/${index}.mp3`, type: 'audio/mpeg', length: -1 },
        { url: `https://h.example/${index}.jpg`, type: null, length: null },
      ],
      image: address(4),
      language: pick(
        ['zh-CN', 'xx', 'zh_TW', '"><', 'en-US', 'x'.repeat(999), '', 'zh-Hans-CN', 'i-klingon'],
        index,
        '',
      ),
      script: pick<Script | null>(['hans', 'hant', null], index, null),
      copies: [
        makeCopy({ link: address(5), title: text(16), outlet: text(17), published: time(4) }),
        makeCopy({ link: `https://c.example/${index}`, title: text(18), outlet: null, sourceName: text(19) }),
      ],
    });
  });
}
