/** Turns an edition into an RSS 2.0 document. */
import { Feed } from 'feed';
import type { Extension } from 'feed';
import { prepareArticles } from './article.ts';
import type { Article, Attachment } from './article.ts';
import { describeChannel, HISTORY_NAMESPACE } from './channel.ts';
import type { Channel, Rendering } from './channel.ts';
import type { EditionDocument } from './edition.ts';
import { createSeal, writeAttributes } from './seal.ts';
import type { Seal } from './seal.ts';
import { escapeMarkup } from '../text/html.ts';

const NAMESPACES = writeAttributes({
  version: '2.0',
  'xmlns:atom': 'http://www.w3.org/2005/Atom',
  'xmlns:content': 'http://purl.org/rss/1.0/modules/content/',
  'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
  'xmlns:media': 'http://search.yahoo.com/mrss/',
});

/** One element, or several of one name, in the library's notation. */
interface Element {
  readonly _attributes?: Readonly<Record<string, string | number>>;
  readonly _text?: string;
}

function extension(name: string, elements: readonly Element[]): Extension {
  // The library's type asks for one object; its writer takes lists of them.
  return { name, objects: elements as unknown as Record<string, unknown> };
}

/** Every value of an attribute goes sealed: the library escapes neither `<` nor `&` there. */
function attributes(seal: Seal, values: Readonly<Record<string, string | number | null>>): Record<string, string> {
  const written: Record<string, string> = {};
  for (const [name, value] of Object.entries(values)) {
    if (value !== null) written[name] = seal.text(String(value));
  }
  return written;
}

// The W3C validator's form of an enclosure's host: a dotted name or an IPv4 address, without underscores.
const ENCLOSURE_ADDRESS = /^https?:\/\/([a-z0-9-]+\.)+[a-z0-9-]+(:\d+)?\//i;

// RSS readers expect one enclosure; a podcast's recording counts for more than its cover.
function mainAttachment(attachments: readonly Attachment[]): Attachment | undefined {
  const fit = attachments.filter(({ url }) => ENCLOSURE_ADDRESS.test(url));
  return fit.find(({ medium }) => medium === 'audio' || medium === 'video') ?? fit[0];
}

function itemExtensions(article: Article, seal: Seal): Extension[] {
  const enclosure = mainAttachment(article.attachments);
  const media = article.attachments.map(({ url, type, length, medium }) => ({
    _attributes: attributes(seal, { url, type, medium, fileSize: length }),
  }));
  const listed = article.attachments.some(({ url }) => url === article.image);
  if (article.image !== null && !listed)
    media.push({ _attributes: attributes(seal, { url: article.image, medium: 'image' }) });
  return [
    extension(
      'dc:creator',
      article.authors.map((name) => ({ _text: seal.text(name) })),
    ),
    extension('dc:publisher', article.outlet === null ? [] : [{ _text: seal.text(article.outlet) }]),
    extension('dc:identifier', article.originalGuid === null ? [] : [{ _text: seal.text(article.originalGuid) }]),
    extension('dc:language', article.language === null ? [] : [{ _text: article.language }]),
    extension('category', [
      ...article.regions.map(({ code, name }) => ({
        _attributes: attributes(seal, { domain: `urn:deltawire:region:${code}` }),
        _text: seal.text(name || code),
      })),
      ...article.categories.map((name) => ({ _text: seal.text(name) })),
    ]),
    extension('atom:updated', [{ _text: new Date(article.updated).toISOString() }]),
    // RSS asks for the source's feed address; sources without one on the web have none to give.
    extension(
      'source',
      article.source.url === null && article.source.link === null
        ? []
        : [
            {
              _attributes: attributes(seal, { url: article.source.url ?? article.source.link }),
              _text: seal.text(article.source.name),
            },
          ],
    ),
    extension(
      'enclosure',
      enclosure === undefined
        ? []
        : [
            {
              _attributes: attributes(seal, {
                url: enclosure.url,
                length: enclosure.length ?? 0,
                type: enclosure.type,
              }),
            },
          ],
    ),
    extension('media:content', media),
    extension(
      'media:thumbnail',
      article.image === null ? [] : [{ _attributes: attributes(seal, { url: article.image }) }],
    ),
    extension(
      'atom:link',
      article.copies.map((copy) => ({
        _attributes: attributes(seal, { rel: 'related', href: copy.link, title: copy.outlet }),
      })),
    ),
  ];
}

function channelLinks(channel: Channel, seal: Seal): Element[] {
  const links = [
    { rel: 'self', type: 'application/rss+xml', href: channel.selfUrl },
    ...(channel.hub === null ? [] : [{ rel: 'hub', href: channel.hub }]),
    ...channel.alternates.map(({ type, url }) => ({ rel: 'alternate', type, href: url })),
    ...channel.pages.map(({ rel, url }) => ({ rel, type: 'application/rss+xml', href: url })),
  ];
  return links.map((link) => ({ _attributes: attributes(seal, link) }));
}

/** Plain text as the HTML that RSS takes a description for. */
function describe(summary: string): string {
  return escapeMarkup(summary).replaceAll('\n', '<br>');
}

/** UTF-8 without a byte order mark; the same document gives the same bytes. */
export function renderRss(document: EditionDocument, typeOf: (format: string) => string): Rendering {
  const { articles, left } = prepareArticles(document);
  const channel = describeChannel(document, 'rss', typeOf, articles);
  const seal = createSeal();
  const feed = new Feed({
    title: seal.text(channel.title),
    description: seal.text(channel.description),
    language: channel.language,
    updated: new Date(channel.updated),
    generator: 'deltawire',
    docs: 'https://www.rssboard.org/rss-specification',
    link: channel.homeUrl,
    feed: channel.selfUrl,
    image: channel.iconUrl,
    ...(channel.stylesheetUrl === null ? {} : { stylesheet: channel.stylesheetUrl }),
  });
  feed.addExtension(extension('atom:link', channelLinks(channel, seal)));
  if (channel.archived) feed.addExtension(extension('fh:archive', [{}]));
  for (const article of articles) {
    feed.addItem({
      title: seal.text(article.title),
      link: article.link,
      guid: article.urn,
      date: new Date(article.published),
      description: describe(article.summary),
      ...(document.edition.content === 'summary' ? {} : { content: article.content }),
      extensions: itemExtensions(article, seal),
    });
  }
  const written = feed
    .rss2()
    .replace(
      /<rss [^>]*/,
      () => `<rss${NAMESPACES}${channel.archived ? writeAttributes({ 'xmlns:fh': HISTORY_NAMESPACE }) : ''}`,
    )
    .replace('type="text/xsl"', 'type="text/css"');
  return { body: `${seal.open(written)}\n`, left };
}
