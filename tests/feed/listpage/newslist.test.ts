/** The news of pages that nobody described: which rows, under which titles, of which days; and what is refused by which name. */
import { describe, expect, test } from 'vitest';
import { readNewsPage } from '../../../src/feed/listpage/newslist.ts';
import { parseDate } from '../../../src/feed/dates/feeddates.ts';
import { dateInAddress } from '../../../src/zh/dates.ts';
import { beijingDate } from '../../../src/text/time.ts';
import { count, dayOf, frame, headline, list, NOW, PAGE, pathOf, plainPath, prose, SITE } from './samplesite.ts';

const CONTEXT = { timezone: 'Asia/Shanghai', now: NOW };

interface Seen {
  readonly mode: string;
  readonly titles: readonly string[];
  readonly links: readonly (string | null)[];
  readonly days: readonly (string | null)[];
}

function read(html: string, url = PAGE): Seen {
  const result = readNewsPage(html, url, CONTEXT);
  if (!result.ok) return { mode: result.reason.code, titles: [], links: [], days: [] };
  const { mode, items } = result.page;
  const days = items.map(({ published, link }) => {
    const text = published === '' ? dateInAddress(link ?? '') : published;
    const date = text === null ? null : parseDate(text, CONTEXT);
    return date === null ? null : beijingDate(date.at);
  });
  return { mode, titles: items.map(({ title }) => title), links: items.map(({ link }) => link), days };
}

const TEN = { mode: 'list', titles: count(10).map(headline), days: count(10).map(dayOf) };
const short = (n: number): string => dayOf(n).slice(5);
const dayAndMonth = (n: number): readonly [string, string] => [dayOf(n).slice(8), dayOf(n).slice(0, 7)];

