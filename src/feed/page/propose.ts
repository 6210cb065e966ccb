/** Proposes selectors for an HTML list page that nobody has described, best first. */
import type { Document, Element } from 'domhandler';
import { getAttributeValue } from 'domutils';
import type { Selectors } from '../../model/source.ts';
import { dateInAddress } from '../../zh/dates.ts';
import { parseDate } from '../dates/feeddates.ts';
import { parseHtml, textWithin } from '../../text/htmldocument.ts';
import type { LooseItem } from '../items/looseitem.ts';
import { allWithin, firstWithin, innerSelectors, itemSelectors, parentOf } from './outline.ts';
import { LIST_DATE } from '../../zh/listdates.ts';
import { readRows } from './listpage.ts';

interface Sample {
  readonly title: string;
  readonly link: string | null;
  /** As the page writes it; null where neither page nor address gives one. */
  readonly date: string | null;
}

export interface Proposal {
  readonly select: Selectors;
  /** Items that the selectors yield. */
  readonly count: number;
  /** The first few of them. */
  readonly samples: readonly Sample[];
  /** Greater is better; only good for comparing proposals of one page. */
  readonly score: number;
}

export interface ProposeOptions {
  readonly timezone?: string | undefined;
  /** Epoch milliseconds, for dates such as 昨天; without it only whole dates count. */
  readonly now?: number | undefined;
}

const MAX_ANCHORS = 1500;
const MAX_CANDIDATES = 40;
const MAX_CLIMB = 5;
const MIN_ITEMS = 3;
const MIN_TITLE = 6;
const MAX_TITLE = 80;
/** Characters of a text that are looked at. */
const MOST_TEXT = 2000;
const SAMPLES = 5;
/** 2100-01-01: without a clock no whole date is in the future. */
const NO_CLOCK = 4_102_444_800_000;

const flat = (text: string): string => text.replace(/\s+/g, ' ').trim();
const anchorText = (a: Element): string => {
  const shown = flat(textWithin(a, MOST_TEXT));
  return shown === '' ? flat(getAttributeValue(a, 'title') ?? '') : shown;
};

