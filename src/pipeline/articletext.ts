/** Reads the pages of one article, and makes of an item and its pages the item with the whole text. */
import { selectAll } from 'css-select';
import { getOuterHTML } from 'domutils';
import { nextPages } from '../clean/article/nextpage.ts';
import { tellsOf } from '../clean/article/wall.ts';
import { cleanItem } from '../clean/clean.ts';
import { decodeBytes } from '../feed/bytes/decode.ts';
import type { Entry } from '../model/entry.ts';
import type { RawItem } from '../model/feed.ts';
import type { Reason } from '../model/reason.ts';
import type { Source } from '../model/source.ts';
import { reason } from '../reasons/catalogue.ts';
import { parseHtml } from '../text/htmldocument.ts';
import { steadyText } from '../text/steady.ts';

/** A page as it came. */
export interface FetchedPage {
  /** Where it lay, after redirects. */
  readonly url: string;
  readonly bytes: Uint8Array;
  readonly contentType: string | null;
}

export interface ArticlePage {
  readonly url: string;
  /** What the selector names; the whole page where it names nothing, or there is none. */
  readonly html: string;
}

export type PageReading =
  | { readonly ok: true; readonly page: ArticlePage; readonly next: readonly string[] }
  | { readonly ok: false; readonly reason: Reason };

export function readArticlePage({ url, bytes, contentType }: FetchedPage, selector: string | null): PageReading {
  const decoded = decodeBytes(bytes, { contentType });
  if (!decoded.ok) return decoded;
  const { text } = decoded;
  const html = selector === null ? text : cut(text, selector);
  return { ok: true, page: { url, html }, next: nextPages(text, url) };
}

/** The part of a page that the operator's selector names; the whole page where it names nothing there. */
function cut(html: string, selector: string): string {
  const parts = selectAll(selector, parseHtml(html));
  return parts.length === 0 ? html : parts.map((part) => getOuterHTML(part)).join('\n');
}

export interface Article {
  readonly item: RawItem;
  readonly source: Pick<Source, 'id' | 'timezone'>;
  readonly pages: readonly ArticlePage[];
}

/** The item with the text of its pages, or as it was where they say no more. */
export interface ArticleText {
  readonly item: RawItem;
  /** Characters of text: what the feed gave, what is given on. */
  readonly before: number;
  readonly after: number;
}

/** `begin` is told of each part before work on it begins: the item's own text, each page, the whole. */
export function joinArticle({ item, source, pages }: Article, begin: (at: number) => void): ArticleText {
  begin(0);
  const before = lengthOf(item, source.id);
  const own = { item, before, after: before };
  const cleaned = withoutRepeats(
    pages.map(({ html, url }, i) => {
      begin(i + 1);
      const context = { source: source.id, timezone: source.timezone, baseUrl: url, wholePage: true };
      return cleanItem({ ...item, content: html, summary: null }, context).entry;
    }),
  );
  const [first] = cleaned;
  if (first === undefined) return own;
  if (!tellsOf(item, { text: cleaned.map(({ text }) => text).join('\n'), html: pages[0]?.html ?? '' })) {
    const repairs = [...item.repairs, reason('repair.text.other-page')];
    return { ...own, item: { ...item, repairs } };
  }
  // What the first page says of outlet, authors and editor stays said.
  const editor = first.editor === null ? '' : `<p>责任编辑：${first.editor}</p>`;
  const whole: RawItem = {
    ...item,
    content: `${cleaned.map(({ content }) => content).join('\n')}${editor}`,
    outlet: item.outlet ?? first.outlet,
    authors: item.authors.length > 0 ? item.authors : first.authors,
    published: item.published ?? first.published,
    image: item.image ?? first.image,
    repairs: [...item.repairs, reason('repair.text.fetched', { pages: cleaned.length })],
  };
  begin(pages.length + 1);
  const after = lengthOf(whole, source.id);
  // A page that says less than the feed is a login, a captcha or a teaser.
  return after > before ? { item: whole, before, after } : own;
}

/** Without pages that say only what those before them do: the whole article once more, or the first page in place of the next. */
function withoutRepeats(pages: readonly Entry[]): readonly Entry[] {
  let said = '';
  return pages.filter(({ text }, i) => {
    const steady = steadyText(text);
    const isNew = i === 0 || !said.includes(steady);
    if (isNew) said += `${steady}\n`;
    return isNew;
  });
}

function lengthOf(item: RawItem, source: string): number {
  return cleanItem(item, { source, timezone: 'Asia/Shanghai', baseUrl: item.link }).entry.text.length;
}
