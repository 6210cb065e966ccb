/** Reads the news of a page that nobody has described: a list or a front page; or says what the page is instead. */
import type { PageFinding } from '../../model/feed.ts';
import type { Reason } from '../../model/reason.ts';
import { reason } from '../../reasons/catalogue.ts';
import { escapeText } from '../../text/html.ts';
import { parseUrl, registeredDomain } from '../../text/url.ts';
import { type DateContext, parseDate } from '../dates/feeddates.ts';
import { BARE_ITEM, type LooseItem } from '../items/looseitem.ts';
import { pageBase } from '../markup/links.ts';
import { hashToId } from '../items/identity.ts';
import { addressReader, type PageAddress } from './addressform.ts';
import { type Candidate, findCandidates, findNavigation, mayBeNews } from './candidates.ts';
import { type Choice, chooseRows } from './choose.ts';
import { type DataRow, rowsInJsonText, rowsInScripts, rowsInSitemap } from './pagedata.ts';
import { flatText, textPieces } from './pagetexts.ts';
import { type PageElement, type PageTree, readPageTree, recordsIn } from './pagetree.ts';
import { withoutOutsiders } from './outsiders.ts';
import { refusePage } from './refusals.ts';
import { dateRows } from './rowdates.ts';
import type { Row } from './rows.ts';
import { findRows } from './rows.ts';
import { T } from './thresholds.ts';

interface NewsPage {
  readonly mode: PageFinding['mode'];
  readonly finding: PageFinding;
  /** As of `FeedDocument`. */
  readonly pages?: readonly string[] | undefined;
  readonly title: string | null;
  readonly language: string | null;
  readonly items: readonly LooseItem[];
  readonly repairs: readonly Reason[];
}

export type NewsPageResult =
  | { readonly ok: true; readonly page: NewsPage }
  | { readonly ok: false; readonly reason: Reason };

/** Items of one page. Front pages of portals hold 800. */
const MOST_ITEMS = 1000;

const first = (tree: PageTree, test: (element: PageElement) => boolean): PageElement | null =>
  tree.elements.find(test) ?? null;

const titleOf = (tree: PageTree): string | null => {
  const element = first(tree, ({ name }) => name === 'title');
  const text = element === null ? '' : flatText(element.content.filter((part) => typeof part === 'string').join(''));
  return text === '' ? null : text;
};

/** The picture of a row, as the page writes it; lazy pictures keep their address elsewhere. */
function pictureOf(element: PageElement): string | null {
  for (const part of element.content) {
    if (typeof part === 'string') continue;
    if (part.name === 'img') {
      const { attributes } = part;
      const source = attributes['data-src'] ?? attributes['data-original'] ?? attributes['src'] ?? '';
      if (source !== '' && !/^data:|(?:new|hot|icon|top|pdf|default)\w{0,6}\.(?:gif|png)$/i.test(source)) return source;
    }
    const inner = pictureOf(part);
    if (inner !== null) return inner;
  }
  return null;
}

/** Characters of text, counted until there are `enough`. */
function countText(element: PageElement, enough: number): number {
  let count = 0;
  for (const part of element.content) {
    count += typeof part === 'string' ? part.length : countText(part, enough - count);
    if (count >= enough) break;
  }
  return count;
}

/** The row's own telling: its longest text beside the headline. */
function summaryOf({ element, candidate }: Row): string | null {
  // Most rows are a headline and a day.
  if (countText(element, T.title.summary) < T.title.summary) return null;
  let longest = '';
  for (const { text } of textPieces(element, false))
    if (text.length > longest.length && !text.startsWith(candidate.title)) longest = text;
  return longest.length >= T.title.summary ? longest : null;
}

function toItem(row: Row, published: string, base: string): LooseItem {
  const picture = pictureOf(row.element);
  const image = picture === null ? null : parseUrl(picture, base);
  const summary = summaryOf(row);
  return {
    ...BARE_ITEM,
    title: row.candidate.title,
    link: row.candidate.address.url,
    key: row.candidate.address.key,
    summary: summary === null ? null : escapeText(summary),
    published,
    image: image === null ? null : image.href,
  };
}

/** Characters of an address's hash: two of a source's thousand have one hash once in a million. */
const KEY_LENGTH = 8;
const MOST_KEYS = 200;
const MOST_FORMS = 30;
const LONGEST_FORM = 120;
const LONGEST_OUTLINE = 300;

function toFinding(mode: PageFinding['mode'], outline: string, addresses: readonly PageAddress[]): PageFinding {
  const forms = new Map<string, number>();
  for (const { form } of addresses) forms.set(form, (forms.get(form) ?? 0) + 1);
  const frequent = [...forms].sort(([, a], [, b]) => b - a).slice(0, MOST_FORMS);
  return {
    mode,
    outline: outline.slice(0, LONGEST_OUTLINE),
    forms: frequent.map(([form]) => form.slice(0, LONGEST_FORM)),
    keys: addresses.slice(0, MOST_KEYS).map(({ key }) => hashToId(key).slice(0, KEY_LENGTH)),
  };
}

