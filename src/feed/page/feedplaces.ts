/** Says where the feeds of a page may lie: what its headers and head name, what it links to, and the usual places. */
import { getElementsByTagName } from 'domutils';
import { parseHtml, textWithin } from '../../text/htmldocument.ts';
import { parseUrl } from '../../text/url.ts';
import { type DiscoveredFeed, discoverFeeds, webAddress, withoutFeedScheme } from './discover.ts';

export interface FeedPlaces {
  /** Named by headers, head or links, best first; what carries comments comes last. */
  readonly named: readonly DiscoveredFeed[];
  /** Pages that may list feeds, as a link called RSS leads to. */
  readonly lists: readonly string[];
  /** Where systems put a feed of this page, unasked. */
  readonly beneath: readonly string[];
  /** Where they put one of the whole site. */
  readonly ofSite: readonly string[];
  /** Where `<meta http-equiv=refresh>` leads; null where the page has none. */
  readonly refresh: string | null;
}

const FEED_MEDIA = /type\s?=\s?"?application\/(?:rss|atom|rdf|feed)\+(?:xml|json)/i;
const ALTERNATE = /rel\s?=\s?"?(?:alternate|feed)\b/i;
const COMMENTS = /comments?(?:[/._?&-]|$)|评论|跟帖/i;
const RSS_TEXT = /^\s{0,9}(?:rss|rss ?订阅|订阅|rss ?feeds?|rss ?聚合)\s{0,9}$/i;
const PLACES = ['feed', 'rss.xml', 'feed.xml', 'atom.xml', 'rss', 'index.xml'];
const MOST_LISTS = 2;
const MOST_HTML = 1_000_000;

/** Feeds of a Link header (RFC 8288). */
function inHeader(link: string, base: string): readonly DiscoveredFeed[] {
  return link
    .slice(0, 10_000)
    .split(/,(?=\s{0,9}<)/)
    .flatMap((part) => {
      const href = /<([^<>]{1,2000})>/.exec(part)?.[1];
      if (href === undefined || !ALTERNATE.test(part) || !FEED_MEDIA.test(part)) return [];
      const url = webAddress(href, base);
      return url === null ? [] : [{ url, title: null, type: null }];
    });
}

/** Systems of 芜湖 and others give each site a number: /rss/rss.xml?siteId=6787231. */
function bySiteId(html: string, url: string): readonly string[] {
  const id = /\bsite_?id["']?\s{0,3}[:=]\s{0,3}["']?(\d{3,12})\b/i.exec(html.slice(0, MOST_HTML))?.[1];
  return id === undefined ? [] : [new URL(`/rss/rss.xml?siteId=${id}`, url).href];
}

/** `link`: the header of that name; empty without one. `url`: of the page, absolute. */
export function findFeedPlaces(html: string, url: string, link: string): FeedPlaces {
  const all = [...inHeader(link, url), ...discoverFeeds(html, url)];
  const once = [...new Map(all.toReversed().map((feed) => [feed.url, feed])).values()].toReversed();
  const isOfComments = ({ url: address, title }: DiscoveredFeed): boolean => COMMENTS.test(`${address} ${title ?? ''}`);
  const document = parseHtml(html, MOST_HTML);
  const lists = getElementsByTagName('a', document, true)
    .filter((anchor) => RSS_TEXT.test(textWithin(anchor, 30)))
    .flatMap((anchor) => webAddress(anchor.attribs['href'] ?? '', url) ?? [])
    .filter((address) => !once.some((feed) => feed.url === address));
  const refresh = getElementsByTagName('meta', document, true)
    .filter(({ attribs }) => attribs['http-equiv']?.toLowerCase() === 'refresh')
    .map(({ attribs }) => /url\s{0,4}=\s{0,4}['"]?([^'"\s]{1,500})/i.exec(attribs['content'] ?? '')?.[1])[0];
  const folder = new URL('.', url).href;
  const root = new URL('/', url).href;
  return {
    named: [...once.filter((feed) => !isOfComments(feed)), ...once.filter(isOfComments)],
    lists: [...new Set(lists)].slice(0, MOST_LISTS),
    beneath: folder === root ? [] : PLACES.map((name) => `${folder}${name}`),
    ofSite: [...bySiteId(html, url), ...PLACES.map((name) => `${root}${name}`)],
    refresh: refresh === undefined ? null : webAddress(refresh, url),
  };
}

/** The addresses that a person's text may mean, in the order in which they are tried; empty where it means none. */
export function addressesMeant(typed: string): readonly string[] {
  const text = withoutFeedScheme(typed.trim());
  if (/^(?:https?|rsshub):\/\//i.test(text)) return [text];
  const url = /\s|^[a-z]+:\/\//i.test(text) ? null : parseUrl(`https://${text}`);
  const isHost = url !== null && url.username === '' && /\.|^localhost$/.test(url.hostname);
  return isHost ? [`https://${text}`, `http://${text}`] : [];
}
