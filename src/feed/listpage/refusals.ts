/** Says what a page is that holds no list of news: an article, a notice, a challenge, an empty channel, or links of the site alone. */
import type { Reason } from '../../model/reason.ts';
import { reason } from '../../reasons/catalogue.ts';
import { parseUrl } from '../../text/url.ts';
import { kindOfPage } from '../page/discover.ts';
import { addressReader } from './addressform.ts';
import type { Choice } from './choose.ts';
import { textPieces } from './pagetexts.ts';
import type { PageElement, PageTree } from './pagetree.ts';
import { measureProse } from './prose.ts';
import { T } from './thresholds.ts';

interface Judged {
  readonly html: string;
  readonly url: string;
  readonly tree: PageTree;
  readonly choice: Choice | null;
  readonly links: number;
}

// 来源, time and editor above a text: an article's head, or the foot of one.
const SIGNED = /(?:^|[^\u4e00-\u9fff])(?:来源|稿源|信息来源|文章来源|责任编辑|责编|发布机构)\s?[:：]/;
const MOVED =
  /(?:迁移|搬迁|变更|更换|转移|启用)[^。]{0,12}(?:新(?:的)?(?:地址|网址|域名|网站|平台|栏目))|已(?:整体)?(?:迁移|并入|搬迁|关停|停止更新|停止服务|下线)|(?:网站|频道|栏目|系统|平台)[^。]{0,8}(?:升级|改版|维护|关停|下线)/;
const EMPTY =
  /暂(?:时没有|无)(?:任何|相关)?(?:信息|内容|数据|文章|新闻|记录)|共\s?0\s?(?:条|篇|项)|(?:没有|未)(?:找到|查询到|检索到)?(?:相关|任何)?(?:的)?(?:信息|内容|数据|文章|记录)/;
/** Characters of a page's text that are looked through for what it says of itself. */
const MOST_READ = 100_000;
function isArticle({ tree, choice, url }: Judged): boolean {
  const rows = new Set<PageElement>(choice?.rows.map(({ element }) => element));
  const prose = measureProse(tree, rows);
  const { article } = T;
  let points = Math.min(article.mostProse, prose.most / article.prose);
  if (prose.most > 0 && isSigned(tree, rows)) points += article.signed;
  const own = addressReader('http://other.invalid/', url)(url);
  if (own !== null && own.weight >= T.points.front) points += article.address;
  return points >= article.least + (choice === null ? 0 : listPoints(choice));
}

/** Points against an article of the list that was found. */
function listPoints({ mode, best, rows }: Choice): number {
  const { article, list } = T;
  if (mode === 'front') return rows.length / article.front;
  return best.dated >= list.dated ? article.dated : article.undated;
}

function isSigned(tree: PageTree, rows: ReadonlySet<PageElement>): boolean {
  return textPieces(tree.root, false, (element) => rows.has(element), MOST_READ).some(
    ({ text }) => text.length < 120 && SIGNED.test(text),
  );
}

/** Whether the page says that its list is empty, and what was found is one of a few undated rows beside it. */
function isEmptied(tree: PageTree, { best, rows }: Choice): boolean {
  if (rows.length > T.refusal.few || best.datable >= T.list.dated) return false;
  const found = new Set<PageElement>(rows.map(({ element }) => element));
  return textPieces(tree.root, false, (element) => found.has(element), MOST_READ).some(
    ({ text }) => text.length <= T.refusal.line && EMPTY.test(text),
  );
}

/** Where a page leads by `<meta http-equiv=refresh>`, its last frame or a script; null where it does not. */
function refreshOf(tree: PageTree): string | null {
  const meta = tree.elements.find(
    ({ name, attributes }) => name === 'meta' && attributes['http-equiv']?.toLowerCase() === 'refresh',
  );
  const stated = /^[\d.\s]{0,8}[;,]\s{0,4}url\s{0,4}=\s{0,4}['"]?([^'"\s]{1,500})/i.exec(
    meta?.attributes['content'] ?? '',
  )?.[1];
  if (stated !== undefined) return stated;
  const frames = tree.elements.filter(({ name, attributes }) => name === 'frame' && attributes['src'] !== undefined);
  if (frames.length > 0) return frames.at(-1)?.attributes['src'] ?? null;
  const scripted = tree.scripts.length > MOST_LEADING ? null : tree.scripts.map(({ text }) => LED.exec(text)?.[1]);
  return scripted?.find((url) => url !== undefined) ?? null;
}

/** A page that only leads on has hardly more scripts. */
const MOST_LEADING = 3;
const LED = /\blocation(?:\.href)?\s{0,4}(?:=|\.(?:replace|assign)\()\s{0,4}["']([^"'\s]{1,500})["']/;

const textOf = (tree: PageTree): string =>
  textPieces(tree.root, false, null, MOST_READ)
    .map(({ text }) => text)
    .join('\n');

/** Null where the page's choice is its news. */
export function refusePage(judged: Judged): Reason | null {
  const { html, tree, choice, links, url } = judged;
  const isEnough =
    choice !== null &&
    (choice.rows.length >= T.list.rows || (choice.best.dated >= T.list.dated && choice.best.titles >= T.refusal.long));
  if (isArticle(judged)) return reason('feed.list.article');
  if (choice !== null && isEmptied(tree, choice)) return reason('feed.list.empty');
  if (isEnough) return null;
  const kind = kindOfPage(html);
  if (kind !== 'html-page') return reason(`feed.list.${kind}`);
  const next = refreshOf(tree);
  if (next !== null && choice === null) return reason('feed.list.refresh', { url: parseUrl(next, url)?.href ?? next });
  const text = textOf(tree);
  if (MOVED.test(text.slice(0, 3000))) return reason('feed.list.moved');
  if (EMPTY.test(text)) return reason('feed.list.empty');
  if (text.length < T.refusal.text && tree.scripts.length > 0) return reason('feed.list.script');
  if (links > 0) return reason('feed.list.navigation', { links });
  return reason('feed.list.nothing', { host: parseUrl(url)?.host ?? url });
}
