/** Layouts in the manner of many makers, as they come from servers: lists as data, dates in all shapes, papers, walls. */
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { readDocument } from '../../../src/feed/readdocument.ts';
import type { SourceKind } from '../../../src/model/source.ts';
import { beijingDate } from '../../../src/text/time.ts';
import { count, dayOf, frame, headline, list, NOW, PAGE, plainPath, SITE } from './samplesite.ts';

interface Came {
  readonly html: string | Buffer;
  readonly url?: string;
  readonly kind?: SourceKind;
  readonly type?: string;
  readonly now?: number;
}

/** `title day` of each item, or the code of the refusal. */
async function read({ html, url = PAGE, kind = 'page', type = 'text/html', now = NOW }: Came): Promise<unknown> {
  const settings = { id: 's', kind, encoding: null, timezone: 'Asia/Shanghai', select: null };
  const result = await readDocument(
    settings,
    { bytes: Buffer.from(html), headers: { 'content-type': type }, url },
    now,
  );
  if (!result.ok) return typeof result.reason === 'string' ? result.reason : result.reason.code;
  return result.document.items.map(
    ({ title, published }) => `${title} ${published === null ? '' : beijingDate(published)}`,
  );
}

const ROWS = count(9).map((n) => `${headline(n)} ${dayOf(n)}`);
const link = (n: number): string => `<a href="${plainPath(n)}">${headline(n)}</a>`;
const rows = (row: (n: number) => string): string => frame(list(9, (n) => `<li>${row(n)}</li>`));
const [month, day] = [(n: number) => dayOf(n).slice(5, 7), (n: number) => dayOf(n).slice(8)];

describe('days as lists write them', () => {
  const WRITTEN: Readonly<Record<string, (n: number) => string>> = {
    'eight digits': (n) => `${link(n)}<span>${dayOf(n).replaceAll('-', '')}</span>`,
    'month.day': (n) => `${link(n)}<span>[${month(n)}.${day(n)}]</span>`,
    'two digits of the year': (n) => `${link(n)}<span>26-${month(n)}-${day(n)}</span>`,
    'an English month': (n) => `${link(n)}<span>Nov ${day(n)}, 2026</span>`,
    'an English month, split': (n) => `<div><b>${day(n)}</b><span>Nov 2026</span></div>${link(n)}`,
    'a month in a box': (n) => `<div><span>${month(n)}月</span><strong>${day(n)}</strong></div>${link(n)}`,
    'day, month and year apart': (n) => `<p>${day(n)}</p><p>${month(n)}月</p><p>2026</p>${link(n)}`,
    'a deadline before it': (n) => `${link(n)}<i>截止日期：2026-12-20</i><i>发布日期：${dayOf(n)}</i>`,
    'an office before it': (n) => `${link(n)}<span>县水利局 ${dayOf(n)}</span>`,
  };
  test.each(Object.entries(WRITTEN))('%s', async (_, row) => {
    expect(await read({ html: rows(row) })).toEqual(ROWS);
  });

  const grouped = (heading: (n: number) => string, group: (rows: string) => string): string =>
    count(3)
      .map(
        (g) =>
          `${heading(g * 3)}${group(
            count(3)
              .map((n) => `<li>${link(g * 3 + n)}</li>`)
              .join(''),
          )}`,
      )
      .join('');
  test.each([
    [
      'headings',
      grouped(
        (n) => `<h3>${Number(month(n))}月${Number(day(n))}日 星期五</h3>`,
        (ul) => `<ul>${ul}</ul>`,
      ),
    ],
    [
      'lines of a list',
      `<ul>${grouped(
        (n) => `<li class="day">${dayOf(n)}</li>`,
        (ul) => ul,
      )}</ul>`,
    ],
    [
      'boxes',
      grouped(
        (n) => `<div><b>${dayOf(n).replaceAll('-', '.')}</b></div>`,
        (ul) => `<ol>${ul}</ol>`,
      ),
    ],
  ])('day blocks under %s that stand in the page itself', async (_, body) => {
    expect(await read({ html: frame(body) })).toEqual(ROWS);
  });

  test('today’s day in the head of a page is none of its rows', async () => {
    const html = `<html><body><p>2026年11月27日 星期五</p>${count(9)
      .map((n) => `<h3>${link(n)}</h3>`)
      .join('')}</body></html>`;
    expect(await read({ html })).toEqual(count(9).map((n) => `${headline(n)} `));
  });

  test('days without a year around the new year', async () => {
    const days = ['01-02', '01-01', '12-31', '12-30'];
    const html = frame(list(4, (n) => `<li>${link(n)}<em>${days[n]}</em></li>`));
    expect(await read({ html, now: Date.parse('2027-01-02T09:00:00+08:00') })).toEqual(
      ['2027-01-02', '2027-01-01', '2026-12-31', '2026-12-30'].map((at, n) => `${headline(n)} ${at}`),
    );
  });
});

