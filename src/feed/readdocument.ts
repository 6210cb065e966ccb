/** Reads the bytes of a polled address into a feed document, or says at which stage that failed and why. */
import type { FeedDocument, FeedFormat, ReadResult } from '../model/feed.ts';
import type { Reason } from '../model/reason.ts';
import type { DocumentSettings } from '../model/source.ts';
import { hasCode, reason } from '../reasons/catalogue.ts';
import { type Canonical, canonicalise, canonicaliseCut } from './rssparser/canonicalise.ts';
import { decodeBytes, type DecodeResult } from './bytes/decode.ts';
import type { DateContext } from './dates/feeddates.ts';
import { discoverFeeds, kindOfPage } from './page/discover.ts';
import { capAddress, capTitle } from './items/caps.ts';
import { marksOf, withDate } from './items/contentmark.ts';
import { finishAmong, type FinishedItems, finishItems } from './items/finish.ts';
import { type KnownItems, readKnown, writeKnown } from './items/knownitem.ts';
import { noteItems, settingsKey } from './items/noteitems.ts';
import { readJsonFeed } from './jsonfeed.ts';
import { resolveUrl } from './markup/links.ts';
import { isParked } from './page/parked.ts';
import { readSelectedPage } from './page/listpage.ts';
import { beginsAsScriptData } from './listpage/pagedata.ts';
import { readNewsPage } from './listpage/newslist.ts';
import { readSkipTimes } from './dates/skip.ts';
import { parseCanonical, type ParsedFeed } from './rssparser/parse.ts';
import { type CutDocument, cutKnown } from './xml/cutknown.ts';
import { publicAddress } from '../text/secrets.ts';

/** A document as it came, from a server, a hub or a file. */
export interface ReceivedDocument {
  readonly bytes: Uint8Array;
  /** Response headers, lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** Final address of the document: links are read against it. */
  readonly url: string;
}

const FORMATS: Readonly<Record<string, FeedFormat>> = { rss: 'rss', atom: 'atom', rdf: 'rdf', cdf: 'cdf' };
const MAX_NAMED_FEEDS = 5;

function refuse(stage: 'decode' | 'canonicalise' | 'parse' | 'select', why: Reason): ReadResult {
  return { ok: false, stage, reason: why };
}

function refuseHtml(html: string, url: string): ReadResult {
  const found = discoverFeeds(html, url).map((feed) => feed.url);
  const feeds = found.slice(0, MAX_NAMED_FEEDS);
  const more = found.length - feeds.length;
  const advice =
    feeds.length === 0
      ? reason('feed.links.none')
      : more > 0
        ? reason('feed.links.many', { feeds, more })
        : reason('feed.links.some', { feeds });
  return refuse('parse', reason(`feed.parse.${kindOfPage(html)}`, { advice }));
}

const HTML_ROOT = /^(html|head|body|title|meta|link|script|style|div|span|p|a|table|form|center|h[1-6]|br|ul|img)$/i;

/** The outermost element of what is no feed; null where none begins the text. */
function rootOf(text: string): string | null {
  const start = withoutComments(text);
  return /^\s*</.test(start) ? (/<([A-Za-z][\w.:-]*)/.exec(start)?.[1] ?? null) : null;
}

const withoutComments = (text: string): string => text.slice(0, 4000).replace(/<!--[\s\S]*?(?:-->|$)/g, '');

/** Whether `text`, which is no feed, is a page. */
function isPage(text: string): boolean {
  const start = withoutComments(text);
  if (!/^\s*</.test(start)) return /<(html|body|div|script)\b/i.test(start);
  return /<!doctype\s+html/i.test(start) || HTML_ROOT.test(rootOf(text) ?? '');
}

function refuseUnknown(text: string): ReadResult {
  const start = withoutComments(text);
  if (!/^\s*</.test(start))
    return refuse('parse', reason('feed.parse.plain-text', { start: start.replace(/\s+/g, ' ').trim().slice(0, 60) }));
  const root = rootOf(text);
  if (root === null) return refuse('parse', reason('feed.parse.no-element'));
  if (/^opml$/i.test(root)) return refuse('parse', reason('feed.parse.opml'));
  return refuse('parse', reason('feed.parse.other-xml', { root: root.slice(0, 60) }));
}

/** RSS counts ttl in minutes, and some generators in seconds: half an hour and more of them is taken for such. */
const isInSeconds = (ttl: number): boolean => ttl >= 1800 && !WHOLE_DAYS.has(ttl / 1440);
/** Days that feeds do ask for in minutes. */
const WHOLE_DAYS = new Set([2, 3, 7, 14, 30]);

