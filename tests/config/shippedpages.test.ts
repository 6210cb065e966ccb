/** Each shipped page without selectors is read from a page of its layout and with the addresses that its site gives to articles. */
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/files/load.ts';
import { regionProblem } from '../../src/divisions/naming.ts';
import { readNewsPage } from '../../src/feed/listpage/newslist.ts';
import { ruleProblem } from '../../src/region/decide/rules.ts';
import { datedAddresses } from '../../src/sources/datedaddress.ts';
import { parseDate } from '../../src/feed/dates/feeddates.ts';
import { beijingDate } from '../../src/text/time.ts';
import { LAYOUT_KINDS, type LaidRow, type LayoutKind } from '../feed/listpage/layoutkinds.ts';
import { count, dayOf, frame, headline, NOW } from '../feed/listpage/samplesite.ts';

const CONTEXT = { timezone: 'Asia/Shanghai', now: NOW };

const folder = fileURLToPath(new URL('../../config', import.meta.url));
const config = await loadConfig(folder, {}, { regionProblem, ruleProblem }, 0);
const pages = config.ok ? config.config.sources.filter(({ kind }) => kind === 'page') : [];

/** Year, month and day of row `n`, as addresses write them. */
const dayParts = (n: number): readonly [string, string, string] => {
  const [year = '', month = '', day = ''] = dayOf(n).split('-');
  return [year, month, day];
};
const hex = (n: number): string => `${(n + 11) * 7919}`.padEnd(8, 'a').repeat(4).slice(0, 32);

/** Host → the path of an article, as addresses on record show it. The first that fits counts. */
const ARTICLES: readonly (readonly [RegExp, (n: number, folder: string) => string])[] = [
  [/people\.com\.cn$/, (n) => `/n2/${dayParts(n)[0]}/${dayParts(n)[1]}${dayParts(n)[2]}/c227131-${4_105_000 + n}.html`],
  [/news\.cn$/, (n) => `/${dayParts(n).join('')}/${hex(n)}/c.html`],
  [/chinanews\.com\.cn$/, (n) => `/news/${dayParts(n)[0]}/${dayParts(n)[1]}${dayParts(n)[2]}/${250_000 + n}.html`],
  [/cnr\.cn$/, (n, at) => `${at}${dayParts(n).join('')}/t${dayParts(n).join('')}_52${7_000_000 + n}.shtml`],
  [
    /anhuinews\.com$|zjol\.com\.cn$/,
    (n, at) => `${at}${dayParts(n)[0]}${dayParts(n)[1]}/t${dayParts(n).join('')}_${8_100_000 + n}.html`,
  ],
  [/ahnews\.com\.cn$/, (n) => `/pc/con/${dayParts(n)[0]}${dayParts(n)[1]}/${dayParts(n)[2]}/496_${880_000 + n}.html`],
  [/wuhunews\.cn$/, (n, at) => `${at}${dayOf(n)}/${66_000 + n}.html`],
  [/shanghai\.gov\.cn$/, (n) => `/nw4411/${dayParts(n).join('')}/${hex(n)}.html`],
  [/jiangsu\.gov\.cn$/, (n) => `/art/${dayParts(n).map(Number).join('/')}/art_60096_${11_700_000 + n}.html`],
  [
    /jschina\.com\.cn$/,
    (n, at) => `${at}${dayParts(n)[0]}${dayParts(n)[1]}/t${dayParts(n).join('')}_${3_500_000 + n}.shtml`,
  ],
  [/xhby\.net$/, (n) => `/content/s${hex(n).slice(0, 24)}.html`],
  [/xinmin\.cn$|yzwb\.net$|ahwang\.cn$/, (n) => `/news/${dayParts(n).join('/')}/${323_000 + n}.html`],
  // Digital papers of 方正: the page of an issue lies beside the articles' folders.
  [
    /hf365\.com$|wxrb\.com$|tznews\.cn$/,
    (n) => `/content/${dayParts(n)[0]}${dayParts(n)[1]}/${dayParts(n)[2]}/content_${1_390_000 + n}.html`,
  ],
  [/thehour\.cn$/, (n) => `/html/${dayParts(n)[0]}-${dayParts(n)[1]}/${dayParts(n)[2]}/content_${4_390_000 + n}.htm`],
  [/xuancheng\.gov\.cn$|bozhou\.gov\.cn$/, (n) => `/News/show/${1_600_000 + n}.html`],
  [/\.gov\.cn$|zgjssw/, (n, at) => `${at}${565_400_000 + n}.html`],
];

