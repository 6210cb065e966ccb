/** Tells whether a page that was fetched for an item is its article, or a wall in its place: consent, captcha, error, login. */
import { getElementsByTagName } from 'domutils';
import type { RawItem } from '../../model/feed.ts';
import { parseHtml, textWithin } from '../../text/htmldocument.ts';
import { textOf } from '../../text/plain.ts';
import { steadyText } from '../../text/steady.ts';

/**
 * Share of the pairs of characters of title or summary that the page must have. Articles have nearly all of their
 * summary's, and of a headline's at least half: a wall shares a place or a common word.
 */
const LEAST_SHARED = 0.5;
/** Characters of a page's own title and of what is compared. */
const MOST_TITLE = 300;
const MOST_COMPARED = 600;

/** Characters of a teaser: lists give no text to compare it with. */
const TEASER = 120;

/** What a text says instead of the rest of an article. */
const PAYWALL =
  /(?:登录|登陆|注册|付费|订阅|购买|开通会员|成为会员)后?[^。\n]{0,8}(?:可|才能|即可|继续)[^。\n]{0,6}(?:阅读|查看|浏览)|会员专享|剩余\s?\d{1,3}%|subscribe to (?:read|continue)|log in to (?:read|continue)/i;

export interface FetchedText {
  /** Of all its pages, cleaned. */
  readonly text: string;
  /** The first page as it came. */
  readonly html: string;
}

/** False for a wall: it shares neither title nor summary with the item, or ends where the item's own text does. */
export function tellsOf(item: RawItem, page: FetchedText): boolean {
  const own = textOf(item.content ?? item.summary ?? '').slice(0, MOST_COMPARED);
  const wall = page.text.search(PAYWALL);
  // A teaser: before the wall there is no more than the item says by itself.
  if (wall >= 0 && wall <= Math.max(own.length, TEASER)) return false;
  const head = headOf(page.html);
  return shares(item.title, `${head}\n${page.text}`) || shares(own, page.text);
}

/** What the page calls itself. */
function headOf(html: string): string {
  const document = parseHtml(html);
  const titles = getElementsByTagName((name) => /^(?:title|h[1-3])$/.test(name), document, true);
  return titles.map((title) => textWithin(title, MOST_TITLE)).join('\n');
}

function shares(some: string, whole: string): boolean {
  const text = steadyText(some);
  const other = steadyText(whole);
  if (text.length < 2) return false;
  let shared = 0;
  for (let at = 0; at + 1 < text.length; at++) if (other.includes(text.slice(at, at + 2))) shared++;
  return shared >= (text.length - 1) * LEAST_SHARED;
}
