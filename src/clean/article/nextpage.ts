/** Finds the address of an article's next page, so that its text can be read whole. */
import { getElementsByTagName } from 'domutils';
import { parseHtml, textWithin } from '../../text/htmldocument.ts';

const NEXT = /^[\s[【(（«<]*(?:下一?[页頁]|后一?[页頁]|後一?[页頁]|next(?: page)?)[\s\]】)）»>]*$/i;

/** Characters with the brackets and blanks around the words. */
const LONGEST_LABEL = 60;

/**
 * Absolute address of the next page of the article at `url`, or null. A link counts only where its text or `rel` says
 * so and its address is that of the same article: 下一页 at the foot of a page often leads to another one.
 */
export function nextPage(html: string, url: string): string | null {
  if (!URL.canParse(url)) return null;
  const here = new URL(url);
  const links = getElementsByTagName('a', parseHtml(html), true);
  for (const link of links) {
    const href = link.attribs['href'];
    const says = link.attribs['rel'] === 'next' || NEXT.test(textWithin(link, LONGEST_LABEL).trim());
    if (!says || href === undefined || !URL.canParse(href, here)) continue;
    const target = new URL(href, here);
    target.hash = '';
    if (target.href !== here.href && isSameArticle(here, target)) return target.href;
  }
  return null;
}

/** c1-40494881.html goes on as c1-40494881_2.html, c1-40494881-2.html or with ?page=2. */
function isSameArticle(here: URL, target: URL): boolean {
  if (here.origin !== target.origin) return false;
  const stem = stemOf(here.pathname);
  return stem !== '' && stem === stemOf(target.pathname) && sameQuery(here, target);
}

function stemOf(path: string): string {
  const bare = path.replace(/\.[a-z]{3,5}$/i, '');
  return /\d{4}[_-]\d{1,2}$/.test(bare) ? bare.replace(/[_-]\d{1,2}$/, '') : bare;
}

const PAGE_KEYS = /^(?:p|pn|page|pageno|pagenum|cpage)$/i;

function sameQuery(here: URL, target: URL): boolean {
  const rest = (url: URL) =>
    [...url.searchParams].filter(([key]) => !PAGE_KEYS.test(key)).map((pair) => pair.join('='));
  return rest(here).sort().join('&') === rest(target).sort().join('&');
}
