/** Tells what answers in place of a source: a bridge with its error, or another site behind a redirect. */
import type { FeedDocument, RawItem } from '../model/feed.ts';
import { parseUrl, registeredDomain } from '../text/url.ts';

/** RSS-Bridge writes its errors as items: “Bridge returned error 404! (20453)”. */
const BRIDGE_ERROR = /^(?:Bridge returned error \d{3}|\S{1,80} was unable to receive or process the remote website)/i;

const isError = ({ title }: RawItem): boolean => BRIDGE_ERROR.test(title.trim());

/** The document without items that are a bridge's errors, and the first of these; null where there is none. */
export function withoutErrors(document: FeedDocument): {
  readonly document: FeedDocument;
  readonly error: string | null;
} {
  const error = document.items.find(isError);
  if (error === undefined) return { document, error: null };
  // What is known by its characters alone would not be looked at again.
  const items = document.items.filter((item) => !isError(item));
  return { document: { ...document, items, known: undefined }, error: error.title };
}

/** Whether two addresses belong to different sites: domains that were registered apart. */
export function isOtherSite(a: string, b: string): boolean {
  const [one, other] = [parseUrl(a), parseUrl(b)];
  if (one === null || other === null) return false;
  return registeredDomain(one.hostname) !== registeredDomain(other.hostname);
}