function minutesBetweenPolls(canonical: { ttl: string; period: string; frequency: string }): number | null {
  const ttl = Number(canonical.ttl);
  if (Number.isFinite(ttl) && ttl > 0) return Math.max(1, Math.round(isInSeconds(ttl) ? ttl / 60 : ttl));
  const periods: Readonly<Record<string, number>> = {
    hourly: 60,
    daily: 1440,
    weekly: 10_080,
    monthly: 43_200,
    yearly: 525_600,
  };
  const period = periods[canonical.period.toLowerCase()];
  const frequency = Number(canonical.frequency === '' ? 1 : canonical.frequency);
  return period === undefined || !(frequency > 0) ? null : Math.max(1, Math.round(period / frequency));
}

function isFeed(canonical: Canonical): boolean {
  return canonical.root !== null && canonical.root !== 'html';
}

/** What is known of a document before its items are read. */
interface Opened {
  readonly source: DocumentSettings;
  readonly decoded: DecodeResult & { readonly ok: true };
  /** Its address, and the one that its links are read against. */
  readonly documentUrl: string;
  readonly url: string;
  /** Content-Language; null where unsaid. */
  readonly said: string | null;
  readonly context: DateContext;
}

type Head = Pick<
  FeedDocument,
  'mode' | 'finding' | 'pages' | 'title' | 'link' | 'language' | 'hub' | 'self' | 'ttlMinutes' | 'skip'
>;

function finish(
  opened: Opened,
  format: FeedFormat,
  feed: Head,
  loose: Parameters<typeof finishItems>[1],
  repairs: readonly Reason[],
): ReadResult {
  const finished = finishItems(opened.source, loose, opened.context, format === 'page');
  const items = finished.finished.map(({ item }) => item);
  return { ok: true, document: documentOf(opened, format, feed, { ...finished, items }, repairs) };
}

function documentOf(
  { source, decoded, documentUrl, said }: Opened,
  format: FeedFormat,
  feed: Head,
  { items, labelledGmt, repairs: found }: Pick<FeedDocument, 'items' | 'labelledGmt' | 'repairs'>,
  repairs: readonly Reason[],
): FeedDocument {
  const { ttlMinutes, mode, finding, pages } = feed;
  const self = capAddress(feed.self ?? null);
  return {
    source: source.id,
    url: documentUrl,
    format,
    ...(mode !== undefined && { mode }),
    ...(pages !== undefined && { pages }),
    ...(finding !== undefined && { finding }),
    title: capTitle(feed.title),
    link: capAddress(feed.link),
    language: capTitle(feed.language ?? said)?.replaceAll('_', '-') ?? null,
    charset: decoded.charset,
    repairs: [...decoded.repairs, ...repairs, ...found],
    items,
    ...(labelledGmt !== undefined && { labelledGmt }),
    ttlMinutes,
    hub: capAddress(feed.hub),
    ...(self !== null && { self }),
    ...(feed.skip && { skip: feed.skip }),
  };
}

/** A page by the operator's selectors, or by what it shows. */
function readAsPage(opened: Opened): ReadResult {
  const { source, decoded, url, context } = opened;
  const { select } = source;
  const outside = { hub: null, ttlMinutes: null };
  if (isParked(decoded.text)) return refuse('parse', reason('feed.list.parked-page'));
  if (select !== null) {
    const read = readSelectedPage(decoded.text, url, select);
    if (!read.ok) return refuse('select', read.reason);
    return finish(opened, 'page', { ...read.page, mode: 'list', ...outside }, read.page.items, read.page.repairs);
  }
  const read = readNewsPage(decoded.text, url, context);
  if (!read.ok) return refuse('select', read.reason);
  return finish(opened, 'page', { ...read.page, link: url, ...outside }, read.page.items, read.page.repairs);
}

/** JSON that is no feed: of a source that may be either, a list of news as data. */
function readData(opened: Opened, why: Reason): ReadResult {
  const page = readAsPage(opened);
  return page.ok ? page : refuse('parse', why);
}

/** What came in place of a feed: of a source that may be either, a page of news. */
function readOther(opened: Opened, isHtml: boolean): ReadResult {
  const { source, decoded, url } = opened;
  if (
    source.kind === 'auto' &&
    (isHtml ||
      isPage(decoded.text) ||
      beginsAsScriptData(decoded.text) ||
      /^(?:datastore|(?:\w{1,20}:)?urlset)$/.test(rootOf(decoded.text) ?? ''))
  ) {
    const page = readAsPage(opened);
    const feeds = page.ok ? [] : discoverFeeds(decoded.text, url).map((feed) => feed.url);
    if (page.ok || feeds.length === 0) return page;
    return refuse('select', reason('feed.linked', { why: page.reason, feeds: feeds.slice(0, MAX_NAMED_FEEDS) }));
  }
  return isHtml || isPage(decoded.text) ? refuseHtml(decoded.text, url) : refuseUnknown(decoded.text);
}

/** What is to be known of the items of a document before it is read. */
export interface Recall {
  /** What the document of the source that was read last gave as `known`; null where none did. */
  readonly known: string | null;
}

