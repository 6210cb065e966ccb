/** Writes an edition as RSS 2.0. */
import { Feed } from 'feed';
import type { Extension } from 'feed';
import { prepareArticles } from './article.ts';
import type { Article, Attachment } from './article.ts';
import { describeChannel, HISTORY_NAMESPACE } from './channel.ts';
import type { Channel, Rendering } from './channel.ts';
import type { EditionDocument } from './edition.ts';
import { createMarks, writeAttributes } from './markedtext.ts';
import type { Marks } from './markedtext.ts';
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

/** Every value of an attribute goes as a mark: the library escapes neither `<` nor `&` there. */
function attributes(marks: Marks, values: Readonly<Record<string, string | number | null>>): Record<string, string> {
  const written: Record<string, string> = {};
  for (const [name, value] of Object.entries(values)) {
    if (value !== null) written[name] = marks.text(String(value));
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

function itemExtensions(article: Article, marks: Marks): Extension[] {
  const enclosure = mainAttachment(article.attachments);
  // Readers list an enclosure and its media:content as two recordings.
  const further = article.attachments.filter((attachment) => attachment !== enclosure);
  const media = further.map(({ url, type, length, medium }) => ({
    _attributes: attributes(marks, { url, type, medium, fileSize: length }),
  }));
  const listed = article.attachments.some(({ url }) => url === article.image);
  if (article.image !== null && !listed)
    media.push({ _attributes: attributes(marks, { url: article.image, medium: 'image' }) });
  return [
    extension(
      'dc:creator',
      article.signers.map((name) => ({ _text: marks.text(name) })),
    ),
    extension('dc:publisher', article.outlet === null ? [] : [{ _text: marks.text(article.outlet) }]),
    extension('dc:identifier', article.originalGuid === null ? [] : [{ _text: marks.text(article.originalGuid) }]),
    extension('dc:language', article.language === null ? [] : [{ _text: article.language }]),
    extension('category', [
      ...article.regions.map(({ code, name }) => ({
        _attributes: attributes(marks, { domain: `urn:deltawire:region:${code}` }),
        _text: marks.text(name || code),
      })),
      ...article.categories.map((name) => ({ _text: marks.text(name) })),
    ]),
    extension('atom:updated', [{ _text: new Date(article.updated).toISOString() }]),
    // RSS asks for the source's feed address; sources without one on the web have none to give.
    extension(
      'source',
      article.source.url === null && article.source.link === null
        ? []
        : [
            {
              _attributes: attributes(marks, { url: article.source.url ?? article.source.link }),
              _text: marks.text(article.source.name),
            },
          ],
    ),
    extension(
      'enclosure',
      enclosure === undefined
        ? []
        : [
            {
              _attributes: attributes(marks, {
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
      article.image === null ? [] : [{ _attributes: attributes(marks, { url: article.image }) }],
    ),
    extension(
      'atom:link',
      article.copies.map((copy) => ({
        _attributes: attributes(marks, { rel: 'related', href: copy.link, title: copy.outlet }),
      })),
    ),
  ];
}

function channelLinks(channel: Channel, marks: Marks): Element[] {
  const links = [
    { rel: 'self', type: 'application/rss+xml', href: channel.selfUrl },
    ...(channel.hub === null ? [] : [{ rel: 'hub', href: channel.hub }]),
    // The page for people stands first: some readers take the first alternate for it.
    { rel: 'alternate', type: 'text/html', href: channel.homeUrl },
    ...channel.alternates.map(({ type, url }) => ({ rel: 'alternate', type, href: url })),
    ...channel.pages.map(({ rel, url }) => ({ rel, type: 'application/rss+xml', href: url })),
  ];
  return links.map((link) => ({ _attributes: attributes(marks, link) }));
}

/** Plain text as the HTML that RSS takes a description for. */
function describe(summary: string): string {
  return escapeMarkup(summary).replaceAll('\n', '<br>');
}

/** UTF-8 without a byte order mark; the same document gives the same bytes. */
export async function renderRss(document: EditionDocument, typeOf: (format: string) => string): Promise<Rendering> {
  const { articles, left } = await prepareArticles(document);
  const channel = describeChannel(document, 'rss', typeOf, articles);
  const marks = createMarks();
  const feed = new Feed({
    title: marks.text(channel.title),
    description: marks.text(channel.description),
    language: channel.language,
    updated: new Date(channel.updated),
    generator: 'deltawire',
    docs: 'https://www.rssboard.org/rss-specification',
    link: channel.homeUrl,
    feed: channel.selfUrl,
    image: channel.iconUrl,
    ...(channel.stylesheetUrl === null ? {} : { stylesheet: channel.stylesheetUrl }),
  });
  feed.addExtension(extension('atom:link', channelLinks(channel, marks)));
  if (channel.archived) feed.addExtension(extension('fh:archive', [{}]));
  for (const article of articles) {
    feed.addItem({
      title: marks.text(article.title),
      link: article.link,
      guid: article.urn,
      date: new Date(article.published),
      description: describe(article.summary),
      ...(document.edition.content === 'summary' ? {} : { content: article.content }),
      extensions: itemExtensions(article, marks),
    });
  }
  const written = feed
    .rss2()
    .replace(
      /<rss [^>]*/,
      () => `<rss${NAMESPACES}${channel.archived ? writeAttributes({ 'xmlns:fh': HISTORY_NAMESPACE }) : ''}`,
    )
    .replace('type="text/xsl"', 'type="text/css"');
  return { body: `${marks.restore(written)}\n`, left };
}
