/** Reads an HTML list page into loose items, by the operator's CSS selectors. */
import { isTag, isText } from 'domhandler';
import type { Element } from 'domhandler';
import { getAttributeValue, getInnerHTML } from 'domutils';
import type { Reason } from '../../model/reason.ts';
import type { Selectors } from '../../model/source.ts';
import { reason } from '../../reasons/catalogue.ts';
import { dropControls } from '../bytes/controls.ts';
import { countNodes, parsePage, textWithin } from '../../text/htmldocument.ts';
import { BARE_ITEM, type LooseItem } from '../items/looseitem.ts';
import { pageBase, resolveHtmlLinks, resolveUrl } from '../markup/links.ts';
import { withRecords } from '../listpage/pagetree.ts';
import { MOST_MARKUP } from '../items/caps.ts';
import { allWithin, firstWithin } from './outline.ts';
import { listDates } from '../../zh/listdates.ts';
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

/** Lists of news show 20 to 200 rows. */
const MOST_ROWS = 1000;
/** Nodes of all rows together. A row holds some ten; rows within rows are counted, and read, as often as they are nested. */
const MOST_NODES = 500_000;
/** Characters of a row's text in which title and date stand. */
const MOST_ROW_TEXT = 10_000;

// References in HTML can still name characters that no text may hold.
const flat = (text: string): string => dropControls(text).text.replace(/\s+/g, ' ').trim();

const textOf = (element: Element): string => flat(textWithin(element, MOST_ROW_TEXT));

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
  // A list item's picture, category and "more" are links too; the headline is the longest.
  let [longest, length]: [Element | null, number] = [null, -1];
  for (const link of linksWithin(item)) {
    const own = textOf(link).length;
    if (own > length) [longest, length] = [link, own];
  }
  return longest;
}

/** Links that are in no other one, whose text has theirs: so each text is read once, however links are nested. */
function linksWithin({ children }: Element): readonly Element[] {
  return children.filter(isTag).flatMap((child) => (isLink(child) ? [child] : linksWithin(child)));
}

function titleOf(item: Element, link: Element | null, selector: string | undefined): string {
  const chosen = one(selector, item) ?? link ?? item;
  // Lists cut long headlines short and keep the whole one in the title attribute.
  const attribute = flat(
    getAttributeValue(chosen, 'title') ?? (link === null ? '' : (getAttributeValue(link, 'title') ?? '')),
  );
  const shown = textOf(chosen);
  const cut = shown.replace(/(?:(?<!\.)\.{2,}|(?<!…)…+)$/, '');
  const isCut = cut.length < shown.length || attribute.length > shown.length;
  if (attribute !== '' && (shown === '' || (isCut && attribute.startsWith(cut.slice(0, 6))))) return attribute;
  return shown;
}

/** Elements that a selector of dates may choose in one row. */
const MOST_DATE_PLACES = 8;

/** The texts of `node`, each element's apart: neighbours are never glued into one number. */
function piecesOf(node: Element): readonly string[] {
  const pieces: string[] = [];
  let room = MOST_ROW_TEXT;
  const walk = (at: Element): void => {
    for (const child of at.children) {
      if (room <= 0) return;
      if (isText(child)) {
        const text = flat(child.data);
        room -= child.data.length;
        if (text !== '') pieces.push(text);
      } else if (isTag(child)) walk(child);
    }
  };
  walk(node);
  return pieces;
}

function dateOf(item: Element, title: string, selector: string | undefined): string {
  const places = selector === undefined ? [item] : allWithin(selector, item).slice(0, MOST_DATE_PLACES);
  const stated = places.map((place) => getAttributeValue(place, 'datetime')).find((text) => text !== undefined);
  if (selector !== undefined && stated !== undefined) return flat(stated);
  const texts = places.flatMap((place) => piecesOf(place)).filter((text) => selector !== undefined || text !== title);
  const [found] = listDates(texts);
  if (found !== undefined) return found.text;
  const [first] = places;
  return selector === undefined || first === undefined ? '' : textOf(first);
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
    ...BARE_ITEM,
    title,
    link: url,
    summary:
      summary === null
        ? null
        : resolveHtmlLinks(
            dropControls(getInnerHTML(summary))
              .text.trim()
              .slice(0, MOST_MARKUP + 1),
            base,
          ) || null,
    published: dateOf(item, title, select.date),
    image: source === '' || source.startsWith('data:') ? null : resolveUrl(flat(source), base),
  };
}

/** The items that `select` reads from `rows`; rows without title or link are left out. */
export function readRows(rows: readonly Element[], select: Selectors, base: string): readonly LooseItem[] {
  return rows.flatMap((row) => readItem(row, select, base) ?? []);
}

/** As many of the first rows as are read. */
function withinBounds(rows: readonly Element[]): readonly Element[] {
  let left = MOST_NODES;
  const end = rows.slice(0, MOST_ROWS).findIndex((row) => (left -= countNodes(row, left)) <= 0);
  return rows.slice(0, end < 0 ? MOST_ROWS : end);
}

function readSelected(html: string, url: string, select: Selectors): PageResult {
  const { document, isWhole } = parsePage(html);
  const root = firstWithin('html', document);
  const baseHref = firstWithin('base[href]', document);
  const base = pageBase(baseHref === null ? null : getAttributeValue(baseHref, 'href'), url);
  const found = allWithin(select.item, document);
  const rows = withinBounds(found);
  const selector = select.item;
  if (found.length === 0) return { ok: false, reason: reason('feed.select.nothing', { selector }) };
  const items = readRows(rows, select, base);
  if (items.length === 0)
    return { ok: false, reason: reason('feed.select.no-links', { selector, elements: rows.length }) };
  const title = firstWithin('head > title, title', document);
  const left = rows.length - items.length;
  return {
    ok: true,
    page: {
      title: title === null ? null : textOf(title) || null,
      link: url,
      language: (root !== null && getAttributeValue(root, 'lang')) || null,
      items,
      repairs: [
        ...(isWhole ? [] : [reason('repair.cap.page')]),
        ...(left > 0 ? [reason('repair.select.left-out', { left, elements: rows.length })] : []),
        ...(rows.length < found.length
          ? [reason('repair.select.limited', { most: rows.length, elements: found.length })]
          : []),
      ],
    },
  };
}

/**
 * Reads a list page by its selectors; records of markup that stand in its scripts, or in place of the page, are part of it.
 * Nothing selected and a selector that is none are reasons, not exceptions.
 */
export function readSelectedPage(html: string, url: string, select: Selectors): PageResult {
  try {
    return readSelected(withRecords(html), url, select);
  } catch (error) {
    return { ok: false, reason: reason('feed.select.faulty', { said: messageOf(error) }) };
  }
}