/**
 * Reads one document of a source: decode, canonicalise, parse, date, identify. `now` in epoch milliseconds. Bad input
 * gives a value, never an exception. With `recall` the document tells marks and what to recall of it, and items that are
 * known by `recall` are not read again; all else is as without.
 */
export async function readDocument(
  source: DocumentSettings,
  { bytes, headers, url: address }: ReceivedDocument,
  now: number,
  recall?: Recall,
): Promise<ReadResult> {
  const decoded = decodeBytes(bytes, { contentType: headers['content-type'], encoding: source.encoding });
  if (!decoded.ok) return refuse('decode', decoded.reason);
  const { text } = decoded;
  // Links that name no path of their own take the whole address, and are published.
  const documentUrl = publicAddress(address);
  const location = resolveUrl(headers['content-location'] ?? '', documentUrl);
  const url = /^https?:/i.test(location) ? location : documentUrl;
  const said = headers['content-language']?.split(',')[0]?.trim() || null;
  const opened: Opened = { source, decoded, documentUrl, url, said, context: { timezone: source.timezone, now } };
  if (source.kind === 'page') return readAsPage(opened);
  if (/^\s*[[{]/.test(text.slice(0, 200))) {
    const json = readJsonFeed(text, url);
    if (!json.ok) return source.kind === 'auto' ? readData(opened, json.reason) : refuse('parse', json.reason);
    return finish(opened, 'json', { ...json.feed, ttlMinutes: null }, json.feed.items, json.feed.repairs);
  }
  const settings = recall === undefined ? null : settingsKey(source, url);
  const known = settings === null ? null : readKnown(recall?.known ?? '', settings, now);
  const cut = known === null ? null : cutKnown(text, known);
  const rest = known === null || cut === null ? null : await readRest(opened, known, cut);
  return rest ?? readWhole(opened, settings);
}

/** Reads all of an XML document. `settings`: see `settingsKey`; null where nothing of it is to be known. */
async function readWhole(opened: Opened, settings: string | null): Promise<ReadResult> {
  const { decoded, url, source, context } = opened;
  const canonical = canonicalise(decoded.text, url);
  if (!isFeed(canonical)) return readOther(opened, canonical.root === 'html');
  const parsed = await parseCanonical(canonical);
  if (!parsed.ok) return refuse('parse', reason('feed.parse.other', { said: parsed.message }));
  const finished = finishItems(source, parsed.feed.items, context, false);
  return tell(opened, canonical, parsed.feed, finished, { settings, text: decoded.text });
}

/** Reads what known items were cut out of. Null where the whole document is to be read, for something else is unlike before. */
async function readRest(opened: Opened, known: KnownItems, cut: CutDocument): Promise<ReadResult | null> {
  const { decoded, url, source, context } = opened;
  const canonical = canonicaliseCut(cut, known, decoded.text, url);
  // Of what breaks off the last item is judged by what the others have.
  if (canonical === null || canonical.repairs.some((repair) => hasCode(repair, 'repair.xml.ends-early'))) return null;
  const parsed = await parseCanonical(canonical);
  if (!parsed.ok) return null;
  const rest = parsed.feed.items.values();
  const cutOut = canonical.places.map((place) => place.known);
  const items = cutOut.map((one) => (one === null ? (rest.next().value ?? null) : null));
  const finished = finishAmong(source, items, cutOut, context);
  if (finished === null) return null;
  return tell(opened, canonical, parsed.feed, finished, { settings: known.settings, text: cut.text });
}

/** `text`: as it was canonicalised. */
function tell(
  opened: Opened,
  canonical: Canonical,
  feed: ParsedFeed,
  finished: FinishedItems,
  { settings, text }: { readonly settings: string | null; readonly text: string },
): ReadResult {
  const { root, hub, self, repairs, places } = canonical;
  const { decoded, context } = opened;
  const head = { ...feed, hub, self, ttlMinutes: minutesBetweenPolls(feed), skip: readSkipTimes(decoded.text) };
  const items = finished.finished.map(({ item }) => item);
  const document = documentOf(opened, FORMATS[root ?? 'rss'] ?? 'rss', head, { ...finished, items }, repairs);
  if (settings === null) return { ok: true, document };
  const unread = new Map<string, string>();
  for (const { item, at } of finished.finished) {
    const one = places[at]?.known;
    if (one) unread.set(item.id, withDate(one.said, item));
  }
  const marks = new Map([...marksOf(items.filter(({ id }) => !unread.has(id))), ...unread]);
  const known = writeKnown(noteItems(text, places, finished.finished, marks, { settings, at: context.now }));
  return {
    ok: true,
    document: { ...document, marks, known, ...(unread.size > 0 && { unread: new Set(unread.keys()) }) },
  };
}
