/** Makes successions of documents as sources give them poll after poll, from the usual to the broken. */
import { randomNumbers } from '../../src/demo/random.ts';

export type Random = () => number;
export function oneOf<T>(random: Random, list: readonly T[]): T {
  const one = list[Math.floor(random() * list.length)];
  if (one === undefined) throw new Error('of nothing there is none');
  return one;
}

const HOUR = 3_600_000;

/** Dates as publishers write them: steady ones, and those that tell something else at another time. */
function dateOf(random: Random, now: number): string {
  const at = new Date(now + (random() - 0.6) * 90 * HOUR);
  const iso = at.toISOString();
  return oneOf(random, [
    at.toUTCString(),
    at.toUTCString(),
    iso,
    `${iso.slice(0, 19)}+08:00`,
    `${iso.slice(0, 10)} ${iso.slice(11, 16)}`,
    iso.slice(5, 10),
    '3小时前',
    '昨天 12:30',
    '不知何时',
    String(Math.floor(at.getTime() / 1000)),
    '',
  ]);
}

const BODIES = [
  '<p>正文&nbsp;一段</p>',
  '&lt;p&gt;正文&lt;/p&gt;',
  'a & b',
  '&hellip;然后',
  '<![CDATA[<p>正文 <img src="/a.png"></p>]]>',
  '<![CDATA[<item><title>引文</title></item>]]>',
  '<!-- <item> -->说明',
  '阅读 12 次',
  '',
];

/** An item of a made-up feed; `n` is its number. Now and then two are told by the same. */
function itemOf(random: Random, element: string, n: number, now: number): string {
  const told = random() < 0.02 ? Math.max(0, n - 1) : n;
  const date = dateOf(random, now);
  const day = new Date(now).toISOString().slice(0, 10).replaceAll('-', '/');
  const link = oneOf(random, [
    `https://a.example.cn/${told}.html`,
    `/${day}/${told}.html`,
    `//b.example.cn/?id=${told}`,
    '',
  ]);
  const guid = oneOf(random, [`urn:x:${told}`, String(told), '', `https://a.example.cn/${told}`]);
  const body = oneOf(random, BODIES);
  const odd = random();
  const parts = [
    `<title>第${n}条 ${oneOf(random, ['消息', '通知 & 公告', '<b>快讯</b>', '动态&hellip;'])}</title>`,
    element === 'item' ? `<link>${link}</link>` : `<link href="${link}"/>`,
    guid === '' ? '' : element === 'item' ? `<guid>${guid}</guid>` : `<id>${guid}</id>`,
    element === 'item' ? `<pubDate>${date}</pubDate>` : `<updated>${date}</updated>`,
    random() < 0.1 ? `<dc:date>${dateOf(random, now)}</dc:date>` : '',
    random() < 0.1 ? date : '',
    element === 'item' ? `<description>${body}</description>` : `<summary type="html">${body}</summary>`,
    odd < 0.04
      ? '<category>甲'
      : odd < 0.07
        ? '</channel>'
        : odd < 0.1
          ? '<media:group><media:title>图</media:title>'
          : '',
  ];
  const attributes = random() < 0.1 ? ' xml:base="/unter/"' : random() < 0.1 ? ' rdf:about="urn:y"' : '';
  const end = random() < 0.05 ? '' : random() < 0.05 ? `</${element} >` : `</${element}>`;
  return `<${element}${attributes}>${parts.join(oneOf(random, ['', '\n']))}${end}`;
}

interface Head {
  readonly begin: string;
  readonly end: string;
}

const HEADS: Readonly<Record<string, readonly Head[]>> = {
  item: [
    {
      begin: '<rss version="2.0"><channel><title>源</title><link>https://a.example.cn/</link>',
      end: '</channel></rss>',
    },
    {
      begin:
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>源 &amp; 流</title><ttl>30</ttl>',
      end: '</channel></rss>',
    },
    { begin: '<rss xml:base="https://c.example.cn/x/"><channel><title>别处</title>', end: '</channel></rss>' },
    {
      begin:
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel><title>甲</title></channel>',
      end: '</rdf:RDF>',
    },
    { begin: '<!DOCTYPE rss [<!ENTITY hellip "……">]><rss><channel><title>丙</title>', end: '</channel></rss>' },
    { begin: '<rss><channel><title>没有关', end: '</channel></rss>' },
    { begin: '<rss><channel><title>套</title><box>', end: '</box></channel></rss>' },
  ],
  entry: [
    { begin: '<feed xmlns="http://www.w3.org/2005/Atom"><title>源</title>', end: '</feed>' },
    {
      begin: '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh"><title>源</title><link rel="hub" href="/hub"/>',
      end: '</feed>',
    },
    { begin: '<feed xmlns="http://purl.org/atom/ns#"><title>旧</title>', end: '</feed>' },
  ],
};

const SPLICED = [
  '<',
  '>',
  '&',
  ']]>',
  '<![CDATA[',
  '<!--',
  '-->',
  '<item>',
  '</item>',
  '<entry>',
  '</channel>',
  '\ue001',
  '<item \ue001="0"/>',
  '<skipHours><hour>3</hour></skipHours>',
  '<title>',
  '<description>',
  '<div xmlns="x">',
  '&foo;',
];

/** One document of a succession and when it is read (epoch ms). */
export interface Step {
  readonly text: string;
  readonly now: number;
}

/** `length` documents of one source: news on top, old items gone, corrected, moved, repeated, heads changed, characters lost. */
export function makeSuccession(seed: number, length: number): readonly Step[] {
  const random = randomNumbers(seed);
  const element = random() < 0.75 ? 'item' : 'entry';
  const wild = random() < 0.4;
  let now = Date.UTC(2024, 4, 6, 4);
  let head = oneOf(random, (HEADS[element] ?? []).slice(0, wild ? undefined : 3));
  let count = 0;
  let items = Array.from({ length: 3 + Math.floor(random() * 12) }, () => itemOf(random, element, count++, now));
  return Array.from({ length }, () => {
    const text = `<?xml version="1.0"?>\n${head.begin}\n${items.join('\n')}${head.end}`;
    const step = { text: wild && random() < 0.5 ? splice(random, text) : text, now };
    now += random() < 0.05 ? -HOUR : Math.floor(random() * 60) * HOUR;
    const fresh = Array.from({ length: Math.floor(random() * 3) }, () => itemOf(random, element, count++, now));
    items = [...fresh, ...items].slice(0, 20);
    const at = Math.floor(random() * items.length);
    const change = random();
    if (change < 0.15) items[at] = itemOf(random, element, at, now);
    else if (change < 0.25) items = [...items.slice(at), ...items.slice(0, at)];
    else if (change < 0.32) items = [...items, items[at] ?? ''];
    else if (change < 0.4) items.splice(at, 1);
    else if (change < 0.46) head = oneOf(random, HEADS[element] ?? []);
    return step;
  });
}

/** `text` with some of it lost, doubled or something odd put in. */
export function splice(random: Random, text: string): string {
  const at = Math.floor(random() * text.length);
  const to = Math.min(text.length, at + Math.floor(random() * 60));
  const change = random();
  if (change < 0.25) return text.slice(0, at) + text.slice(to);
  if (change < 0.4) return text.slice(0, to) + text.slice(at);
  if (change < 0.45) return text.slice(0, at);
  return text.slice(0, at) + oneOf(random, SPLICED) + text.slice(at);
}
