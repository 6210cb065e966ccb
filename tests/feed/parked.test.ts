/** Pages of registrars in place of a site, and pages of sites that speak of names. */
import { describe, expect, test } from 'vitest';
import { read, refusal } from './documents.ts';

const rows = (topics: readonly string[], written: (topic: string, i: number) => string) =>
  `<ul>${topics.map((topic, i) => `<li>${written(topic, i)}</li>`).join('')}</ul>`;
const ADS = [
  '合肥装修公司排名前十强推荐',
  '老房翻新报价明细一览表',
  '二手车评估在线免费查询',
  '上海留学中介机构哪家好',
  '成人学历提升报名入口',
  '企业贷款利率对比计算器',
  '空气能热水器十大品牌',
  '无锡月嫂价格表最新发布',
];
const linked = rows(
  ADS,
  (topic, i) => `<a href="/news/2026/${1000 + i}.html">${topic}</a><span>2026-11-${10 + i}</span>`,
);
const page = (title: string, body: string, head = '') =>
  `<!doctype html><html><head><meta charset="utf-8"><title>${title}</title>${head}</head><body>${body}</body></html>`;

const PARKED: readonly (readonly [string, string])[] = [
  ['a name for sale, in Chinese', page('ahrb.example', `<h1>该域名可转让</h1><p>联系邮箱 a@b.example</p>${linked}`)],
  ['in Traditional Chinese', page('網站', `<p>此網域名稱正在出售，歡迎洽詢。</p>${linked}`)],
  ['lapsed, in Chinese', page('提示', `<p>您访问的域名已过期，请联系注册商续费。</p>${linked}`)],
  ['said by its title alone', page('ahrb.example 域名出售', linked)],
  ['for sale, in English', page('ahrb.example', `<h2>The domain ahrb.example is for sale</h2>${linked}`)],
  [
    'with the name in its own element',
    page('', `<p>The domain <b>ahrb.example</b> may be for sale by its owner!</p>${linked}`),
  ],
  ['to buy', page('ahrb.example', `<a href="/buy">Buy this domain</a><p>Related searches</p>${linked}`)],
  [
    'lapsed, in English',
    page('Expired', `<p>This domain name has expired. If you are the owner, renew it now.</p>${linked}`),
  ],
  [
    'parked for nothing',
    page('ahrb.example', `<p>This Web page is parked free, courtesy of a registrar.</p>${linked}`),
  ],
  [
    'by a parking service',
    page('ahrb.example', linked, '<script src="https://d1.parkingcrew.net/scripts/sale_form.js"></script>'),
  ],
  ['with long scripts', page('x.cn', `<script>${'var a = 1; '.repeat(2000)}</script><p>本域名有意转让</p>${linked}`)],
];

describe('a registrar’s page', () => {
  test.each(PARKED)('is no list of news, found or selected, and no feed: %s', async (_, html) => {
    const headers = { 'content-type': 'text/html' };
    const of = (over: object) => refusal(html, { headers, url: 'http://ahrb.example/news/', ...over });
    const select = { item: 'li', title: 'a', link: 'a', date: 'span' };
    const list =
      'parse: got the page of a name that is parked or for sale instead of a list of news: the site’s name may have lapsed';
    expect(await of({ kind: 'page' })).toBe(list);
    expect(await of({ kind: 'page', select })).toBe(list);
    expect(await of({ kind: 'auto' })).toBe(list);
    expect(await of({ kind: 'feed' })).toMatch(
      /^parse: got the page of a name that is parked or for sale instead of a feed/,
    );
  });

  const NEWS = [
    '合肥一企业域名被抢注法院判决返还',
    '国家发布中文域名管理办法',
    '本市启用政务新域名十一月上线',
    '芜湖轨道交通三号线全线贯通',
    '阜阳今冬首场雪预计周末抵达',
    '黄山景区推出错峰预约办法',
    'A domain name dispute is settled in Shanghai',
    '宣城宣纸技艺传习所开门迎客',
  ];
  test.each([
    [
      'that tells of names',
      page(
        '样报 要闻',
        rows(NEWS, (topic, i) => `<a href="/news/2026/${1000 + i}.html">${topic}</a><span>2026-11-${10 + i}</span>`),
      ),
    ],
    [
      'whose foot offers a name',
      page(
        '样报 要闻',
        `${rows(NEWS, (topic, i) => `<a href="/news/2026/${1000 + i}.html">${topic}</a><span>2026-11-${10 + i}</span>`)}<p>${'版权所有，未经许可不得转载。'.repeat(300)}该域名转让请联系</p>`,
      ),
    ],
  ])('is not a list of news %s', async (_, html) => {
    const result = await read(html, {
      headers: { 'content-type': 'text/html' },
      url: 'http://news.example/',
      kind: 'page',
    });
    expect(result.ok && result.document.items).toHaveLength(NEWS.length);
  });
});