function headlineAnchors(document: Document): Element[] {
  const found: Element[] = [];
  for (const a of allWithin('a[href]', document)) {
    if (found.length >= MAX_ANCHORS) continue;
    const href = getAttributeValue(a, 'href') ?? '';
    if (/^\s*(javascript|mailto|tel|#)/i.test(href) || anchorText(a).length < MIN_TITLE) continue;
    found.push(a);
  }
  return found;
}

function candidateSelectors(anchors: readonly Element[]): readonly string[] {
  const support = new Map<string, Set<Element>>();
  for (const a of anchors) {
    let element: Element | null = a;
    for (
      let climb = 0;
      element !== null && climb <= MAX_CLIMB && element.name !== 'body';
      climb++, element = parentOf(element)
    ) {
      for (const selector of itemSelectors(element)) {
        const rows = support.get(selector) ?? new Set();
        rows.add(element);
        support.set(selector, rows);
      }
    }
  }
  return [...support]
    .filter(([, rows]) => rows.size >= MIN_ITEMS)
    .sort(([, a], [, b]) => b.size - a.size)
    .slice(0, MAX_CANDIDATES)
    .map(([selector]) => selector);
}

/** The selector that finds `pick(row)` in most rows, and nothing else first; undefined where none does. */
function commonSelector(
  rows: readonly Element[],
  pick: (row: Element) => Element | null,
  share: number,
): string | undefined {
  const votes = new Map<string, number>();
  let present = 0;
  for (const row of rows.slice(0, 30)) {
    const inner = pick(row);
    if (inner === null || inner === row) continue;
    present++;
    for (const selector of innerSelectors(inner, row)) {
      if (firstWithin(selector, row) === inner) votes.set(selector, (votes.get(selector) ?? 0) + 1);
    }
  }
  const best = [...votes].sort(([a, x], [b, y]) => y - x || a.length - b.length)[0];
  return best !== undefined && present >= MIN_ITEMS && best[1] >= present * share ? best[0] : undefined;
}

function headline(row: Element): Element | null {
  const links = allWithin('a[href]', row);
  return links.reduce<Element | null>(
    (best, a) => (best === null || anchorText(a).length > anchorText(best).length ? a : best),
    null,
  );
}

/** The innermost element that shows a date. */
function dateElement(row: Element): Element | null {
  const found = allWithin('*', row).filter((element) => {
    const text = flat(textWithin(element, MOST_TEXT));
    return text.length > 3 && text.length < 40 && LIST_DATE.test(text) && element.name !== 'a';
  });
  return found.at(-1) ?? null;
}

function summaryElement(row: Element, title: string): Element | null {
  const texts = allWithin('p, div, dd, span', row).filter((element) => {
    const text = flat(textWithin(element, MOST_TEXT));
    return text.length >= 30 && !text.includes(title) && allWithin('p, div', element).length === 0;
  });
  return texts.reduce<Element | null>(
    (best, one) =>
      best === null || textWithin(one, MOST_TEXT).length > textWithin(best, MOST_TEXT).length ? one : best,
    null,
  );
}

/** Where a link holds a whole card (picture, title, source, time), the element in it that holds the title. */
function titleElement(row: Element): Element | null {
  const link = row.name === 'a' ? row : headline(row);
  if (link === null) return null;
  const leaves = allWithin('*', link).filter(
    (one) =>
      allWithin('*', one).length === 0 &&
      flat(textWithin(one, MOST_TEXT)).length >= MIN_TITLE &&
      flat(textWithin(one, MOST_TEXT)).length <= MAX_TITLE,
  );
  const [first, ...others] = leaves.filter(
    (one) => !LIST_DATE.test(flat(textWithin(one, MOST_TEXT))) || flat(textWithin(one, MOST_TEXT)).length > 24,
  );
  if (first === undefined || flat(textWithin(first, MOST_TEXT)) === anchorText(link)) return null;
  // Summaries are longer than titles and come after them.
  return [first, ...others].find((one) => /^h\d$|tit|head/i.test(`${one.name} ${one.attribs['class'] ?? ''}`)) ?? first;
}

function describe(item: string, rows: readonly Element[]): Selectors {
  const link = commonSelector(rows, headline, 0.9);
  const title = commonSelector(rows, titleElement, 0.9);
  const date = commonSelector(rows, dateElement, 0.7);
  const summary = commonSelector(rows, (row) => summaryElement(row, anchorText(headline(row) ?? row)), 0.7);
  const many = rows.some((row) => allWithin('a[href]', row).length > 1);
  return {
    item,
    ...(title === undefined ? {} : { title }),
    ...(link === undefined || !many ? {} : { link }),
    ...(date === undefined ? {} : { date }),
    ...(summary === undefined ? {} : { summary }),
  };
}

const ARTICLE = /\d{4,}|\.s?html?$|[?&](?:id|aid|newsid|articleid)=/i;

function scoreItems(items: readonly LooseItem[], rows: readonly Element[], dated: number): number {
  const links = new Set(items.map((item) => item.link));
  const titles = new Set(items.map((item) => item.title));
  const unique = Math.min(links.size, titles.size);
  if (unique < MIN_ITEMS) return 0;
  const length = items.reduce((sum, { title }) => sum + Math.min(title.length, 30), 0) / items.length;
  const articles =
    items.filter(({ link }) => link !== null && (ARTICLE.test(link) || dateInAddress(link) !== null)).length /
    items.length;
  const linksPerRow = rows.reduce((sum, row) => sum + allWithin('a[href]', row).length, 0) / rows.length;
  const usable = unique / rows.length;
  // A row with many links is a block of the page, not an item of a list.
  const crowd = linksPerRow > 4 ? 4 / linksPerRow : 1;
  return Math.log2(unique + 1) * (length / 12) * (0.4 + 0.8 * (dated / items.length) + 0.4 * articles) * usable * crowd;
}

function evaluate(
  item: string,
  document: Document,
  baseUrl: string,
  options: ProposeOptions,
): (Proposal & { readonly links: string }) | null {
  const rows = allWithin(item, document);
  if (rows.length < MIN_ITEMS || rows.length > 1000) return null;
  // Rows within rows: the selector catches blocks of blocks.
  if (rows.some((row) => parentOf(row) !== null && rows.includes(parentOf(row) as Element))) return null;
  const select = describe(item, rows);
  const items = readRows(rows, select, baseUrl).filter(({ link, title }) => link !== null && title.length >= MIN_TITLE);
  const context = { timezone: options.timezone ?? 'Asia/Shanghai', now: options.now ?? NO_CLOCK };
  const dateOf = ({ published, link }: LooseItem): string | null => {
    if (published !== '' && parseDate(published, context) !== null) return published;
    return link === null ? null : dateInAddress(link);
  };
  const score = scoreItems(items, rows, items.filter((one) => dateOf(one) !== null).length);
  if (score === 0) return null;
  const samples = items.slice(0, SAMPLES).map((one) => ({ title: one.title, link: one.link, date: dateOf(one) }));
  return { select, count: items.length, samples, score, links: items.map(({ link }) => link).join(' ') };
}

/** Proposes selectors for a list page, best first, at most five; empty where the page shows no list. */
export function proposeSelectors(html: string, baseUrl: string, options: ProposeOptions = {}): Proposal[] {
  const document = parseHtml(html);
  const proposals = candidateSelectors(headlineAnchors(document))
    .map((selector) => evaluate(selector, document, baseUrl, options))
    .filter((proposal) => proposal !== null)
    .sort((a, b) => b.score - a.score || a.select.item.length - b.select.item.length);
  const seen = new Set<string>();
  return proposals
    .filter(({ links }) => !seen.has(links) && seen.add(links) !== undefined)
    .slice(0, 5)
    .map(({ links: _links, ...proposal }) => proposal);
}
