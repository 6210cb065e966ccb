/** Writes the demo's items as Atom, JSON Feed, RSS 1.0 and an HTML list, and names the form that each outlet writes. */
import iconv from 'iconv-lite';
import { chinaTimestamp } from './stamps.ts';
import { paragraphsHtml, pictureHtml, summaryOf } from './markup.ts';
import type { Form } from './sampleoutlets.ts';
import { bareDateRss, chromeRss, fullRss, gbRss, mirrorRss, noGuidRss, summaryRss } from './rssdialects.ts';
import type { Page } from './rssdialects.ts';
import { escapeMarkup } from '../text/html.ts';

export interface Rendered {
  readonly status: number;
  readonly contentType: string;
  readonly body: Buffer;
}

function sent(contentType: string, text: string, charset = 'utf-8', status = 200): Rendered {
  return { status, contentType, body: iconv.encode(text, charset) };
}

function atom({ outlet, items, base }: Page): string {
  const newest = items[0]?.at ?? 0;
  const entries = items.map(
    (item) => `<entry>
<title type="text">${escapeMarkup(item.title)}</title>
<link rel="alternate" type="text/html" href="${item.path.slice(1)}"/>
<id>tag:sample.invalid,2026:${outlet.id}/${item.number}</id>
<published>${chinaTimestamp(item.at)}</published>
<updated>${chinaTimestamp(item.at)}</updated>
<author><name>${escapeMarkup(item.reporter)}</name></author>
<category term="${escapeMarkup(item.topic)}"/>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
${pictureHtml(item.picture, base)}${paragraphsHtml(item.paragraphs)}
<p>（<em>${escapeMarkup(outlet.name)}</em>，<a href="${item.path.slice(1)}">查看网页</a>）</p>
</div></content>
</entry>`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN" xml:base="${base}/">
<title>${escapeMarkup(outlet.name)}</title>
<id>tag:sample.invalid,2026:${outlet.id}</id>
<updated>${chinaTimestamp(newest)}</updated>
<link rel="self" href="${outlet.id}/${outlet.file}"/>
<link rel="alternate" href="${outlet.id}/"/>
${entries.join('\n')}
</feed>
`;
}

function jsonFeed({ outlet, items, base }: Page): string {
  const feed = {
    version: 'https://jsonfeed.org/version/1.1',
    title: outlet.name,
    home_page_url: `${base}/${outlet.id}/`,
    feed_url: `${base}/${outlet.id}/${outlet.file}`,
    language: 'zh-CN',
    items: items.map((item) => ({
      id: `${outlet.id}-${item.number}`,
      url: base + item.path,
      title: item.title,
      summary: summaryOf(item.paragraphs),
      content_html: paragraphsHtml(item.paragraphs),
      date_published: chinaTimestamp(item.at),
      authors: [{ name: item.reporter }],
      tags: [item.topic, item.city],
      ...(item.picture === null ? {} : { image: base + item.picture }),
    })),
  };
  return `${JSON.stringify(feed, null, 1)}\n`;
}

/** Dates carry no zone, as the older programs of newspapers write them. */
function rdf({ outlet, items, base }: Page): string {
  const channelUrl = `${base}/${outlet.id}/`;
  return `<?xml version="1.0" encoding="utf-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">
<channel rdf:about="${channelUrl}">
<title>${escapeMarkup(outlet.name)}</title>
<link>${channelUrl}</link>
<description>${escapeMarkup(outlet.name)}：演示用的虚构新闻</description>
<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>60</sy:updateFrequency>
<items><rdf:Seq>${items.map((item) => `<rdf:li rdf:resource="${base}${item.path}"/>`).join('')}</rdf:Seq></items>
</channel>
${items
  .map(
    (item) => `<item rdf:about="${base}${item.path}">
<title>${escapeMarkup(item.title)}</title>
<link>${base}${item.path}</link>
<dc:date>${chinaTimestamp(item.at).slice(0, 19)}</dc:date>
<dc:creator>${escapeMarkup(item.reporter)}</dc:creator>
<dc:subject>${escapeMarkup(item.topic)}</dc:subject>
<description>${escapeMarkup(item.paragraphs.join('\n'))}</description>
</item>`,
  )
  .join('\n')}
</rdf:RDF>
`;
}

/** No charset is named anywhere, and the only dates are in the addresses. */
function listPage({ outlet, items }: Page): string {
  const rows = items.map((item) => `<li><a href="${item.path}" target="_blank">${escapeMarkup(item.title)}</a></li>`);
  return `<!DOCTYPE html>
<html><head><title>${escapeMarkup(outlet.name)} · 新闻列表</title></head>
<body>
<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/${outlet.id}/index.html">新闻</a></li></ul></div>
<ul class="news-list">
${rows.join('\n')}
</ul>
<div class="pages">1 <a href="/${outlet.id}/index.html">下一页</a></div>
</body></html>
`;
}

const LOGIN = `<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>请先登录</title></head>
<body><h1>请先登录</h1><form method="post"><input name="user"><input name="password" type="password"><button>登录</button></form></body></html>
`;

const XML = 'application/rss+xml; charset=utf-8';

/** One row a form. A new form is one row here and one word in `Form`. */
export const formats: Readonly<Record<Form, (page: Page) => Rendered>> = {
  'rss-full': (page) => sent(XML, fullRss(page)),
  'rss-gb': (page) => sent('text/xml; charset=gb2312', gbRss(page), 'gb18030'),
  'rss-bare-date': (page) => sent('text/xml', bareDateRss(page)),
  'rss-no-guid': (page) => sent('text/xml', noGuidRss(page)),
  'rss-chrome': (page) => sent('application/xml; charset=utf-8', chromeRss(page)),
  'rss-summary': (page) => sent(XML, summaryRss(page)),
  'rss-mirror': (page) => sent(XML, mirrorRss(page)),
  'rss-frozen': (page) => sent('text/xml', summaryRss(page)),
  atom: (page) => sent('application/atom+xml; charset=utf-8', atom(page)),
  json: (page) => sent('application/feed+json; charset=utf-8', jsonFeed(page)),
  rdf: (page) => sent('application/rdf+xml; charset=utf-8', rdf(page)),
  list: (page) => sent('text/html', listPage(page), 'gbk'),
  error: () => sent('text/plain; charset=utf-8', '500 样本故障：数据库没有应答\n', 'utf-8', 500),
  login: () => sent('text/html; charset=utf-8', LOGIN),
};
