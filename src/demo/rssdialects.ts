/** Writes the demo's items as the kinds of RSS 2.0 that Chinese outlets publish, each with its own habits and faults. */
import { bareStamp, chinaMailDate } from './stamps.ts';
import { cdata, paragraphsHtml, pictureHtml, summaryOf } from './markup.ts';
import type { Outlet } from './sampleoutlets.ts';
import type { Item } from './world.ts';
import { beijingDate } from '../text/time.ts';
import { escapeMarkup } from '../text/html.ts';

/** What a list is written from. `base` is the server's address without a trailing slash. */
export interface Page {
  readonly outlet: Outlet;
  readonly items: readonly Item[];
  readonly base: string;
}

const NAMESPACES =
  'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"';

interface ChannelHabits {
  readonly encoding?: string;
  readonly language?: string;
  readonly description?: string;
  readonly tail?: string;
}

function channel({ outlet, items, base }: Page, item: (item: Item) => string, habits: ChannelHabits = {}): string {
  const {
    encoding = 'utf-8',
    language = 'zh-cn',
    description = `${outlet.name}：演示用的虚构新闻`,
    tail = '',
  } = habits;
  return `<?xml version="1.0" encoding="${encoding}"?>
<rss version="2.0" ${NAMESPACES}>
<channel>
<title>${escapeMarkup(outlet.name)}</title>
<link>${base}/${outlet.id}/</link>
<description>${escapeMarkup(description)}</description>
<language>${language}</language>
${items.map(item).join('\n')}${tail}
</channel>
</rss>
`;
}

const linkOf = (base: string, item: Item): string => base + item.path;

export function fullRss(page: Page): string {
  return channel(
    page,
    (item) => `<item>
<title>${escapeMarkup(item.title)}</title>
<link>${linkOf(page.base, item)}</link>
<guid isPermaLink="false">${item.outlet.id}-${item.number}</guid>
<dc:creator>${escapeMarkup(item.reporter)}</dc:creator>
<category>${escapeMarkup(item.topic)}</category>
<pubDate>${chinaMailDate(item.at)}</pubDate>
<description>${escapeMarkup(summaryOf(item.paragraphs))}</description>
<content:encoded>${cdata(pictureHtml(item.picture, page.base) + paragraphsHtml(item.paragraphs))}</content:encoded>
</item>`,
  );
}

/** To be sent as GB18030 under the label gb2312. 㙦 and 𫭟 take four bytes there and stand in no GBK table. */
export function gbRss(page: Page): string {
  return channel(
    page,
    (item) => `<item>
<title>${cdata(item.title)}</title>
<link>${linkOf(page.base, item)}</link>
<guid>${linkOf(page.base, item)}</guid>
<author>${escapeMarkup(item.reporter)}</author>
<pubDate>${chinaMailDate(item.at)}</pubDate>
<description>${cdata(pictureHtml(item.picture, page.base) + paragraphsHtml([...item.paragraphs, ...(item.number % 3 === 0 ? ['图为㙦塘老街与𫭟头码头。'] : [])]))}</description>
</item>`,
    { encoding: 'gb2312', description: '沪上样报㙦塘版：演示用的虚构新闻' },
  );
}

export function bareDateRss(page: Page): string {
  return channel(page, (item) => {
    const link = linkOf(page.base, item);
    const summary = `<a href=${link} target=_blank>${escapeMarkup(summaryOf(item.paragraphs))}</a>`;
    return `<item><title>${cdata(item.title)}</title><author>sample-wire.invalid</author><link>${link}</link>${bareStamp(item.at)}<description>${cdata(summary)}</description></item>`;
  });
}

/** Summaries open with a line break and two ideographic spaces; the last item is a link of the site's navigation. */
export function noGuidRss(page: Page): string {
  const navigation = `
<item><title>样全国网滚动新闻</title><link>${page.base}/${page.outlet.id}/</link><description></description></item>`;
  return channel(
    page,
    (item) => `<item><title>${escapeMarkup(item.title)}</title><link>${linkOf(page.base, item)}</link><description>
　　${escapeMarkup(item.paragraphs.join('\n　　'))}</description>
<pubDate>${chinaMailDate(item.at)}</pubDate>
</item>`,
    { tail: navigation },
  );
}

function chrome(page: Page, item: Item): string {
  const related = page.items.filter((other) => other !== item).slice(0, 3);
  const links = related.map((other) => `<li><a href="${other.path}">${escapeMarkup(other.title)}</a></li>`).join('');
  return `<div class="article"><p style="text-align:center">${beijingDate(item.at)}　来源：${escapeMarkup(item.origin)}　字号：大 中 小</p>
${pictureHtml(item.picture, page.base)}${paragraphsHtml(item.paragraphs.map((text) => `　　${text}`))}
<p align="right">（责任编辑：${escapeMarkup(item.editor)}）</p></div>
<div class="related"><h4>相关阅读</h4><ul>${links}</ul></div>
<p>扫一扫，在手机上打开当前页</p><p>版权声明：凡注明“来源：长江样报”的样文均为虚构，可随意使用。</p>
<script>var sample = "${item.number}";</script>`;
}

/** Whole article pages in the description, date-only stamps, now and then the number of the newspaper's page in the title. */
export function chromeRss(page: Page): string {
  return channel(page, (item) => {
    const sheet = item.number % 4 === 0 ? `${String((item.number % 8) + 1).padStart(2, '0')}版 - ` : '';
    return `<item><title>${cdata(sheet + item.title)}</title><link>${linkOf(page.base, item)}</link><guid>${linkOf(page.base, item)}</guid>
<pubDate>${beijingDate(item.at)}</pubDate><author>${escapeMarkup(item.reporter)}</author>
<description>${cdata(item.paragraphs.length === 0 ? '' : chrome(page, item))}</description></item>`;
  });
}

export function summaryRss(page: Page): string {
  return channel(
    page,
    (item) =>
      `<item><title>${escapeMarkup(item.title)}</title><link>${linkOf(page.base, item)}</link><guid isPermaLink="false">${item.outlet.id}:${item.number}</guid><pubDate>${chinaMailDate(item.at)}</pubDate><description>${escapeMarkup(summaryOf(item.paragraphs))}</description></item>`,
  );
}

export function mirrorRss(page: Page): string {
  return channel(
    page,
    (item) =>
      `<item><title>${escapeMarkup(item.title)}</title><link>${linkOf(page.base, item)}</link><guid>${linkOf(page.base, item)}</guid><pubDate>${chinaMailDate(item.at)}</pubDate><description>${cdata(item.paragraphs.map(escapeMarkup).join('<br />\n　　'))}</description></item>`,
    { language: 'zh-tw', description: '樣報鏡像：演示用的虛構新聞' },
  );
}