const articleOf = (url: URL, n: number): string => {
  const at = url.pathname.replace(/[^/]*$/, '');
  return ARTICLES.find(([host]) => host.test(url.hostname))?.[1](n, at) ?? '';
};

const isFront = (url: URL): boolean => /^\/(?:index\.\w+)?$/.test(url.pathname);
const NEWS = 24;

/** Host → how its channels are laid out, as far as that is on record. The first that fits counts. */
const LAYOUTS: readonly (readonly [RegExp, LayoutKind])[] = [
  [/(?:^|\.)(?:szb|epaper|newspaper|sz|zjrb|qjwb|ahsbszb)\./, 'the page of a paper'],
  [/jiangsu\.gov\.cn$/, 'records in a script'],
  [/(?:^|\.)(?:ah|wuhu|hefei|huangshan|huainan)\.gov\.cn$/, 'titles cut short, the day at the right'],
  [/wuhunews\.cn$/, 'a heading and the time as an element'],
  [/news\.cn$/, 'a picture below the headline'],
  [/chinanews\.com\.cn$/, 'the column before the headline'],
  [/xhby\.net$/, 'cards'],
];
const layoutOf = ({ hostname }: URL): LayoutKind =>
  LAYOUTS.find(([host]) => host.test(hostname))?.[1] ?? 'a plain list';
/** Whether the day of a row is told by nothing but its address. */
const isBare = (url: URL): boolean => isFront(url) || layoutOf(url) === 'the page of a paper';

function pageOf(url: URL): string {
  const row = (n: number): LaidRow => ({ href: articleOf(url, n), title: headline(n), day: dayOf(n) });
  if (!isFront(url)) return frame(`<div class="main">${LAYOUT_KINDS[layoutOf(url)](count(NEWS).map(row))}</div>`);
  const block = (from: number): string =>
    `<div class="b${from}"><h2><a href="/p${from}/">栏目</a></h2><ul>${count(8)
      .map((n) => row(from + n))
      .map(({ href, title }) => `<li><a href="${href}">${title}</a></li>`)
      .join('')}</ul></div>`;
  return frame([0, 8, 16].map((from) => `<div>${block(from)}</div>`).join(''));
}

describe('shipped pages', () => {
  test.each(pages.map(({ id, url }) => [id, url] as const))('%s', (_id, configured) => {
    const address = datedAddresses(configured, 'Asia/Shanghai', NOW).today;
    const url = new URL(address);
    const read = readNewsPage(pageOf(url), address, CONTEXT);
    const told = ({ title, published }: { readonly title: string; readonly published: string }): readonly string[] => {
      const day = parseDate(published, CONTEXT);
      return isBare(url) || day === null ? [title] : [title, beijingDate(day.at)];
    };
    const news = count(NEWS).map((n) => told({ title: headline(n), published: dayOf(n) }));
    expect(read.ok ? read.page.items.map(told) : read.reason).toEqual(news);
  });

  test('take the full text, and say their grade and the year of its evidence; lower than B they are off', () => {
    expect(pages.length).toBeGreaterThan(50);
    for (const { id, fullText, note, enabled, select } of pages) {
      const grade = /^等级 ([ABC])\+?(?: \(form\))?，20\d\d 年的记录/.exec(note ?? '')?.[1];
      expect({ id, fullText, select, enabled }).toEqual({
        id,
        fullText: true,
        select: null,
        enabled: grade === 'A' || grade === 'B',
      });
    }
  });
});
