/** Turns an HTML page into the feeds that it links to, and into a word on what kind of page it is. */
import { Parser } from 'htmlparser2';
import { resolveUrl } from './links.ts';

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
const MAX_HTML = 2_000_000;

/** Feeds that a page declares (`link rel=alternate`), best first, then links that look like feeds. Addresses absolute, each once. */
export function discoverFeeds(html: string, baseUrl: string): DiscoveredFeed[] {
  const declared: DiscoveredFeed[] = [];
  const linked: DiscoveredFeed[] = [];
  let base = baseUrl;
  let anchor: { url: string; text: string } | null = null;
  const parser = new Parser({
    onopentag: (name, attributes) => {
      const href = (attributes['href'] ?? '').trim();
      if (name === 'base' && href !== '') base = resolveUrl(href, baseUrl);
      if (name === 'link' && href !== '') {
        const rel = (attributes['rel'] ?? '').toLowerCase().split(/\s+/);
        const type = (attributes['type'] ?? '').trim();
        const isFeed = FEED_TYPE.test(type) || (XML_TYPE.test(type) && FEED_ADDRESS.test(href));
        if ((rel.includes('alternate') && isFeed) || rel.includes('feed'))
          declared.push({
            url: resolveUrl(href, base),
            title: attributes['title']?.trim() || null,
            type: type || null,
          });
      }
      if ((name === 'a' || name === 'area') && href !== '') {
        if (FEED_ADDRESS.test(href.replace(/^https?:\/\/[^/]*/i, '')) || FEED_TYPE.test(attributes['type'] ?? ''))
          anchor = { url: resolveUrl(href, base), text: '' };
        else anchor = null;
      }
    },
    ontext: (text) => {
      if (anchor !== null && anchor.text.length < 100) anchor.text += text;
    },
    onclosetag: (name) => {
      if (name !== 'a' || anchor === null) return;
      const title = anchor.text.replace(/\s+/g, ' ').trim();
      if (
        /^https?:/i.test(anchor.url) &&
        (FEED_TEXT.test(title) || /\.(xml|rdf|rss|atom|json)\b|\/(rss|feed|atom)\/?$/i.test(anchor.url))
      )
        linked.push({ url: anchor.url, title: title === '' ? null : title, type: null });
      anchor = null;
    },
  });
  parser.write(html.slice(0, MAX_HTML));
  parser.end();
  const seen = new Set<string>();
  return [...declared, ...linked]
    .filter(({ url }) => !seen.has(url) && seen.add(url) !== undefined)
    .slice(0, MAX_FEEDS);
}

// What refusals look like in place of a feed: login forms, captchas, the checks of content networks and firewalls.
const KINDS: readonly (readonly [RegExp, string])[] = [
  [
    /captcha|验证码|驗證碼|滑动验证|人机验证|安全验证|are you (?:a )?human|cf-challenge|challenge-platform|just a moment/i,
    'a captcha page',
  ],
  [/type=["']?password|请登录|請登入|用户登录|登录后|sign in to|log in to/i, 'a login page'],
  [/访问被拒绝|禁止访问|access denied|forbidden|waf|拦截/i, 'a page that refuses access'],
  [/404 not found|页面不存在|找不到|您访问的页面/i, 'a page that says "not found"'],
];

/** What kind of HTML page stands where a feed was expected: `a captcha page`, `a login page` … `an HTML page`. */
export function nameHtmlPage(html: string): string {
  const head = html.slice(0, 200_000);
  // An ordinary page has a login link somewhere; a page that is nothing else is short.
  const text = head.replace(/<[^<>]{0,2000}>/g, ' ').replace(/\s+/g, ' ');
  const kind = KINDS.find(([pattern]) => pattern.test(head.slice(0, 60_000)));
  return kind !== undefined && text.length < 3000 ? kind[1] : 'an HTML page';
}
