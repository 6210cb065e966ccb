/** Finds what may be news on a page: one candidate for each address, with its headline. */
import { isDateOnly } from '../../zh/listdates.ts';
import { fold } from '../../zh/script.ts';
import type { PageAddress } from './addressform.ts';
import { flatText, textPieces, type TextPiece } from './pagetexts.ts';
import { isSilent, type PageElement, type PageTree } from './pagetree.ts';
import { T } from './thresholds.ts';

export interface Candidate {
  readonly address: PageAddress;
  /** Elements that lead to it, in document order. */
  readonly links: readonly PageElement[];
  readonly title: string;
  /** Points (`thresholds.ts`) for being news; at least those of a candidate for those that may be. */
  readonly weight: number;
}

/** Whether it may be news. Others are the page's own links: channels, pages of the list, notices of the site. */
export const mayBeNews = ({ weight, title }: Candidate): boolean => weight >= T.points.candidate && title !== '';

/** Links of one page that are looked at; front pages hold 3,000. */
const MOST_LINKS = 12_000;
const MOST_LINKS_OF_ONE = 6;
const MOST_TITLE = 300;

const OPENED =
  /(?:window\.open|location(?:\.href)?\s{0,3}=|location\.(?:assign|replace)|openurl|gourl)\s{0,3}\(?\s{0,3}['"]([^'"\s]{3,500})['"]/i;
const LABEL =
  /^[[(【<>»›·•\s]{0,4}(?:more|更多|查看(?:更多|详情|全文)|(?:阅读|查看|点击)?(?:全文|详情|原文|详细)|详细内容|继续阅读|read more|details?|下载|附件|评论|暂无评论|回复|分享|收藏|点赞|编辑|删除|打印|(?:上|下|前|后)一?[页版篇章]|(?:首|尾|末)页|返回.{0,6}|top|new|hot|置顶|推荐|热|图|视频|\d{1,4}(?:条?评论|跟贴|次阅读|人阅读)?|第?\d{1,4}[页版]|\d+)[\])】<>»›…\s]{0,4}$/i;
const HEAD_CLASS = /(?:^|[-_\s]|\b)(?:tit|title|bt|biaoti|headline|caption|subject|h\d)(?:$|[-_\s\d]|le)/i;
const SENTENCES = /[。！？；][^”』」"']/;
const HOUSEKEEPING =
  /(?:公网安备|[icp]{3}备|icp证|许可证|备案|举报|友情链接|关于我们|联系我们|联系方式|广告(?:服务|刊登|合作)|版权(?:声明|所有|保护)|网站(?:地图|导航|律师|声明)|法律(?:声明|顾问)|隐私|用户协议|无障碍|客户端下载|设为首页|加入收藏|社会责任报告|投稿|招聘(?:信息|英才)?$|登录|注册|找回密码|营业执照)/i;

function linkOf(element: PageElement): string | null {
  const { href, onclick } = element.attributes;
  if (element.name !== 'a') {
    const named = element.attributes['data-href'] ?? element.attributes['data-link'];
    if (named !== undefined && named !== '') return named;
  }
  if (element.name === 'a' && href !== undefined && !/^\s*(?:javascript:|#\s*$|$)/i.test(href)) return href;
  if (onclick === undefined && !/^\s*javascript:/i.test(href ?? '')) return null;
  return OPENED.exec((onclick ?? href ?? '').slice(0, 1000))?.[1] ?? null;
}

const isLabel = (text: string): boolean => LABEL.test(text) || isDateOnly(text) || !/[\p{L}\d]/u.test(text);

/** Rank of a title that a link without text bears: a picture's, or that of a button. */
const ONLY_NAMED = 0.9;

/** A headline without the dots that say it was cut short. */
function uncut(text: string): string {
  let end = text.length;
  while (end > 0 && '.…'.includes(text.charAt(end - 1))) end--;
  return text.length - end === 1 && text.endsWith('.') ? text : text.slice(0, end);
}

interface Shown {
  readonly text: string;
  /** Greater is better. */
  readonly rank: number;
}

/** A piece in a heading, or of a class that says so, within `top`. */
function isHeading({ element }: TextPiece, top: PageElement): boolean {
  for (let at: PageElement | null = element; at !== null; at = at.parent) {
    if (/^h[1-6]$/.test(at.name) || HEAD_CLASS.test(at.attributes['class'] ?? '')) return true;
    if (at === top) return at.parent !== null && /^h[1-6]$/.test(at.parent.name);
  }
  return false;
}

/** What a link shows as its headline, and how good a headline that is. */
function shownBy(link: PageElement): Shown | null {
  const pieces = textPieces(link, false).filter(({ text }) => !isLabel(text));
  const written = flatText(link.attributes['title'] ?? '');
  let best: Shown | null = null;
  for (const piece of pieces) {
    const { text } = piece;
    const isTold = text.length > T.title.told || SENTENCES.test(text);
    let rank = text.length >= T.title.short ? 3 : text.length >= T.title.name ? 1 : 0;
    if (isTold) rank -= 2;
    if (isHeading(piece, link)) rank += 2;
    if (uncut(text) !== text) rank -= 0.2;
    if (best === null || rank > best.rank) best = { text, rank };
  }
  const isNamed = written !== '' && !isLabel(written) && written.length <= MOST_TITLE;
  if (best === null) return isNamed ? { text: written, rank: ONLY_NAMED } : null;
  const start = uncut(best.text).slice(0, 6);
  const isLonger = isNamed && written.length >= uncut(best.text).length && written.startsWith(start);
  return isLonger ? { text: written, rank: best.rank + 0.2 } : best;
}

function altOf(link: PageElement): string {
  for (const part of link.content)
    if (typeof part !== 'string') {
      const alt = part.name === 'img' ? flatText(part.attributes['alt'] ?? '') : altOf(part);
      if (alt !== '' && !isLabel(alt)) return alt;
    }
  return '';
}

function headlineOf(links: readonly PageElement[]): string {
  let best: Shown | null = null;
  for (const link of links.slice(0, MOST_LINKS_OF_ONE)) {
    const shown = shownBy(link);
    if (shown !== null && (best === null || shown.rank > best.rank)) best = shown;
  }
  if (best !== null && best.rank >= ONLY_NAMED) return best.text.slice(0, MOST_TITLE);
  const alt = links.map(altOf).find((text) => text.length >= T.title.short);
  return (alt ?? best?.text ?? '').slice(0, MOST_TITLE);
}

/** What papers print beside their news. */
const NO_NEWS =
  /^[(（【[]?(?:本版(?:责任)?(?:责编|编辑|主编|美编|校对)|(?:(?:值班|执行|版面)?(?:责任编辑|责编|编委|主编|编辑|美编|校对|组版|版式(?:设计)?|统筹|监制))(?:[\s:：/|｜]|$)|(?:公益|商业|分类|本版|招商)?广告[)）】\]]?$|遗失声明$|版面(?:导航|目录|概览)|(?:今日|本期|要闻)?导读$|目录$|报眼|报头|中缝|第?[A-Z]{0,2}\d{1,3}版(?:[:：]\S{0,8})?$|[上下]一[版期]|跟[贴帖]\d*$)/;

function titleWeight(title: string): number {
  const letters = title.replace(/[^\p{L}\d]/gu, '').length;
  if (NO_NEWS.test(title)) return Number.NEGATIVE_INFINITY;
  const { title: size, points } = T;
  let weight =
    letters >= size.long
      ? points.headline
      : letters >= size.short
        ? points.shortHeadline
        : letters >= size.name
          ? points.name
          : 2 * points.name;
  if (letters < size.notice && HOUSEKEEPING.test(fold(title))) weight += points.housekeeping;
  if (/[：，！？“”《》、]|\d/.test(title) && letters >= size.short) weight += points.marks;
  return weight;
}

/** One candidate for each address of the page, in the order in which the page first shows them; those that are no news too. */
export function findCandidates(tree: PageTree, read: (href: string) => PageAddress | null): readonly Candidate[] {
  const byKey = new Map<string, { address: PageAddress; links: PageElement[] }>();
  let links = 0;
  for (const element of tree.elements) {
    if (isSilent(element) || links >= MOST_LINKS) continue;
    const href = linkOf(element);
    if (href === null) continue;
    links++;
    const address = read(href);
    if (address === null) continue;
    const found = byKey.get(address.key);
    if (found === undefined) byKey.set(address.key, { address, links: [element] });
    else if (element.attributes['href'] === undefined || !/#[\w-]*comment/i.test(element.attributes['href']))
      found.links.push(element);
  }
  return [...byKey.values()].map(({ address, links: all }) => {
    const title = headlineOf(all);
    return { address, links: all, title, weight: address.weight + titleWeight(title) };
  });
}

/** The groups of links to channels that a page shows, in document order. */
export function findNavigation(candidates: readonly Candidate[]): readonly PageElement[] {
  const groups = new Map<PageElement, number>();
  // A page may have all its links in one element: each is asked once how many it holds.
  const items = new Map<PageElement, boolean>();
  const isItem = (element: PageElement): boolean => {
    const known = items.get(element);
    if (known !== undefined) return known;
    const is = element.content.filter((part) => typeof part !== 'string').length === 1;
    items.set(element, is);
    return is;
  };
  for (const { links, title, weight } of candidates) {
    if (weight >= T.points.candidate || title === '' || title.length > T.navigation.name) continue;
    for (const { parent } of links) {
      const group = parent !== null && isItem(parent) ? parent.parent : parent;
      if (group) groups.set(group, (groups.get(group) ?? 0) + 1);
    }
  }
  return [...groups]
    .filter(([, count]) => count >= T.navigation.links)
    .map(([group]) => group)
    .sort((a, b) => a.order - b.order);
}