interface Analysis {
  readonly tree: PageTree;
  readonly base: string;
  readonly choice: Choice | null;
  /** The registered domain of the page. */
  readonly domain: string;
  /** Links of the page, each address once. */
  readonly links: number;
  /** Those among them that lead to further pages of the same issue. */
  readonly pages: readonly string[];
}

function analyse(html: string, url: string): Analysis {
  const tree = readPageTree(recordsIn(html.slice(0, 2000)) === null ? html : (recordsIn(html) ?? html));
  const href = first(tree, ({ name, attributes }) => name === 'base' && 'href' in attributes)?.attributes['href'];
  const base = pageBase(href, url);
  const candidates = findCandidates(tree, addressReader(url, base));
  const home = parseUrl(base) ?? parseUrl(url);
  const rows = findRows(tree, candidates.filter(mayBeNews));
  const domain = registeredDomain(home?.hostname ?? '');
  const choice = chooseRows(rows, {
    domain,
    host: home?.host ?? '',
    navigation: findNavigation(candidates),
    isRoot: /^\/(?:index\.\w+)?$/.test(parseUrl(url)?.pathname ?? ''),
  });
  return { tree, base, choice, domain, links: candidates.length, pages: furtherPages(candidates, url) };
}

/** Papers have 4 to 24 pages, special issues 40. */
const MOST_PAGES = 40;

/** Pages numbered as this one is, in its folder: node_02.html beside node_01.html. */
function furtherPages(candidates: readonly Candidate[], url: string): readonly string[] {
  const own = addressReader('http://other.invalid/', url)(url);
  if (own === null || !/\d\D*$/.test(new URL(own.url).pathname)) return [];
  const folder = (address: PageAddress): string => address.url.slice(0, address.url.lastIndexOf('/'));
  return candidates
    .map(({ address }) => address)
    .filter((address) => address.form === own.form && address.key !== own.key && folder(address) === folder(own))
    .slice(0, MOST_PAGES)
    .map((address) => address.url);
}

interface DataItem {
  readonly address: PageAddress;
  readonly item: LooseItem;
}

/** The items of a list of data, each address once; those that lead nowhere are left out. */
function dataItems(rows: readonly DataRow[], base: string, context: DateContext): readonly DataItem[] {
  const read = addressReader(base, base);
  const seen = new Set<string>();
  return rows.slice(0, MOST_ITEMS).flatMap(({ title, href, date }) => {
    const address = read(href);
    if (address === null || seen.has(address.key)) return [];
    seen.add(address.key);
    const published = parseDate(date, context) === null ? '' : date;
    return [{ address, item: { ...BARE_ITEM, title, link: address.url, key: address.key, published } }];
  });
}

function dataPage(data: readonly DataItem[], title: string | null): NewsPageResult {
  const items = data.map(({ item }) => item);
  const addresses = data.map(({ address }) => address);
  const finding = toFinding('list', '', addresses);
  return { ok: true, page: { mode: 'list', finding, title, language: null, items, repairs: [] } };
}

/** The news of `html`, or of the data in its place, which lies at `url`, as it was at `now`. Never throws. */
export function readNewsPage(html: string, url: string, context: DateContext): NewsPageResult {
  const isData = !/^\s*</.test(html);
  const data = dataItems(isData ? rowsInJsonText(html) : rowsInSitemap(html), url, context);
  if (data.length > 0) return dataPage(data, null);
  const { tree, base, choice, domain, links, pages } = analyse(html, url);
  const refused = refusePage({ html, url, tree, choice, links });
  if (refused !== null) {
    // An article carries data of its own; a page whose news scripts show has them nowhere else.
    const inScripts = refused.code === 'feed.list.article' ? [] : dataItems(rowsInScripts(tree.scripts), base, context);
    return inScripts.length === 0 ? { ok: false, reason: refused } : dataPage(inScripts, titleOf(tree));
  }
  const found = (choice?.rows ?? []).slice(0, MOST_ITEMS);
  const mode = choice?.mode ?? 'list';
  const shown = dateRows(found, mode, context);
  const dates = new Map(found.map((row, at) => [row, shown[at] ?? '']));
  const rows = mode === 'list' ? withoutOutsiders(found, shown, domain) : found;
  return {
    ok: true,
    page: {
      mode,
      finding: toFinding(
        mode,
        choice?.outline ?? '',
        rows.map(({ candidate }) => candidate.address),
      ),
      title: titleOf(tree),
      language: first(tree, ({ name }) => name === 'html')?.attributes['lang'] ?? null,
      ...(pages.length > 0 && { pages }),
      items: rows.map((row) => toItem(row, dates.get(row) ?? '', base)),
      repairs: tree.isWhole ? [] : [reason('repair.cap.page')],
    },
  };
}
