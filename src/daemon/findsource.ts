/** Finds out what to poll at an address that a person gives: a feed, one that its page names, a usual place, or the page itself. */
import { decodeBytes } from '../feed/bytes/decode.ts';
import { addressesMeant, findFeedPlaces, type FeedPlaces } from '../feed/page/feedplaces.ts';
import type { ReceivedDocument } from '../feed/readdocument.ts';
import type { FeedDocument, ReadResult } from '../model/feed.ts';
import type { StoredReason } from '../model/reason.ts';
import type { SourceKind } from '../model/source.ts';
import { reason } from '../reasons/catalogue.ts';

/** What is asked of the world; both never throw for what network or documents do. */
export interface FindDeps {
  readonly load: (
    url: string,
  ) => Promise<({ readonly ok: true } & ReceivedDocument) | { readonly ok: false; readonly reason: StoredReason }>;
  readonly read: (document: ReceivedDocument, kind: SourceKind) => Promise<ReadResult>;
}

interface Alternative {
  readonly url: string;
  readonly title: string | null;
  /** The page itself in place of its feed, or a feed in place of another one. */
  readonly kind: 'feed' | 'page';
}

export interface FoundSource {
  readonly url: string;
  readonly document: FeedDocument;
  /** The text of the page that the address is of; empty where it is a feed's. */
  readonly html: string;
  readonly alternatives: readonly Alternative[];
}

export type SourceFinding =
  | { readonly ok: true; readonly found: FoundSource }
  | {
      readonly ok: false;
      readonly reason: StoredReason;
      /** False where what was typed is no address. */
      readonly asked: boolean;
    };

/** Addresses that are asked for one finding: each may be slow. */
const MOST_NAMED = 5;
const MOST_ALTERNATIVES = 10;

type Page = ReceivedDocument & { readonly html: string };

/** A feed at `url` that has items; null where there is none. */
async function feedAt({ load, read }: FindDeps, url: string): Promise<FeedDocument | null> {
  const loaded = await load(url);
  if (!loaded.ok) return null;
  const feed = await read(loaded, 'feed');
  return feed.ok && feed.document.items.length > 0 ? feed.document : null;
}

async function firstFeed(
  deps: FindDeps,
  urls: readonly string[],
): Promise<{ readonly url: string; readonly document: FeedDocument } | null> {
  for (const url of urls) {
    const document = await feedAt(deps, url);
    if (document !== null) return { url, document };
  }
  return null;
}

/** Feeds that the pages called RSS list. */
async function listedFeeds({ load }: FindDeps, lists: FeedPlaces['lists']): Promise<readonly string[]> {
  const found: string[] = [];
  for (const url of lists) {
    const loaded = await load(url);
    if (loaded.ok) found.push(...findFeedPlaces(htmlOf(loaded), loaded.url, '').named.map((feed) => feed.url));
  }
  return found;
}

function htmlOf({ bytes, headers }: ReceivedDocument): string {
  const decoded = decodeBytes(bytes, { contentType: headers['content-type'] ?? null });
  return decoded.ok ? decoded.text : '';
}

/** The page's own news, or a feed that its page leads to: what the page names goes before the page, what is guessed of its site after it. */
async function fromPage(deps: FindDeps, address: string, page: Page): Promise<SourceFinding> {
  const places = findFeedPlaces(page.html, page.url, page.headers['link'] ?? '');
  const own = await deps.read(page, 'page');
  const isRoot = new URL(page.url).pathname === '/';
  const named = places.named.slice(0, MOST_NAMED).map(({ url }) => url);
  const listed = named.length === 0 ? await listedFeeds(deps, places.lists) : [];
  const guessed = own.ok && !isRoot ? places.beneath : [...places.beneath, ...places.ofSite];
  const feed = await firstFeed(deps, [...new Set([...named, ...listed.slice(0, MOST_NAMED), ...guessed])]);
  const titles = new Map(places.named.map(({ url, title }) => [url, title]));
  const others = [...new Set([...named, ...listed])].map((url): Alternative => ({
    url,
    title: titles.get(url) ?? null,
    kind: 'feed',
  }));
  const itself: Alternative = { url: address, title: own.ok ? own.document.title : null, kind: 'page' };
  const found = feed ?? (own.ok ? { url: address, document: own.document } : null);
  if (found === null) {
    const why = own.ok ? reason('feed.parse.emptied') : own.reason;
    return { ok: false, asked: true, reason: reason('source.find.none', { why }) };
  }
  const alternatives = [...others, ...(own.ok ? [itself] : [])].filter(({ url }) => url !== found.url);
  return { ok: true, found: { ...found, html: page.html, alternatives: alternatives.slice(0, MOST_ALTERNATIVES) } };
}

/** What to poll at the address, channel, site or bare host that `typed` means. */
export async function findSource(deps: FindDeps, typed: string): Promise<SourceFinding> {
  const meant = addressesMeant(typed);
  let why: StoredReason = reason('source.find.no-address', { typed: typed.trim().slice(0, 200) });
  for (const address of meant) {
    const first = await deps.load(address);
    if (!first.ok) {
      why = first.reason;
      continue;
    }
    const feed = await deps.read(first, 'feed');
    if (feed.ok && feed.document.items.length > 0)
      return { ok: true, found: { url: address, document: feed.document, html: '', alternatives: [] } };
    const html = htmlOf(first);
    const next = findFeedPlaces(html, first.url, '').refresh;
    const page = { ...first, html };
    const followed = next === null ? null : await deps.load(next);
    return followed?.ok === true
      ? fromPage(deps, next ?? address, { ...followed, html: htmlOf(followed) })
      : fromPage(deps, address, page);
  }
  return { ok: false, asked: meant.length > 0, reason: why };
}