describe('lists as data', () => {
  const news = count(9).map((n) => ({ title: headline(n), url: plainPath(n), publishTime: `${dayOf(n)} 08:00:00` }));
  const state = JSON.stringify({ tip: 'a "}" and a ]', list: news });
  test.each<[string, Came]>([
    ['handed to a function', { html: `cb(${state});`, kind: 'auto', type: 'application/javascript' }],
    ['given a name', { html: `var news = ${state};`, kind: 'auto', type: 'text/javascript' }],
    ['given a name, of a page', { html: `var news = ${state};` }],
    [
      'the state of an application, with more script behind it',
      {
        html: `<html><body><div id="app"></div><script>window.__STATE__=${state};(function(){var s={};s["}"]=1})();</script></body></html>`,
      },
    ],
  ])('%s', async (_, came) => {
    expect(await read(came)).toEqual(ROWS);
  });
});

describe('addresses that only scripts follow', () => {
  test.each([
    ['data-href', (n: number) => `<div data-href="${plainPath(n)}"><h3>${headline(n)}</h3><i>${dayOf(n)}</i></div>`],
    ['routes', (n: number) => `<a href="#/news/detail/${900 + n}">${headline(n)}</a><i>${dayOf(n)}</i>`],
  ])('%s', async (_, row) => {
    expect(await read({ html: rows(row) })).toEqual(ROWS);
  });
});

test.each([
  ['gbk', '<meta charset="gb2312">'],
  ['gbk', ''],
  ['gbk', '<meta charset="utf-8">'],
])('%s without a header, behind %s', async (encoding, meta) => {
  const html = rows((n) => `${link(n)}<span>${dayOf(n)}</span>`).replace('<meta charset="utf-8">', meta);
  expect(await read({ html: iconv.encode(html, encoding) })).toEqual(ROWS);
});

test('what a paper prints beside its news is none', async () => {
  const folder = '../../../content/202611/27/content_';
  const other = [
    '本版责编：某某',
    '责任编辑 某某 版式 某某',
    '责任编辑：某某',
    '本版编辑/某某',
    '广告',
    '（公益广告）',
    '版面导航',
    '遗失声明',
    '今日导读',
    '第02版：要闻',
  ];
  const items = [...count(9).map(headline), ...other].map(
    (title, n) => `<li><a href="${folder}${71_000 + n}.html">${title}</a></li>`,
  );
  const html = `<html><body><div class="n"><ul>${items.join('')}</ul></div></body></html>`;
  const url = `${SITE}/qhrb/layout/202611/27/node_01.html`;
  expect(await read({ html, url })).toEqual(count(9).map((n) => `${headline(n)} 2026-11-27`));
});

test('rows of another site that show a day are of the list, and those that show none are not', async () => {
  const elsewhere = (n: number): string => `https://www.province-demo.cn/zwyw/${n}.html`;
  const html = frame(
    list(
      9,
      (n) => `<li><a href="${n % 3 === 0 ? elsewhere(n) : plainPath(n)}">${headline(n)}</a><i>${dayOf(n)}</i></li>`,
    ),
  );
  expect(await read({ html })).toEqual(ROWS);
});

test('a box of headlines that stands where rows do, for no class tells them apart, is no row', async () => {
  const box = (inner: string): string => `<div>${inner}</div>`;
  const card = (n: number): string => box(`${box(link(n))}<span>${dayOf(n)}</span>`);
  const hot = box(
    box(
      `<h3>热点</h3><ol>${count(6)
        .map((n) => `<li>${link(n + 60)}</li>`)
        .join('')}</ol>`,
    ),
  );
  expect(await read({ html: frame(box(box(count(9).map(card).join('')) + hot)) })).toEqual(ROWS);
});

describe('what stands in place of a list has its name', () => {
  const page = (body: string, title = '提示'): string =>
    `<html><head><title>${title}</title></head><body>${body}</body></html>`;
  const hot = `<ol>${count(4)
    .map((n) => `<li>${link(n)}</li>`)
    .join('')}</ol>`;
  test.each([
    ['refusal-page', page('<p>由于您访问的URL有可能对网站造成安全威胁，您的访问被阻断。</p>', '405')],
    ['refusal-page', page('The requested URL was rejected. Your support ID is: 7', 'Request Rejected')],
    ['refusal-page', page('<iframe src="/_Incapsula_Resource"></iframe>Request unsuccessful.')],
    ['refusal-page', page('<p>您的访问过于频繁，请稍后再试。</p>')],
    ['captcha-page', page('<p>请拖动下方滑块完成验证</p>')],
    ['captcha-page', page('<p>请点击按钮</p><script src="https://static.geetest.com/v4/gt4.js"></script>')],
    ['not-found-page', page('<h1>HTTP状态 404 - 未找到</h1>')],
    ['moved', frame('<p>本栏目已停止更新，相关内容请移步“政务公开”栏目查看。</p>')],
    ['empty', frame('<ul class="list"></ul><div>共 0 条 第1/1页</div>')],
    ['empty', frame('<p>对不起，暂时没有内容！</p>')],
    ['empty', frame(`<div><p>暂无数据</p></div><div class="side"><h3>热门</h3>${hot}</div>`)],
    ['refresh', '<html><head><script>location.href="/xw/index.html";</script></head><body></body></html>'],
    ['refresh', '<html><frameset cols="20%,80%"><frame src="/left.html"><frame src="/xw/list.html"></frameset></html>'],
  ])('%s (%#)', async (code, html) => {
    expect(await read({ html })).toBe(`feed.list.${code}`);
  });
});
