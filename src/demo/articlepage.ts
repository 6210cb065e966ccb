/** Draws the demo server's pages: an article, an outlet, the front page. */
import { paragraphsHtml, pictureHtml } from './markup.ts';
import type { Outlet } from './sampleoutlets.ts';
import type { Item } from './world.ts';
import { beijingMinute } from '../text/time.ts';
import { escapeMarkup } from '../text/html.ts';

const STYLE =
  'body{font:17px/1.8 system-ui,sans-serif;max-width:42em;margin:1em auto;padding:0 1em}nav,footer,.info{color:#666;font-size:.85em}h1{line-height:1.35}img{max-width:100%}';

function wholePage(title: string, body: string): string {
  return `<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeMarkup(title)}</title><style>${STYLE}</style></head>
<body>
${body}
</body></html>
`;
}

export function articlePage(item: Item): string {
  const { outlet } = item;
  const body =
    item.paragraphs.length === 0
      ? '<p>（本条没有正文）</p>'
      : pictureHtml(item.picture, '') + paragraphsHtml(item.paragraphs);
  return wholePage(
    `${item.title}_${outlet.name}`,
    `<nav><a href="/">样本首页</a> &gt; <a href="/${outlet.id}/">${escapeMarkup(outlet.name)}</a> &gt; ${escapeMarkup(item.topic)}</nav>
<article>
<h1>${escapeMarkup(item.title)}</h1>
<div class="info">${beijingMinute(item.at)}　来源：${escapeMarkup(item.origin)}　作者：${escapeMarkup(item.reporter)}</div>
<div class="content">
${body}
</div>
<p class="editor">责任编辑：${escapeMarkup(item.editor)}</p>
</article>
<footer>虚构的样本新闻，仅供演示 · made-up sample news, for the demo only</footer>`,
  );
}

/** All outlets, each with its list and its newest titles. */
export function frontPage(
  outlets: readonly Outlet[],
  itemsOf: (id: string) => readonly Item[],
  arrivals: number,
): string {
  const parts = outlets.map((outlet) => {
    const newest = itemsOf(outlet.id).slice(0, 3);
    const titles = newest.map((item) => `<li><a href="${item.path}">${escapeMarkup(item.title)}</a></li>`).join('');
    return `<h2><a href="/${outlet.id}/${outlet.file}">${escapeMarkup(outlet.name)}</a></h2><p class="info">${escapeMarkup(outlet.note)}</p><ul>${titles}</ul>`;
  });
  return wholePage(
    '样本新闻 · sample news',
    `<h1>样本新闻 · sample news</h1><p>以下媒体和新闻都是虚构的。Every outlet and story here is made up. 启动以来新到 ${arrivals} 条 · items since the start: ${arrivals}</p>
${parts.join('\n')}`,
  );
}

/** One outlet's own front page. */
export function outletPage(outlet: Outlet, items: readonly Item[]): string {
  const rows = items.map(
    (item) =>
      `<li><a href="${item.path}">${escapeMarkup(item.title)}</a> <span class="info">${beijingMinute(item.at)}</span></li>`,
  );
  return wholePage(
    outlet.name,
    `<nav><a href="/">样本首页</a></nav><h1>${escapeMarkup(outlet.name)}</h1><p class="info">${escapeMarkup(outlet.note)}</p><ul>${rows.join('')}</ul>`,
  );
}