const LAYOUTS: Readonly<Record<string, string>> = {
  'a line, a day at its end': frame(
    list(10, (n) => `<li><a href="${plainPath(n)}">${headline(n)}</a><span>${dayOf(n)}</span></li>`),
  ),
  'day and month apart': frame(
    list(10, (n) => {
      const [day, month] = dayAndMonth(n);
      return `<li><div class="rq"><b>${day}</b><span>${month}</span></div><a href="${plainPath(n)}">${headline(n)}</a></li>`;
    }),
  ),
  'day and month within the link of a card': frame(
    list(10, (n) => {
      const [day, month] = dayAndMonth(n);
      return `<li><a href="${plainPath(n)}"><div><p>${day}</p><i>${month.replace('-', '/')}</i></div><h3>${headline(n)}</h3></a></li>`;
    }),
  ),
  'month and day, the year behind': frame(
    list(
      10,
      (n) => `<li><span class="d"><em>${short(n)}</em>2026</span><a href="${plainPath(n)}">${headline(n)}</a></li>`,
    ),
  ),
  'month and day in brackets': frame(
    list(10, (n) => `<li><a href="${plainPath(n)}">${headline(n)}</a>[${short(n)}]</li>`),
  ),
  'a table with a closing day beside it': frame(
    list(
      10,
      (n) => `<tr><td><a href="${plainPath(n)}">${headline(n)}</a></td><td>${dayOf(n)}<br>2027-01-15</td></tr>`,
      '<table>',
      '</table>',
    ),
  ),
  'day first': frame(
    list(10, (n) => {
      const [year, month, day] = dayOf(n).split('-');
      return `<li><a href="${plainPath(n)}">${headline(n)}</a><span>${day}/${month}/${year}</span></li>`;
    }),
  ),
  'a channel before, the day behind': frame(
    list(
      10,
      (n) => `<li>[<a href="/xwzx/">要闻</a>]<a href="${plainPath(n)}">${headline(n)}</a><p>${dayOf(n)} 09:30</p></li>`,
    ),
  ),
  'the day in the address alone': frame(list(10, (n) => `<li><a href="${pathOf(n)}">${headline(n)}</a></li>`)),
  'the day in the address, another in the summary': frame(
    list(
      10,
      (n) =>
        `<div class="item"><h3><a href="${pathOf(n)}">${headline(n)}</a></h3><p>青禾县融媒体11月2日电，这一天的风比往年都小，河边看热闹的人站成了两排。</p></div>`,
      '<div class="items">',
      '</div>',
    ),
  ),
  'time elements': frame(
    list(
      10,
      (n) =>
        `<article><h2><a href="${plainPath(n)}">${headline(n)}</a></h2><time datetime="${dayOf(n)}T08:00:00+08:00">${short(n)}</time><p>${headline(n)}……<a href="${plainPath(n)}">继续阅读</a></p></article>`,
      '<main>',
      '</main>',
    ),
  ),
  'groups under the day': frame(
    `<div class="days">${count(4)
      .map(
        (group) =>
          `<h4>${dayOf(group * 3)} 星期五</h4><ul>${count(10)
            .filter((n) => Math.floor(n / 3) === group)
            .map((n) => `<li><a href="${plainPath(n)}">${headline(n)}</a></li>`)
            .join('')}</ul>`,
      )
      .join('')}</div>`,
  ),
  'lines without elements of their own, the day below': frame(
    list(
      10,
      (n) => `<a href="${plainPath(n)}">${headline(n)}</a><br><span>${dayOf(n)}</span><br>`,
      '<div class="box">',
      '</div>',
    ),
  ),
  'records in a script': frame(
    `<div id="9"><script type="text/xml"><datastore><nextgroup><![CDATA[<a href="/dataproxy.jsp?page=2"></a>]]></nextgroup><recordset>${count(
      10,
    )
      .map(
        (n) =>
          `<record><![CDATA[<li><a href="${plainPath(n)}">${headline(n)}</a><span>${dayOf(n)}</span></li>]]></record>`,
      )
      .join('')}</recordset></datastore></script></div>`,
  ),
  'links that scripts open': frame(
    list(
      10,
      (n) =>
        `<li onclick="window.open('${plainPath(n)}')"><a href="javascript:void(0)">${headline(n)}</a><i>${dayOf(n)}</i></li>`,
    ),
  ),
  'pictures, keywords and comments in each row': frame(
    list(
      10,
      (n) =>
        `<div class="row"><a class="pic" href="${plainPath(n)}"><img src="/i/${n}.jpg"></a><div><h3><a href="${plainPath(n)}">${headline(n)}</a></h3><a href="/keywords/5/1/${40_000 + n}.html">河道与桥梁</a> <a href="${plainPath(n)}#comments">3条评论</a><span>${dayOf(n)}</span></div></div>`,
      '<div class="rows">',
      '</div>',
    ),
  ),
  'first, last and marked rows of other classes': frame(
    list(
      10,
      (n) =>
        `<li class="${n === 0 ? 'zd' : n === 9 ? 'lastone' : 'one'}"><a href="${plainPath(n)}">${n === 0 ? '<b class="tag">[置顶]</b>' : ''}${headline(n)}</a><span>${dayOf(n)}</span></li>`,
    ),
  ),
  'titles cut short, whole in the attribute': frame(
    list(
      10,
      (n) =>
        `<li><a title="${headline(n)}" href="${plainPath(n)}">${headline(n).slice(0, 9)}...</a><span>${dayOf(n)}</span></li>`,
    ),
  ),
};

test.each(Object.entries(LAYOUTS))('list: %s', (_name, html) => {
  const { mode, titles, days } = read(html);
  const bare = titles.map((title) => title.replace(/^\[置顶\]/, ''));
  expect({ mode, titles: bare, days }).toEqual(TEN);
});

test('a date of today is counted from the time of reading', () => {
  const html = frame(
    list(6, (n) => `<li><a href="${plainPath(n)}">${headline(n)}</a><em>${n * 5 + 1}分钟前</em></li>`),
  );
  expect(read(html).days).toEqual(count(6).map(() => '2026-11-27'));
});

