/** Reads a subscription list (OPML 1 and 2) of any charset: every outline is a feed, a heading, or refused with its reason. */
import { addressKey } from '../../config/files/newsource.ts';
import { sourceUrlProblem } from '../../config/schema/addresses.ts';
import { decodeBytes } from '../../feed/bytes/decode.ts';
import type { Reason } from '../../model/reason.ts';
import { reason } from '../../reasons/catalogue.ts';
import { readMarkup } from '../../text/guardedparser.ts';

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

/** Between the headings in the name of a group: `opml export` nests its outlines by it again. */
export const GROUP_SEPARATOR = ' / ';
const DEEPEST_GROUP = 8;
/** Bytes. */
export const MOST_LIST = 20 * 1024 * 1024;

/** Null where the bytes are no OPML. */
export function readSubscriptions(bytes: Uint8Array): SubscriptionList | null {
  const decoded = decodeBytes(bytes, {});
  if (!decoded.ok) return null;
  const found = new Map<string, Subscription>();
  const refused: Reason[] = [];
  const headings: (string | null)[] = [];
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
        const above = headings.slice(-DEEPEST_GROUP).filter((heading) => heading !== null);
        headings.push(outline.url === '' ? outline.title : null);
        const problem = problemOf(outline);
        if (problem !== null) refused.push(problem);
        if (outline.url === '' || problem !== null) return;
        const { url, title, category } = outline;
        if (found.has(addressKey(url))) repeated++;
        else found.set(addressKey(url), { url, title, group: above.join(GROUP_SEPARATOR) || category });
      },
      onclosetag(tag) {
        if (tag.toLowerCase() === 'outline') headings.pop();
      },
    },
    { xml: true, most: MOST_LIST },
  );
  return isOpml ? { subscriptions: [...found.values()], repeated, refused } : null;
}

interface ReadOutline {
  readonly title: string | null;
  readonly type: string;
  /** Mended; empty without one. */
  readonly url: string;
  /** Address of something that is no feed; empty without one. */
  readonly other: string;
  readonly category: string | null;
}

function readOutline(written: Readonly<Record<string, string>>): ReadOutline {
  const attributes = new Map(Object.entries(written).map(([key, value]) => [key.toLowerCase(), value.trim()]));
  return {
    title: attributes.get('text') || attributes.get('title') || null,
    type: (attributes.get('type') ?? '').toLowerCase(),
    url: mendAddress(attributes.get('xmlurl') ?? ''),
    other: attributes.get('url') ?? '',
    category: groupOfCategory(attributes.get('category') ?? ''),
  };
}

/** Line ends out, blanks as %20 (URL Standard §4.4 does the same), and what `feed:` stands before. */
function mendAddress(written: string): string {
  const address = written.replaceAll(/[\r\n\t]/g, '').trim();
  return address
    .replace(/^feeds?:(?=https?:)/i, '')
    .replace(/^feed:\/*/i, 'http://')
    .replaceAll(' ', '%20');
}

/** The first of several (OPML 2.0: slash-delimited, divided by commas): `/安徽/合肥,/经济`. */
function groupOfCategory(category: string): string | null {
  const names = (category.split(',')[0] ?? '').split('/').map((name) => name.trim());
  return names.filter((name) => name !== '').join(GROUP_SEPARATOR) || null;
}

function problemOf({ url, other, type, title }: ReadOutline): Reason | null {
  if (url !== '') return sourceUrlProblem(url);
  const name = title ?? other;
  if (type === 'include') return reason('feed.list.include', { name });
  if (other !== '') return reason('feed.list.link', { name });
  return type === 'rss' || type === 'atom' ? reason('feed.list.no-address', { name }) : null;
}
