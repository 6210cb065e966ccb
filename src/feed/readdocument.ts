/** Reads the bytes of a polled address into a feed document, or says at which stage that failed and why. */
import type { FeedDocument, FeedFormat, ReadResult } from '../model/feed.ts';
import type { Reason } from '../model/reason.ts';
import type { DocumentSettings } from '../model/source.ts';
import { reason } from '../reasons/catalogue.ts';
import { canonicalise } from './rssparser/canonicalise.ts';
import type { Canonical } from './rssparser/canonicalise.ts';
import { decodeBytes } from './bytes/decode.ts';
import { discoverFeeds, kindOfPage } from './page/discover.ts';
import { capAddress, capTitle } from './items/caps.ts';
import { finishItems } from './items/finish.ts';
import { readJsonFeed } from './jsonfeed.ts';
import { resolveUrl } from './markup/links.ts';
import { readPage } from './page/listpage.ts';
import { readSkipTimes } from './dates/skip.ts';
import { parseCanonical } from './rssparser/parse.ts';
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

function refuseUnknown(text: string, url: string): ReadResult {
  const start = text.slice(0, 4000).replace(/<!--[\s\S]*?(?:-->|$)/g, '');
  if (!/^\s*</.test(start)) {
    if (/<(html|body|div|script)\b/i.test(start)) return refuseHtml(text, url);
    return refuse('parse', reason('feed.parse.plain-text', { start: start.replace(/\s+/g, ' ').trim().slice(0, 60) }));
  }
  const root = /<([A-Za-z][\w.:-]*)/.exec(start)?.[1];
  if (/<!doctype\s+html/i.test(start) || HTML_ROOT.test(root ?? '')) return refuseHtml(text, url);
  if (root === undefined) return refuse('parse', reason('feed.parse.no-element'));
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

/**
 * Reads one document of a source: decode, canonicalise, parse, date, identify. `now` in epoch milliseconds. Bad input
 * gives a value, never an exception.
 */
export async function readDocument(
  source: DocumentSettings,
  { bytes, headers, url: address }: ReceivedDocument,
  now: number,
): Promise<ReadResult> {
  const { timezone } = source;
  const decoded = decodeBytes(bytes, { contentType: headers['content-type'], encoding: source.encoding });
  if (!decoded.ok) return refuse('decode', decoded.reason);
  const { text, charset } = decoded;
  // Links that name no path of their own take the whole address, and are published.
  const documentUrl = publicAddress(address);
  const location = resolveUrl(headers['content-location'] ?? '', documentUrl);
  const url = /^https?:/i.test(location) ? location : documentUrl;
  const said = headers['content-language']?.split(',')[0]?.trim() ?? '';
  const context = { timezone, now };
  const finish = (
    format: FeedFormat,
    feed: Pick<FeedDocument, 'title' | 'link' | 'language' | 'hub' | 'self' | 'ttlMinutes' | 'skip'>,
    loose: Parameters<typeof finishItems>[1],
    repairs: readonly Reason[],
  ): ReadResult => {
    const { items, repairs: found } = finishItems(source, loose, context, format === 'page');
    const { ttlMinutes } = feed;
    const [title, link, hub] = [capTitle(feed.title), capAddress(feed.link), capAddress(feed.hub)];
    const self = capAddress(feed.self ?? null);
    const language = capTitle(feed.language ?? (said === '' ? null : said))?.replaceAll('_', '-') ?? null;
    const all = [...decoded.repairs, ...repairs, ...found];
    return {
      ok: true,
      document: {
        source: source.id,
        url: documentUrl,
        format,
        title,
        link,
        language,
        charset,
        repairs: all,
        items,
        ttlMinutes,
        hub,
        ...(self !== null && { self }),
        ...(feed.skip && { skip: feed.skip }),
      },
    };
  };

  if (source.kind === 'page') {
    const page = readPage(text, url, source.select);
    if (!page.ok) return refuse('select', page.reason);
    return finish('page', { ...page.page, hub: null, ttlMinutes: null }, page.page.items, page.page.repairs);
  }
  if (/^\s*[[{]/.test(text.slice(0, 200))) {
    const json = readJsonFeed(text, url);
    if (!json.ok) return refuse('parse', json.reason);
    return finish('json', { ...json.feed, ttlMinutes: null }, json.feed.items, json.feed.repairs);
  }
  const canonical = canonicalise(text, url);
  if (!isFeed(canonical)) return canonical.root === 'html' ? refuseHtml(text, url) : refuseUnknown(text, url);
  const parsed = await parseCanonical(canonical);
  if (!parsed.ok) return refuse('parse', reason('feed.parse.other', { said: parsed.message }));
  const { feed } = parsed;
  const ttlMinutes = minutesBetweenPolls(feed);
  return finish(
    FORMATS[canonical.root ?? 'rss'] ?? 'rss',
    { ...feed, hub: canonical.hub, self: canonical.self, ttlMinutes, skip: readSkipTimes(text) },
    feed.items,
    canonical.repairs,
  );
}
