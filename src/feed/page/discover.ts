/** Finds the feeds that an HTML page links to, and says what kind of page it is. */
import { isParked } from './parked.ts';
import type { Element } from 'domhandler';
import { parseHtml, textWithin } from '../../text/htmldocument.ts';
import { isWeb, parseUrl } from '../../text/url.ts';
import { pageBase, resolveUrl } from '../markup/links.ts';
import { allWithin, firstWithin } from './outline.ts';

export interface DiscoveredFeed {
  readonly url: string;
  readonly title: string | null;
  /** Media type as the page names it; null for a plain link that looks like a feed. */
  readonly type: string | null;
}

const FEED_TYPE =
  /^(application\/(rss|atom|rdf|feed)\+(xml|json)|application\/(x\.)?(rss|atom)|text\/(rss|atom)(\+xml)?)/i;
const XML_TYPE = /^(application|text)\/(xml|json)$/i;
const FEED_ADDRESS =
  /(?:[./_-](?:rss|atom|rdf|feeds?)(?:[./?_-]|$)|\.rdf$|rss\.xml|feed\.json|[?&](?:format|type)=(?:rss|atom)\b)/i;
const FEED_TEXT = /^\s*(?:rss|atom|rss\s*(?:2\.0|订阅|訂閱|feed)|订阅|feed|xml)\s*$/i;
const MAX_FEEDS = 40;
/** Feeds are named in the head or the foot of pages far smaller than this. */
const MAX_HTML = 1_000_000;
const MAX_ANCHORS = 5000;
const FEED_FILE = /\.(xml|rdf|rss|atom|json)\b|\/(rss|feed|atom)\/?$/i;

/** feed:https://… and feed://… are what browsers once gave to readers. */
export const withoutFeedScheme = (address: string): string =>
  address.replace(/^feed:(?:\/\/)?(?=https?:\/\/)/i, '').replace(/^feed:\/\//i, 'http://');

/** Null for what does not lie on the web: who asks for a link may open files as well. Nor does a page know a login. */
export function webAddress(href: string, base: string): string | null {
  const address = resolveUrl(withoutFeedScheme(href.trim()), base);
  const url = parseUrl(address);
  if (url === null || !isWeb(url) || url.username !== '' || url.password !== '') return null;
  return /\s/.test(address) ? url.href : address;
}

function declaredFeed(link: Element, base: string): DiscoveredFeed | null {
  const { href = '', rel = '', title, type = '' } = link.attribs;
  const rels = rel.toLowerCase().split(/\s+/);
  const isFeed = FEED_TYPE.test(type.trim()) || (XML_TYPE.test(type.trim()) && FEED_ADDRESS.test(href));
  if (href.trim() === '' || !((rels.includes('alternate') && isFeed) || rels.includes('feed'))) return null;
  const url = webAddress(href, base);
  return url === null ? null : { url, title: title?.trim() || null, type: type.trim() || null };
}

function linkedFeed(anchor: Element, base: string): DiscoveredFeed | null {
  const url = webAddress(anchor.attribs['href'] ?? '', base);
  if (url === null || !FEED_ADDRESS.test(url.replace(/^https?:\/\/[^/]*/i, ''))) return null;
  const title = textWithin(anchor, 100).replace(/\s+/g, ' ').trim();
  if (!FEED_TEXT.test(title) && !FEED_FILE.test(url)) return null;
  return { url, title: title === '' ? null : title, type: null };
}

/** Feeds that a page declares (`link rel=alternate`), best first, then links that look like feeds. Addresses absolute, each once. */
export function discoverFeeds(html: string, baseUrl: string): DiscoveredFeed[] {
  const document = parseHtml(html, MAX_HTML);
  const base = pageBase(firstWithin('base[href]', document)?.attribs['href'], baseUrl);
  const declared = allWithin('link[href]', document).map((link) => declaredFeed(link, base));
  const linked = allWithin('a[href], area[href]', document)
    .slice(0, MAX_ANCHORS)
    .map((anchor) => linkedFeed(anchor, base));
  const seen = new Set<string>();
  return [...declared, ...linked]
    .filter((feed) => feed !== null)
    .filter(({ url }) => !seen.has(url) && seen.add(url) !== undefined)
    .slice(0, MAX_FEEDS);
}

// What refusals look like in place of a feed: login forms, captchas, the checks of content networks and firewalls.
const KINDS = [
  [
    /captcha|验证码|驗證碼|滑动验证|拖动.{0,8}滑块|人机验证|安全验证|访问验证|geetest|are you (?:a )?human|cf-challenge|challenge-platform|just a moment/i,
    'captcha-page',
  ],
  [/type=["']?password|请登录|請登入|用户登录|登录后|sign in to|log in to/i, 'login-page'],
  [
    /访问被(?:拒绝|阻断|限制|禁止)|(?:请求|访问)[^。]{0,24}(?:被[^。]{0,12})?(?:拦截|阻断)|禁止访问|限制访问|访问(?:过于)?频繁|access denied|forbidden|request rejected|url was rejected|request unsuccessful|incapsula|\bwaf\b|防火墙|拦截/i,
    'refusal-page',
  ],
  [/404\s?(?:not found|[-–—]?\s?未找到)|页面不存在|页面未找到|找不到|您访问的页面/i, 'not-found-page'],
] as const;

/** What kind of HTML page stands where a feed was expected. */
export function kindOfPage(html: string): (typeof KINDS)[number][1] | 'parked-page' | 'html-page' {
  if (isParked(html)) return 'parked-page';
  const head = html.slice(0, 200_000);
  // An ordinary page has a login link somewhere; a page that is nothing else is short.
  const text = head.replace(/<[^<>]{0,2000}>/g, ' ').replace(/\s+/g, ' ');
  const kind = KINDS.find(([pattern]) => pattern.test(head.slice(0, 60_000)));
  return kind !== undefined && text.length < 3000 ? kind[1] : 'html-page';
}
