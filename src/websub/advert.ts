/** Turns what a source says of itself into the hub that pushes it and the topic to ask that hub for. */
import type { FeedDocument } from '../model/feed.ts';
import { publicAddress } from '../text/secrets.ts';
import { isWeb, MOST_ADDRESS, parseUrl } from '../text/url.ts';

export interface Advert {
  readonly hub: string;
  readonly topic: string;
}

/**
 * WebSub §4: Link headers (RFC 8288) go before the document's own links; a source without `self` is asked for by `url`,
 * the address that it was read at. Null where it names no hub, and where the topic holds a token that a hub of another
 * origin would learn.
 */
export function findAdvert(
  linkHeader: string | undefined,
  document: Pick<FeedDocument, 'hub' | 'self'>,
  url: string,
): Advert | null {
  const links = readLinks(linkHeader ?? '');
  const hub = webAddress(links.get('hub') ?? document.hub, url);
  const topic = webAddress(links.get('self') ?? document.self, url) ?? url;
  if (hub === null || (parseUrl(hub)?.origin !== parseUrl(topic)?.origin && publicAddress(topic) !== topic))
    return null;
  return { hub, topic };
}

function webAddress(address: string | null | undefined, base: string): string | null {
  const url = address ? parseUrl(address, base) : null;
  if (!address || url === null || !isWeb(url)) return null;
  // As it stands where that is absolute: hubs compare topics letter by letter.
  const whole = /^https?:\/\//i.test(address) ? address : url.href;
  return whole.length > MOST_ADDRESS ? null : whole;
}

/** The first target of each relation in a Link header. */
function readLinks(header: string): ReadonlyMap<string, string> {
  const links = new Map<string, string>();
  for (const [, target = '', parameters = ''] of header.matchAll(/<([^<>]*)>\s*((?:;[^,;"]*(?:"[^"]*"[^,;"]*)*)*)/g)) {
    const rel = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,"]+))/i.exec(parameters);
    for (const name of (rel?.[1] ?? rel?.[2] ?? '').toLowerCase().split(/\s+/))
      if (name !== '' && !links.has(name)) links.set(name, target.trim());
  }
  return links;
}
