import { Parser } from 'htmlparser2';
import sanitizeHtml from 'sanitize-html';
import { describe, expect, it } from 'vitest';
import { cleanItem } from '../../src/clean/clean.ts';
import { contentOf } from '../support/cleaning.ts';
import type { RawItem } from '../../src/model/feed.ts';
import { COLLECTIONS, KNOWN_VECTORS } from '../support/xss.ts';
import { VECTORS } from './vectors.ts';

const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  a: ['href', 'rel'],
  img: ['src', 'alt', 'loading', 'referrerpolicy'],
  td: ['colspan', 'rowspan'],
  th: ['colspan', 'rowspan'],
};
const TAGS = [
  'p',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'blockquote',
  'ul',
  'ol',
  'li',
  'table',
  'tbody',
  'tr',
  'td',
  'th',
  'a',
  'img',
  'figure',
  'figcaption',
  'strong',
  'em',
  'sub',
  'sup',
];

const BASE = 'https://example.cn/dir/page.html';

/** What in `html` is outside the allow-list. */
function faults(html: string): readonly string[] {
  const found: string[] = [];
  const parser = new Parser({
    onopentag(name, attributes) {
      if (!TAGS.includes(name)) found.push(`<${name}>`);
      for (const [attribute, value] of Object.entries(attributes)) {
        if (!(ATTRIBUTES[name] ?? []).includes(attribute)) found.push(`${name}[${attribute}]`);
        if (attribute === 'href' && !/^(?:https?:\/\/[^/@\s]+(?:[/?#]|$)|mailto:)/.test(value))
          found.push(`href=${value}`);
        if (attribute === 'src' && !/^https?:\/\/[^/@\s]+(?:[/?#]|$)/.test(value)) found.push(`src=${value}`);
      }
    },
    oncomment: () => found.push('comment'),
    onprocessinginstruction: (name) => found.push(name),
  });
  parser.end(html);
  return found;
}

/** The same allow-list in sanitize-html: the content of an entry must pass it unchanged. */
function gate(html: string): string {
  return sanitizeHtml(html, {
    allowedTags: [...TAGS],
    allowedAttributes: Object.fromEntries(Object.entries(ATTRIBUTES).map(([tag, names]) => [tag, [...names]])),
    allowedSchemes: ['http', 'https', 'mailto'],
    allowProtocolRelative: false,
  });
}

const written = (html: string): string => html.replace(/ ?\/>/g, '>').replaceAll('&quot;', '"');

/** An item that carries `vector` wherever a feed has room for one. */
function itemOf(vector: string): RawItem {
  return {
    id: 'a',
    guid: vector,
    title: `题${vector}`,
    link: vector,
    summary: vector,
    content: `<p>江北新区今天发布消息，项目按期完工。</p>${vector}`,
    authors: [vector],
    published: null,
    updated: null,
    categories: [vector],
    enclosures: [vector, `https://example.cn/${vector}`].map((url) => ({ url, type: vector, length: null })),
    image: vector,
    language: vector,
    outlet: vector,
    repairs: [],
  };
}

/** What of the markup is left that should not be. */
function markupFaults(vector: string): readonly string[] {
  const out = contentOf(`<p>前</p>${vector}<p>后</p>`, BASE);
  const found = [...faults(out)];
  if (written(gate(out)) !== written(out)) found.push(`sanitize-html makes something else of ${out}`);
  if (contentOf(out, BASE) !== out) found.push(`cleaning again makes something else of ${out}`);
  return found;
}

/** The same of an entry's every field. */
function entryFaults(vector: string): readonly string[] {
  const { entry } = cleanItem(itemOf(vector), { source: 's', timezone: 'Asia/Shanghai', baseUrl: null });
  const texts = [entry.title, ...entry.authors, ...entry.categories, entry.outlet ?? ''];
  const addresses = [entry.link, entry.image, ...entry.enclosures.map(({ url }) => url)];
  return [
    ...faults(entry.content),
    ...texts.filter((text) => /<(?:script|img|svg|iframe|style|a|p)[\s/>]/i.test(text)),
    ...addresses.filter((address) => address !== null).filter((address) => !/^https?:/.test(address)),
  ];
}

describe('no vector comes through', () => {
  it('knows more than four hundred of public collections, none twice', () => {
    expect(KNOWN_VECTORS.length).toBeGreaterThan(400);
    expect(new Set(KNOWN_VECTORS).size).toBe(KNOWN_VECTORS.length);
  });

  it.each(COLLECTIONS)('$collection', ({ vectors }) => {
    const found = vectors.map((vector) => ({ vector, faults: [...markupFaults(vector), ...entryFaults(vector)] }));
    expect(found.filter((one) => one.faults.length > 0)).toEqual([]);
  });

  it.each(VECTORS)('content: %s', (_name, vector) => {
    expect(markupFaults(vector)).toEqual([]);
  });
  it.each(VECTORS)('every field of an entry: %s', (_name, vector) => {
    expect(entryFaults(vector)).toEqual([]);
  });
});

describe('the content of an entry', () => {
  it.each([
    [
      '<p>合肥今天竞赛，若 a<b 且 b<c，则 a<c。学生们说很好。</p>',
      '合肥今天竞赛，若 a&lt;b 且 b&lt;c，则 a&lt;c。学生们说很好。',
    ],
    ['<p>老师写下 x<y，又写下 (x)<b</p><p>大家都懂了这一步。</p>', '老师写下 x&lt;y，又写下 (x)&lt;b'],
    [
      '<p>报名人数<b>八百</b>，名额<i >不变</i>，其余照旧办理。</p>',
      '报名人数<strong>八百</strong>，名额<em>不变</em>',
    ],
  ])('takes no comparison for a tag, which would end it: %s', (html, text) => {
    expect(contentOf(html, null)).toContain(text);
  });

  const cases: readonly (readonly [name: string, html: string, out: string])[] = [
    [
      'keeps what articles are made of',
      '<h1>题</h1><p>一<b>二</b><i>三</i>H<sub>2</sub>O</p>',
      '<h2>题</h2>\n<p>一<strong>二</strong><em>三</em>H<sub>2</sub>O</p>',
    ],
    [
      'links out, without power',
      '<p>全文见<a href="/a?x=1&y=2" target="_blank">文</a></p>',
      '<p>全文见<a href="https://example.cn/a?x=1&amp;y=2" rel="noopener noreferrer nofollow">文</a></p>',
    ],
    [
      'mail links',
      '<p>请写<a href="mailto:a@example.cn">信</a></p>',
      '<p>请写<a href="mailto:a@example.cn" rel="noopener noreferrer nofollow">信</a></p>',
    ],
    ['lists', '<ul><li>一<li>二</ul>', '<ul><li>一</li><li>二</li></ul>'],
    [
      'tables of data',
      '<table><tr><th>市<th>数<tr><td>合肥<td>1</table>',
      '<table><tbody><tr><th>市</th><th>数</th></tr><tr><td>合肥</td><td>1</td></tr></tbody></table>',
    ],
    ['tables that lay out', '<table><tr><td><p>一</p><p>二</p></td></tr></table>', '<p>一</p>\n<p>二</p>'],
    ['quotes', '<blockquote>一</blockquote>', '<blockquote><p>一</p></blockquote>'],
    ['lazy pictures', '<img src="/blank.gif" data-original="/pic/1.jpg">', picture('https://example.cn/pic/1.jpg')],
    [
      'pictures of WeChat',
      '<img data-src="https://mmbiz.qpic.cn/x/640?wx_fmt=jpeg">',
      picture('https://mmbiz.qpic.cn/x/640?wx_fmt=jpeg'),
    ],
    [
      'the widest of a srcset',
      '<img srcset="a-1.jpg 320w, a-2.jpg 1280w, a-3.jpg 640w">',
      picture('https://example.cn/dir/a-2.jpg'),
    ],
    [
      'no tracking pixels',
      '<img src="https://hm.baidu.com/hm.gif?x"><img width=1 height=1 src="/a.gif"><img src="/b.gif" style="width:1px;height:1px">',
      '',
    ],
    [
      'known players as links',
      '<iframe src="//player.bilibili.com/player.html?bvid=BV1"></iframe><p>说明</p>',
      '<p><a href="https://player.bilibili.com/player.html?bvid=BV1" rel="noopener noreferrer nofollow">▶ 视频</a></p>\n<p>说明</p>',
    ],
    ['unknown frames not at all', '<iframe src="https://ads.example.com/"></iframe>', ''],
    ['a host that only looks known', '<iframe src="https://evilbilibili.com/"></iframe>', ''],
    [
      'names in addresses gone',
      '<p>全文见<a href="https://bank.example@evil.example/">文</a></p>',
      '<p>全文见<a href="https://evil.example/" rel="noopener noreferrer nofollow">文</a></p>',
    ],
    ['hidden parts', '<p>一<span style="display: none">暗</span></p><div hidden>暗</div>', '<p>一</p>'],
    ['invisible characters', '<p>合\u200b肥\u202e</p>', '<p>合肥</p>'],
    [
      'unclosed and crossed',
      '<p>一<b>二<p>三</b>四',
      '<p>一<strong>二</strong></p>\n<p><strong>三</strong></p>\n<p>四</p>',
    ],
    ['empty', '', ''],
  ];
  it.each(cases)('%s', (_name, html, out) => {
    expect(contentOf(html, BASE)).toBe(out);
  });

  it('drops relative addresses that have no base', () => {
    expect(contentOf('<p><a href="/a">文</a><img src="b.jpg"></p>', null)).toBe('<p>文</p>');
  });

  it.each([
    ['nesting', '<div>'.repeat(50_000) + '文'],
    ['inline nesting', '<b>'.repeat(50_000) + '文'],
    ['nested lists', '<ul><li>'.repeat(20_000) + '文'],
    ['nested tables', '<table><tr><td>'.repeat(20_000) + '文'],
    ['open brackets', '<'.repeat(200_000)],
    ['one long attribute', `<img alt="${'x'.repeat(1_000_000)}" src="https://example.cn/a.jpg">`],
    ['many cells', `<table>${'<tr><td>一<td>二'.repeat(30_000)}</table>`],
  ])('survives a bomb of %s', (_name, bomb) => {
    expect(faults(contentOf(bomb, null))).toEqual([]);
  });
});

function picture(src: string): string {
  return `<p><img src="${src}" alt="" loading="lazy" referrerpolicy="no-referrer"></p>`;
}
