/** Finds the addresses of an article's further pages, so that its text can be read whole. */
import { getElementsByTagName } from 'domutils';
import type { Document, Element } from 'domhandler';
import { parseHtml, textWithin } from '../../text/htmldocument.ts';
import { isPassing, steadyAddress } from '../../text/steady.ts';
import { isWeb, parseUrl } from '../../text/url.ts';

const NEXT = /^[\s[【(（«<]{0,9}(?:下一?[页頁]|后一?[页頁]|後一?[页頁]|next(?: page)?)[\s\]】)）»>→›]{0,9}$/i;
const NUMBER = /^[\s[【(（]{0,5}(?:第\s?)?(\d{1,2})(?:\s?页)?[\s\]】)）]{0,5}$/;
/** What TRS WCM, which many governments use, writes its page numbers with: pages, this page from 0, file, extension. */
const WRITTEN =
  /createPageHTML\(\s{0,9}(\d{1,2})\s{0,9},\s{0,9}(\d{1,2})\s{0,9},\s{0,9}["']([\w.-]{1,200})["']\s{0,9},\s{0,9}["'](\w{1,8})["']/;
/** Pages of one article: beyond, numbers count something else. */
const MOST_PAGES = 30;

/** Characters with the brackets and blanks around the words. */
const LONGEST_LABEL = 60;

/**
 * Absolute addresses of the pages that follow the one at `url`, as far as it tells, in order; mostly one or none. A link
 * counts only where its text or `rel` says so and its address is that of the same article: 下一页 at the foot of a page often
 * leads to another one.
 */
export function nextPages(html: string, url: string): readonly string[] {
  const here = parseUrl(url);
  if (here === null) return [];
  const written = writtenPages(html, here);
  if (written.length > 0) return written;
  const document = parseHtml(html);
  const links = linksOf(document, here);
  const next = links.find(({ link, label }) => isNext(link) || NEXT.test(label));
  return next === undefined ? numberedPages(links, here) : [next.target.href];
}

const isNext = (link: Element): boolean => /(?:^|\s)next(?:\s|$)/i.test(link.attribs['rel'] ?? '');

interface PageLink {
  readonly link: Element;
  readonly label: string;
  readonly target: URL;
}

/** Links to other pages of the article, those of the head first. */
function linksOf(document: Document, here: URL): readonly PageLink[] {
  const named = getElementsByTagName('link', document, true).filter(isNext);
  return [...named, ...getElementsByTagName('a', document, true)].flatMap((link) => {
    const href = link.attribs['href'];
    const target = href === undefined ? null : parseUrl(href, here.href);
    if (target === null) return [];
    target.hash = '';
    // A page that came by TLS names its next one as it was before that.
    if (here.protocol === 'https:' && target.protocol === 'http:' && target.host === here.host)
      target.protocol = 'https:';
    if (steadyAddress(target.href, true) === steadyAddress(here.href, true)) return [];
    if (!isSameArticle(here, target)) return [];
    return [{ link, label: textWithin(link, LONGEST_LABEL).trim(), target }];
  });
}

function writtenPages(html: string, here: URL): readonly string[] {
  const [, pages = '0', at = '0', file = '', extension = ''] = WRITTEN.exec(html) ?? [];
  const left = Math.min(Number(pages), MOST_PAGES) - Number(at) - 1;
  if (left <= 0 || !here.pathname.includes(file)) return [];
  return Array.from({ length: left }, (_, n) => new URL(`${file}_${Number(at) + n + 1}.${extension}`, here).href);
}

/** Bare numbers, from the one after this page's on, as long as none is left out. */
function numberedPages(links: readonly PageLink[], here: URL): readonly string[] {
  const numbered = new Map(
    links.flatMap(({ label, target }) => {
      const number = NUMBER.exec(label)?.[1];
      return number === undefined ? [] : [[Number(number), target] as const];
    }),
  );
  const [labelled] = numbered;
  if (labelled === undefined) return [];
  // Some sites call the second page _2, others _1.
  const offset = labelled[0] - (partsOf(labelled[1]).page ?? labelled[0]);
  const own = partsOf(here).page;
  const found: string[] = [];
  for (let n = own === null ? 2 : own + offset + 1; n <= MOST_PAGES; n++) {
    const target = numbered.get(n);
    if (target === undefined) break;
    found.push(target.href);
  }
  return found;
}

interface Parts {
  /** The path without extension and page. */
  readonly stem: string;
  /** As the address writes it; null where it writes none. */
  readonly page: number | null;
}

const FOLDER = /^(.{2,})\/(\d{1,2})\/?$/;
const SUFFIX = /^(.+)[_-](\d{1,2})$/;
const PAGE_KEYS = /^(?:p|pn|page|pageno|pagenum|cpage)$/i;

function partsOf(url: URL): Parts {
  const inQuery = [...url.searchParams].find(([key, value]) => PAGE_KEYS.test(key) && /^\d{1,2}$/.test(value));
  if (inQuery !== undefined) return { stem: bareOf(url), page: Number(inQuery[1]) };
  const bare = bareOf(url);
  const [, stem, page] = SUFFIX.exec(bare) ?? FOLDER.exec(bare) ?? [];
  return stem === undefined
    ? { stem: bare, page: null }
    : { stem: stem.replace(/(?<=.)\/index$/, ''), page: Number(page) };
}

const bareOf = (url: URL): string => url.pathname.replace(/\.[a-z]{3,5}$/i, '').replace(/(?<=.)(?:\/index)?\/?$/, '');
const siteOf = ({ host }: URL): string => host.replace(/^www\./, '');

/** c1-40494881.html goes on as c1-40494881_2.html, c1-40494881-2.html or with ?page=2, /story/ as /story/2/. */
function isSameArticle(here: URL, target: URL): boolean {
  if (siteOf(here) !== siteOf(target) || !isWeb(target) || !sameQuery(here, target)) return false;
  const [own, other] = [bareOf(here), bareOf(target)];
  if (own === '' || own === '/') return false;
  if (own === other) return true;
  const [from, to] = [partsOf(here), partsOf(target)];
  if (to.stem === own || from.stem === other) return true;
  // Two numbered ones may be two articles, art_1_5 and art_1_6, but for a long number before.
  return from.stem === to.stem && /\d{4}$|\/[^/\d]{4,}$/.test(from.stem);
}

function sameQuery(here: URL, target: URL): boolean {
  const rest = (url: URL) =>
    [...url.searchParams]
      .filter(([key, value]) => !PAGE_KEYS.test(key) && !isPassing(key, value))
      .map((pair) => pair.join('='));
  return rest(here).sort().join('&') === rest(target).sort().join('&');
}
