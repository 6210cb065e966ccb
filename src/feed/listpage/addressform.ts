/** Reads the form of addresses on a page: what an article's looks like, what a channel's, and which two are one. */
import { dateInAddress, monthInAddress } from '../../zh/dates.ts';
import { isWeb, parseUrl, registeredDomain } from '../../text/url.ts';
import { T } from './thresholds.ts';

/** Parameters that name the reader's visit and not the page (in lower case). */
const PASSING_PARAMETER =
  /^(?:utm_\w+|spm\w*|from|tj|tu_biz|jsessionid|phpsessionid|sessionid|sid|token|_t|_|t|ts|timestamp|rand|random|share\w*|wd|div|isappinstalled|scene|ref|referer|source|channel_?id_?from)$/i;
const SESSION = /;jsessionid=[^/?#]*/i;
/** Names in a path or query that lead to a list, a form or a notice. */
const NOT_NEWS =
  /(?:^|[/._?&=-])(?:login|signin|register|reg|passport|logout|about|aboutus|gywm|contact|lxwm|help|sitemap|wzdt|rss|subscribe|search|ad|ads|adv|advert|guanggao|banner|download|app|feedback|tousu|jubao|jb|copyright|privacy|terms|kefu|keywords?|tags?|author|authors|user|space|member|profile|shop|mall|cart|zhuanti|zrbg|xkz)(?=$|[/._?&=-])/i;
const LIST =
  /(?:^|\/)(?:index|default|home|main|list|lists|channel|category|col|column|node|nav_list|page|more|showlist|forum)(?:[-_]?[\da-z]{0,6}){0,3}(?:\.\w{2,5})?$/i;
const LIST_FOLDER =
  /\/(?:col|channel|category|categories|list|showlist|forum|tag|node)\/[^/]{0,40}(?:\/index\.\w+)?\/?$/i;
const NEWS_FOLDER =
  /\/(?:detail|details|content|contents|article|articles|art|news|newsdetail|doc|info|view|post|posts|story|show|a|p|n\d|thread)[/_-]/i;
const NEWS_PARAMETER =
  /[?&](?:id|aid|nid|newsid|articleid|article_id|contentid|docid|infoid|tid|news_id|itemid|guid|uuid)=[\w-]+/i;
const FILE = /\.(?:s?html?|shtm|jsp|jspx|php|aspx?|do|htmls|xhtml)$/i;
const PAPERS = /\.(?:pdf|docx?|wps|ofd)$/i;
const NOT_PAGES = /\.(?:jpe?g|png|gif|webp|svg|css|js|mp3|zip|rar|exe|apk|xlsx?|xml|ico)$/i;
const FOREIGN = /(?:^|\.)(?:beian\.gov\.cn|miit\.gov\.cn|12377\.cn|conac\.cn|bszs\.conac\.cn)$/i;
/** Galleries, films, games, shops, forums and counters of clicks: rarely news, but for the sites whose news they are. */
const ASIDE =
  /(?:^|[/._?&-])(?:slide|slides|tuji|album|photo|pic|pics|video|play|player|club|bbs|forum|comment|comments|tie|live|activity|topic|jump|click|adfclick|app|apps|appdetail|game|gameinfo|ka|ask|book|music|course|try|product|products|goods|licence|license|down|soft|vote|survey)(?=$|[/._?&\d-])/i;
const SLUG = /(?:^|[/])(?:[\p{L}\d]+-){3,}[\p{L}\d]+\/?$/u;

export interface PageAddress {
  /** Absolute, as the page means it. */
  readonly url: string;
  /** Without scheme, anchor, and what names a visit: equal for one article. */
  readonly key: string;
  readonly host: string;
  readonly domain: string;
  /** The day that it names, as YYYY-MM-DD. */
  readonly day: string | null;
  /** Points (`thresholds.ts`) for being an article's; minus infinity where nothing can make it one. */
  readonly weight: number;
  /** Its host and folders with what varies from article to article levelled. */
  readonly form: string;
}

/** What addresses of one host have in common. */
interface Host {
  readonly domain: string;
  /** What stands before the domain. */
  readonly below: string;
  /** It registers sites for the state. */
  readonly isForeign: boolean;
}

/** Parts of an address, each taken from it once. */
interface Parts {
  readonly url: URL;
  readonly host: string;
  /** Without the session that it may carry. */
  readonly path: string;
  /** Behind `#/` or `#!`, where a page of scripts keeps its own addresses; empty for others. */
  readonly route: string;
  readonly search: string;
  /** Names in the path that are not empty. */
  readonly names: readonly string[];
}

function partsOf(url: URL): Parts {
  const path = url.pathname.includes(';') ? url.pathname.replace(SESSION, '') : url.pathname;
  const route = url.hash !== '' && /^#[/!]/.test(url.hash) ? url.hash : '';
  const names = `${path}${route}`.split(/[/#!]/).filter((name) => name !== '');
  return { url, host: url.host, path, route, search: url.search, names };
}

/** Those of its parameters that name the page. */
const parametersOf = ({ url, search }: Parts): readonly (readonly [name: string, value: string])[] =>
  search === '' ? [] : [...url.searchParams].filter(([name]) => !PASSING_PARAMETER.test(name));

/** `key` of an address: ids of entries rest on it, and what was known at the last poll. */
function addressKey(parts: Parts): string {
  const query = parametersOf(parts)
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  return `${parts.host}${parts.path.replace(/\/{2,}/g, '/')}${query === '' ? '' : `?${query}`}${parts.route}`;
}

/** Runs of letters and digits that may be a number written in them: ids, hashes. */
const LONG_RUN = /[\da-z]{12,}/gi;
const LONG = 12;
const isMixed = (run: string): boolean => /\d/.test(run) && /[a-z]/i.test(run);
const longRuns = (name: string): readonly string[] => (name.length < LONG ? [] : (name.match(LONG_RUN) ?? []));

function level(name: string): string {
  const bare = name.length < LONG ? name : name.replace(LONG_RUN, (run) => (isMixed(run) ? 'x' : run));
  return bare.replace(/\d+/g, '9');
}

function formOf(parts: Parts): string {
  const query = parametersOf(parts)
    .map(([name]) => name)
    .sort();
  return `${parts.host}/${parts.names.map(level).join('/')}${query.length === 0 ? '' : `?${query.join('&')}`}`;
}

/** Digits of a number that counts articles; shorter ones may be a year, a day or a channel. */
const LONG_NUMBER = 5;
/** Characters of a file's name that says nothing beside its folder: c.html. */
const SHORT_FILE = 8;

function numberWeight(last: string): number {
  const longest = (last.match(/\d+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 0);
  if (longest >= LONG_NUMBER || longRuns(last).some(isMixed)) return T.points.number;
  return longest >= 2 ? T.points.shortNumber : longest === 1 ? T.points.digit : 0;
}

function weightOf(parts: Parts, day: string | null, known: Host, page: Parts): number {
  const { url, host, search, names } = parts;
  const path = parts.route === '' ? parts.path : parts.route.slice(1);
  const whole = path + search;
  const last = names.at(-1) ?? '';
  const isSelf = host === page.host && path === page.path && search === page.search;
  const isFront = names.length === 0 && search === '';
  if (isFront || isSelf || known.isForeign || NOT_PAGES.test(last)) return Number.NEGATIVE_INFINITY;
  let weight = 0;
  const isIndex = LIST.test(path);
  const named = isIndex ? (names.at(-2) ?? '') : last;
  if (day !== null) weight += T.points.day;
  else if (monthInAddress(url.href) !== null) weight += T.points.month;
  weight += numberWeight(named);
  // /20260722/154e44112ab69d7c20050ee345cea16c/c.html
  if (weight < T.points.number && names.length > 1 && last.length <= SHORT_FILE)
    weight += numberWeight(names.at(-2) ?? '') >= T.points.number ? T.points.shortNumber : 0;
  if (FILE.test(last) || PAPERS.test(last)) weight += T.points.file;
  else if (path.endsWith('/')) weight -= T.points.file;
  if (NEWS_FOLDER.test(path)) weight += T.points.folder;
  if (search !== '' && NEWS_PARAMETER.test(search)) weight += T.points.parameter;
  if (path.includes('-') && SLUG.test(path)) weight += T.points.words;
  if (isIndex) weight += T.points.index;
  if (LIST_FOLDER.test(path)) weight += T.points.listFolder;
  if (NOT_NEWS.test(whole)) weight += T.points.service;
  if (ASIDE.test(`${known.below}${whole}`)) weight += T.points.aside;
  return weight;
}

/** Reads addresses of one page, each once; null for what leads nowhere on the web. */
export function addressReader(pageUrl: string, base: string): (href: string) => PageAddress | null {
  const page = partsOf(parseUrl(pageUrl) ?? new URL('http://unknown.invalid/'));
  const known = new Map<string, PageAddress | null>();
  const hosts = new Map<string, Host>();
  const hostOf = ({ hostname }: URL): Host => {
    const host = hosts.get(hostname) ?? {
      domain: registeredDomain(hostname),
      below: hostname.split('.').slice(0, -2).join('.'),
      isForeign: FOREIGN.test(hostname),
    };
    hosts.set(hostname, host);
    return host;
  };
  const describe = (url: URL): PageAddress => {
    const parts = partsOf(url);
    const host = hostOf(url);
    const { href } = url;
    const day = dateInAddress(href);
    const weight = weightOf(parts, day, host, page);
    return {
      url: href,
      key: addressKey(parts),
      host: parts.host,
      domain: host.domain,
      day,
      weight,
      form: formOf(parts),
    };
  };
  return (href) => {
    const written = href.trim().replace(/[\t\r\n]+\s*/g, '');
    const before = known.get(written);
    if (before !== undefined) return before;
    const url =
      /^(?:javascript|mailto|tel|data|about|#(?![/!]))/i.test(written) || written === ''
        ? null
        : parseUrl(written, base);
    const address = url === null || !isWeb(url) ? null : describe(url);
    known.set(written, address);
    return address;
  };
}