describe('what stands beside a list is none of it', () => {
  const main = list(10, (n) => `<li><a href="${plainPath(n)}">${headline(n)}</a><span>${dayOf(n)}</span></li>`);
  const others = (from: number, site = ''): string =>
    list(
      12,
      (n) => `<li><a href="${site}${plainPath(n + from)}">${headline(n + from)}</a></li>`,
      '<ol class="rank">',
      '</ol>',
    );

  test('a column of most read news of the same site', () => {
    expect(
      read(frame(`<div class="l">${main}</div><div class="r"><h3>点击排行</h3>${others(60)}</div>`)).titles,
    ).toEqual(TEN.titles);
  });

  test('a navigation of 36 links with names as long as headlines', () => {
    const links = count(36).map((n) => `<a href="/dept/d${n}/index.html">青禾县第${n}号街道便民服务中心</a>`);
    expect(read(frame(`<div>${links.join(' ')}</div>${main}`)).titles).toEqual(TEN.titles);
  });

  test('a hidden tab of another site', () => {
    const hidden = list(
      12,
      (n) =>
        `<li><a href="https://news.baishi-demo.cn${plainPath(n + 90)}">${headline(n + 90)}</a><span>${dayOf(n)}</span></li>`,
      '<ul class="zlist" style="display:none">',
    );
    expect(read(frame(`<div>${main}${hidden}</div>`)).titles).toEqual(TEN.titles);
  });

  test('pages of the paper, its editors and its advertisements', () => {
    const pages = list(
      8,
      (n) => `<p><a href="node_0${n}.html">第0${n}版：要闻</a></p>`,
      '<div class="pages">',
      '</div>',
    );
    const own = list(
      9,
      (n) => `<li><a href="../../../content/202611/27/c${8000 + n}.html"><h4>${headline(n)}</h4></a></li>`,
      '<ul>',
      '<li><a href="../../../content/202611/27/c8990.html"><h4>本版责编：甲乙丙</h4></a></li><li><a href="../../../content/202611/27/c8991.html"><h4>广告</h4></a></li></ul>',
    );
    const page = read(frame(`${pages}<div class="news">${own}</div>`), `${SITE}/qhrb/layout/202611/27/node_01.html`);
    expect([page.titles, page.days]).toEqual([count(9).map(headline), count(9).map(() => '2026-11-27')]);
  });
});

test('a front page gives the news of all its blocks and not its channels', () => {
  const block = (from: number): string =>
    `<div class="part"><h2><a href="/p${from}/">栏目${from}</a></h2>${list(8, (n) => `<li><a href="${pathOf(n + from)}">${headline(n + from)}</a></li>`)}</div>`;
  const page = read(
    frame(`${block(0)}<div class="mid">${block(10)}</div><div class="side"><div>${block(20)}</div></div>`),
    `${SITE}/`,
  );
  expect(page.mode).toBe('front');
  expect(page.titles).toEqual([0, 10, 20].flatMap((from) => count(8).map((n) => headline(n + from))));
});

describe('what is no list is refused by its name', () => {
  const related = list(8, (n) => `<li><a href="${pathOf(n)}">${headline(n)}</a></li>`);
  const dated = list(8, (n) => `<li><a href="${pathOf(n)}">${headline(n)}</a><span>${dayOf(n)}</span></li>`);
  const article = (below: string): string =>
    frame(`<div class="art"><h1>${headline(3)}</h1><p>2026-11-26 08:00 来源：青禾融媒</p>${prose(6)}</div>${below}`);
  const CASES: Readonly<Record<string, readonly [string, string]>> = {
    'an article with related news': [article(related), 'feed.list.article'],
    'an article with dated related news': [article(dated), 'feed.list.article'],
    'an empty channel': [frame('<ul class="zlist"></ul><p>暂无信息</p>'), 'feed.list.empty'],
    'a notice of moving': [frame('<h1>公告</h1><p>因网站改版，本栏目已迁移至新地址。</p>'), 'feed.list.moved'],
    'navigation only': [frame('<p>欢迎来到青禾</p>'), 'feed.list.navigation'],
    'a page that scripts make': [
      '<html><body><div id="app"></div><script src="/a.js"></script></body></html>',
      'feed.list.script',
    ],
    'a captcha': [
      '<html><body><p>请完成安全验证后继续</p><img src="/captcha.png"></body></html>',
      'feed.list.captcha-page',
    ],
    'a firewall': [
      '<html><head><title>访问被拒绝</title></head><body><h1>访问被拒绝</h1><p>事件 7</p></body></html>',
      'feed.list.refusal-page',
    ],
    nothing: ['<p>你好', 'feed.list.nothing'],
  };
  test.each(Object.entries(CASES))('%s', (_name, [html, code]) => {
    expect(read(html).mode).toBe(code);
  });
});

test('a summary in every row does not make an article of a list', () => {
  const html = frame(
    list(10, (n) => `<li><a href="${plainPath(n)}">${headline(n)}</a><p>${prose(1)}</p><span>${dayOf(n)}</span></li>`),
  );
  expect(read(html).titles).toEqual(TEN.titles);
});
