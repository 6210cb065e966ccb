/** Reads an HTML list page into loose items, by the operator's CSS selectors. */
import type { Document, Element } from 'domhandler';
import { getAttributeValue, getInnerHTML, textContent } from 'domutils';
import type { Reason } from '../../model/reason.ts';
import type { Selectors } from '../../model/source.ts';
import { reason } from '../../reasons/catalogue.ts';
import { dropControls } from '../bytes/controls.ts';
import { parseHtml } from '../../text/htmldocument.ts';
import type { LooseItem } from '../items/finish.ts';
import { pageBase, resolveHtmlLinks, resolveUrl } from '../markup/links.ts';
import { allWithin, firstWithin } from './outline.ts';
import { messageOf } from '../../text/messageof.ts';

interface ListPage {
  readonly title: string | null;
  readonly link: string | null;
  readonly language: string | null;
  readonly items: readonly LooseItem[];
  readonly repairs: readonly Reason[];
}

export type PageResult =
  | { readonly ok: true; readonly page: ListPage }
  | { readonly ok: false; readonly reason: Reason };

const MAX_ITEMS = 1000;

// References in HTML can still name characters that no text may hold.
const flat = (text: string): string => dropControls(text).text.replace(/\s+/g, ' ').trim();

function one(selector: string | undefined, item: Element): Element | null {
  if (selector === undefined || selector.trim() === '') return null;
  const found = firstWithin(selector, item);
  return found;
}

function isLink(element: Element): boolean {
  return element.name === 'a' && (getAttributeValue(element, 'href') ?? '').trim() !== '';
}

function linkOf(item: Element, selector: string | undefined): Element | null {
  const chosen = one(selector, item);
  if (chosen !== null) return isLink(chosen) || getAttributeValue(chosen, 'href') ? chosen : one('a[href]', chosen);
  if (isLink(item)) return item;
  const links = allWithin('a[href]', item).filter(isLink);
  // A list item's picture, category and "more" are links too; the headline is the longest.
  return links.reduce<Element | null>(
    (best, link) => (best === null || flat(textContent(link)).length > flat(textContent(best)).length ? link : best),
    null,
  );
}

function titleOf(item: Element, link: Element | null, selector: string | undefined): string {
  const chosen = one(selector, item) ?? link ?? item;
  // Lists cut long headlines short and keep the whole one in the title attribute.
  const attribute = flat(
    getAttributeValue(chosen, 'title') ?? (link === null ? '' : (getAttributeValue(link, 'title') ?? '')),
  );
  const shown = flat(textContent(chosen));
  const cut = shown.replace(/(?:(?<!\.)\.{2,}|(?<!…)…+)$/, '');
  const isCut = cut.length < shown.length || attribute.length > shown.length;
  if (attribute !== '' && (shown === '' || (isCut && attribute.startsWith(cut.slice(0, 6))))) return attribute;
  return shown;
}

/** A date as lists show it. */
export const DATE_TEXT =
  /(?<![\d])(?:\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}(?:\s?日)?|\d{1,2}月\d{1,2}日|\d{1,2}[-/]\d{1,2})(?!\d)(?:\s{0,3}\d{1,2}:\d{2}(?::\d{2})?)?|\d{1,3}\s?(?:分钟|小时|天)前|(?:今天|昨天|前天)(?:\s{0,3}\d{1,2}:\d{2})?/;

function dateOf(item: Element, title: string, selector: string | undefined): string {
  if (selector !== undefined) {
    const chosen = one(selector, item);
    return chosen === null ? '' : flat(getAttributeValue(chosen, 'datetime') ?? textContent(chosen));
  }
  return DATE_TEXT.exec(flat(textContent(item)).replace(title, ' '))?.[0] ?? '';
}

function readItem(item: Element, select: Selectors, base: string): LooseItem | null {
  const link = linkOf(item, select.link);
  const href = link === null ? '' : flat(getAttributeValue(link, 'href') ?? '');
  const url = href === '' || /^(javascript|mailto|tel|data):|^#/i.test(href) ? null : resolveUrl(href, base);
  const title = titleOf(item, link, select.title);
  if (title === '' || (url === null && select.link !== undefined)) return null;
  const summary = one(select.summary, item);
  const picture = one('img', item);
  const source =
    picture === null ? '' : (getAttributeValue(picture, 'data-src') ?? getAttributeValue(picture, 'src') ?? '');
  return {
    guid: null,
    title,
    link: url,
    summary: summary === null ? null : resolveHtmlLinks(dropControls(getInnerHTML(summary)).text.trim(), base) || null,
    content: null,
    authors: [],
    published: dateOf(item, title, select.date),
    updated: '',
    stray: '',
    categories: [],
    enclosures: [],
    image: source === '' || source.startsWith('data:') ? null : resolveUrl(flat(source), base),
    language: null,
    outlet: null,
    repairs: [],
  };
}

/** The items that `select` reads from the first `MAX_ITEMS` of `rows`; rows without title or link are left out. */
export function readRows(rows: readonly Element[], select: Selectors, base: string): readonly LooseItem[] {
  return rows.slice(0, MAX_ITEMS).flatMap((row) => readItem(row, select, base) ?? []);
}

function readSelected(document: Document, url: string, select: Selectors): PageResult {
  const root = firstWithin('html', document);
  const baseHref = firstWithin('base[href]', document);
  const base = pageBase(baseHref === null ? null : getAttributeValue(baseHref, 'href'), url);
  const rows = allWithin(select.item, document);
  const selector = select.item;
  if (rows.length === 0) return { ok: false, reason: reason('feed.select.nothing', { selector }) };
  const items = readRows(rows, select, base);
  const most = Math.min(rows.length, MAX_ITEMS);
  if (items.length === 0) return { ok: false, reason: reason('feed.select.no-links', { selector, elements: most }) };
  const title = firstWithin('head > title, title', document);
  const left = most - items.length;
  return {
    ok: true,
    page: {
      title: title === null ? null : flat(textContent(title)) || null,
      link: url,
      language: (root !== null && getAttributeValue(root, 'lang')) || null,
      items,
      repairs: [
        ...(left > 0 ? [reason('repair.select.left-out', { left, elements: most })] : []),
        ...(rows.length > most ? [reason('repair.select.limited', { most, elements: rows.length })] : []),
      ],
    },
  };
}

/** Reads a list page. Nothing selected, a selector that is none and a page without selectors are reasons, not exceptions. */
export function readPage(html: string, url: string, select: Selectors | null): PageResult {
  if (select === null) return { ok: false, reason: reason('feed.select.missing') };
  try {
    return readSelected(parseHtml(html), url, select);
  } catch (error) {
    return { ok: false, reason: reason('feed.select.faulty', { said: messageOf(error) }) };
  }
}
