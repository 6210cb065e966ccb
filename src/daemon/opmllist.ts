/** Reads a subscription list (OPML 1 and 2) of any charset: every outline is a feed, a heading, or refused with its reason. */
import { addressKey } from '../config/files/newsource.ts';
import { sourceUrlProblem } from '../config/schema/addresses.ts';
import { GROUP_SEPARATOR } from '../publish/sourceslist.ts';
import { decodeBytes } from '../feed/bytes/decode.ts';
import type { Reason } from '../model/reason.ts';
import { reason } from '../reasons/catalogue.ts';
import { readMarkup } from '../text/guardedparser.ts';

interface Subscription {
  readonly url: string;
  readonly title: string | null;
  /** Headings that it stands under, outermost first, as the name of one group; null without any. */
  readonly group: string | null;
}

export interface SubscriptionList {
  /** In order, each address once. */
  readonly subscriptions: readonly Subscription[];
  /** Outlines that name an address which stands there already. */
  readonly repeated: number;
  readonly refused: readonly Reason[];
}

const DEEPEST_GROUP = 8;
/** Bytes. */
export const MOST_LIST = 20 * 1024 * 1024;

/** Null where the bytes are no OPML. */
export function readSubscriptions(bytes: Uint8Array): SubscriptionList | null {
  const decoded = decodeBytes(bytes, {});
  if (!decoded.ok) return null;
  const found = new Map<string, Subscription>();
  const refused: Reason[] = [];
  const headings: string[] = [];
  const open: OpenOutline[] = [];
  let repeated = 0;
  let isOpml = false;
  readMarkup(
    decoded.text,
    {
      onopentag(tag, written) {
        const name = tag.toLowerCase();
        if (name === 'opml') isOpml = true;
        if (name !== 'outline') return;
        const outline = readOutline(written);
        const above = headings.slice(-DEEPEST_GROUP).join(GROUP_SEPARATOR);
        const around = open.at(-1);
        if (around !== undefined) around.isEmpty = false;
        const heading = outline.url === '' ? outline.title : null;
        open.push({ outline, isHeading: heading !== null, isEmpty: true });
        if (heading !== null) headings.push(heading);
        const problem = problemOf(outline);
        if (problem !== null) refused.push(problem);
        if (outline.url === '' || problem !== null) return;
        const { url, title, category } = outline;
        const key = addressKey(url);
        const before = found.get(key);
        if (before !== undefined) repeated++;
        const group = before?.group ?? (above || category);
        found.set(key, before === undefined ? { url, title, group } : { ...before, group });
      },
      onclosetag(tag) {
        const closed = tag.toLowerCase() === 'outline' ? open.pop() : undefined;
        if (closed?.isHeading === true) headings.pop();
        if (closed?.isEmpty === true && isMereLink(closed.outline))
          refused.push(reason('feed.list.link', { name: closed.outline.title ?? closed.outline.site }));
      },
    },
    { xml: true, most: MOST_LIST },
  );
  return isOpml ? { subscriptions: [...found.values()], repeated, refused } : null;
}

/** An outline whose end has not come. */
interface OpenOutline {
  readonly outline: ReadOutline;
  readonly isHeading: boolean;
  isEmpty: boolean;
}

interface ReadOutline {
  readonly title: string | null;
  readonly type: string;
  /** Mended; empty without one. */
  readonly url: string;
  /** Address of something that is no feed; empty without one. */
  readonly other: string;
  /** Address of the page that it belongs to, which headings have, too; empty without one. */
  readonly site: string;
  readonly category: string | null;
}

function readOutline(written: Readonly<Record<string, string>>): ReadOutline {
  const attributes = new Map(Object.entries(written).map(([key, value]) => [key.toLowerCase(), value.trim()]));
  return {
    title: attributes.get('text') || attributes.get('title') || null,
    type: (attributes.get('type') ?? '').toLowerCase(),
    url: mendAddress(attributes.get('xmlurl') ?? ''),
    other: attributes.get('url') ?? '',
    site: attributes.get('htmlurl') ?? '',
    category: groupOfCategory(attributes.get('category') ?? ''),
  };
}

/** Line ends out, blanks as %20 (URL Standard §4.4 does the same), and what `feed:` stands before. */
function mendAddress(written: string): string {
  const address = written.replaceAll(/[\r\n\t]/g, '').trim();
  return address
    .replace(/^feeds?:\/*(?=https?:)/i, '')
    .replace(/^feed(s?):\/*/i, 'http$1://')
    .replaceAll(' ', '%20');
}

/** The first of several (OPML 2.0: slash-delimited, divided by commas): `/安徽/合肥,/经济`. */
function groupOfCategory(category: string): string | null {
  const names = (category.split(',')[0] ?? '').split('/').map((name) => name.trim());
  return names.filter((name) => name !== '').join(GROUP_SEPARATOR) || null;
}

/** Whether an outline that holds no others names a page and no feed. */
const isMereLink = (outline: ReadOutline): boolean =>
  outline.url === '' && outline.site !== '' && problemOf(outline) === null;

function problemOf({ url, other, type, title }: ReadOutline): Reason | null {
  if (url !== '') return sourceUrlProblem(url);
  const name = title ?? other;
  if (type === 'include') return reason('feed.list.include', { name });
  if (other !== '') return reason('feed.list.link', { name });
  return type === 'rss' || type === 'atom' ? reason('feed.list.no-address', { name }) : null;
}
