/** What a feed says of its edition, the same in every format. */
import { urnPart, webAddress } from './fieldvalues.ts';
import type { Article, LeftOut } from './article.ts';
import { plausibleTime } from './edition.ts';
import type { EditionDocument } from './edition.ts';
import { cleanLine } from './cleantext.ts';

export interface Rendering {
  readonly body: string;
  readonly left: readonly LeftOut[];
}

export interface Channel {
  readonly urn: string;
  readonly title: string;
  readonly description: string;
  readonly language: string;
  readonly selfUrl: string;
  readonly homeUrl: string;
  readonly iconUrl: string;
  readonly stylesheetUrl: string | null;
  readonly hub: string | null;
  readonly updated: number;
  readonly alternates: readonly { readonly type: string; readonly url: string }[];
  /** RFC 5005: neighbouring pages and archive documents. */
  readonly pages: readonly {
    readonly rel: 'first' | 'previous' | 'next' | 'last' | 'current' | 'prev-archive' | 'next-archive';
    readonly url: string;
  }[];
  /** Whether this is an archive document. */
  readonly archived: boolean;
}

/** RFC 5005 §4. */
export const HISTORY_NAMESPACE = 'http://purl.org/syndication/history/1.0';

function urnOf({ edition, narrowedTo }: Pick<EditionDocument, 'edition' | 'narrowedTo'>): string {
  const parameters = narrowedTo.toSorted(([a], [b]) => (a < b ? -1 : Number(a > b)));
  const narrowing = parameters.map(([name, value]) => `:${urnPart(name)}=${urnPart(value)}`).join('');
  return `urn:deltawire:edition:${urnPart(edition.id)}${narrowing}`;
}

const FALLBACK_URL = 'http://localhost/';
// Atom needs a date of a feed that holds nothing yet; readers and validators take one before 1990 for a fault.
const NEVER_UPDATED = Date.UTC(2000, 0, 1);

/** `own` is the format being rendered, `typeOf` the media type of a format's extension. */
export function describeChannel(
  document: EditionDocument,
  own: string,
  typeOf: (format: string) => string,
  articles: readonly Article[],
): Channel {
  const { edition } = document;
  const baseUrl = webAddress(document.baseUrl) ?? FALLBACK_URL;
  const homeUrl = webAddress(document.homeUrl) ?? baseUrl;
  const selfUrl = webAddress(document.selfUrl) ?? homeUrl;
  const title = cleanLine(edition.title) || cleanLine(edition.id) || 'deltawire';
  const { page, archive } = document;
  const pages = (
    [
      ['first', page?.first],
      ['previous', page?.previous],
      ['next', page?.next],
      ['last', page?.last],
      ['current', archive?.current],
      ['prev-archive', archive?.previous],
      ['next-archive', archive?.next],
    ] as const
  ).flatMap(([rel, address]) => {
    const url = webAddress(address);
    return url === null ? [] : [{ rel, url }];
  });
  const alternates = document.alternates.flatMap(({ format, url }) => {
    const address = webAddress(url);
    return address === null || format === own || format === 'html' ? [] : [{ type: typeOf(format), url: address }];
  });
  return {
    urn: urnOf(document),
    title,
    description: cleanLine(edition.description) || title,
    language: edition.script === null ? 'zh' : edition.script === 'hant' ? 'zh-Hant' : 'zh-Hans',
    selfUrl,
    homeUrl,
    iconUrl: webAddress(document.iconUrl) ?? new URL('./icon.png', baseUrl).href,
    stylesheetUrl: webAddress(document.stylesheetUrl),
    hub: webAddress(document.hub),
    updated:
      plausibleTime(document.updated) ??
      articles.reduce((latest, article) => Math.max(latest, article.updated), NEVER_UPDATED),
    alternates,
    pages,
    archived: archive?.archived ?? false,
  };
}
