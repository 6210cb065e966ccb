/** Writes an edition as Atom 1.0 (RFC 4287). */
import { Feed } from 'feed';
import { prepareArticles, storyUrn } from './article.ts';
import type { Article } from './article.ts';
import { describeChannel, HISTORY_NAMESPACE } from './channel.ts';
import type { Channel, Rendering } from './channel.ts';
import type { EditionDocument } from './edition.ts';
import { cleanName, escapeForReaders } from './cleantext.ts';
import { addAttributes, createMarks, writeAttributes } from './markedtext.ts';

const REGION_SCHEME = 'urn:deltawire:region';

function link(attributes: Readonly<Record<string, string | number | null>>): string {
  return `<link${writeAttributes(attributes)}/>`;
}

function writeSource(article: Article): string {
  const { source } = article;
  return [
    '<source>',
    `<id>${escapeForReaders(source.urn)}</id>`,
    `<title type="text">${escapeForReaders(source.name)}</title>`,
    `<updated>${new Date(article.updated).toISOString()}</updated>`,
    `<author><name>${escapeForReaders(article.outlet ?? source.name)}</name></author>`,
    source.link === null ? '' : link({ rel: 'alternate', type: 'text/html', href: source.link }),
    source.url === null ? '' : link({ rel: 'self', href: source.url }),
    '</source>',
  ].join('');
}

/** What the library has no place for in an entry. */
function writeExtras(article: Article): string {
  return [
    article.via === null ? '' : link({ rel: 'via', href: article.via, title: article.outlet ?? article.source.name }),
    article.storyUrl === null
      ? ''
      : link({ rel: 'related', type: 'text/html', href: article.storyUrl, title: 'deltawire' }),
    ...article.copies.map((copy) => link({ rel: 'related', href: copy.link, title: copy.outlet })),
    ...article.attachments.map(({ url, type, length }) => link({ rel: 'enclosure', type, length, href: url })),
    writeSource(article),
    article.originalGuid === null ? '' : `<dc:identifier>${escapeForReaders(article.originalGuid)}</dc:identifier>`,
    article.outlet === null ? '' : `<dc:publisher>${escapeForReaders(article.outlet)}</dc:publisher>`,
    article.image === null ? '' : `<media:thumbnail${writeAttributes({ url: article.image })}/>`,
  ]
    .filter((element) => element !== '')
    .join('\n        ');
}

/** RFC 6721 §2. */
const TOMBSTONES_NAMESPACE = 'http://purl.org/atompub/tombstones/1.0';

/** What the library has no place for in a feed. */
function writeChannelExtras(channel: Channel, withdrawn: NonNullable<EditionDocument['withdrawn']>): string {
  return [
    ...channel.alternates.map(({ url, type }) => link({ rel: 'alternate', type, href: url })),
    // The page for people stands first and last: some readers take the first alternate for it, newsboat takes the last.
    link({ rel: 'alternate', type: 'text/html', href: channel.homeUrl }),
    ...channel.pages.map(({ rel, url }) => link({ rel, type: 'application/atom+xml', href: url })),
    ...(channel.archived ? ['<fh:archive/>'] : []),
    ...withdrawn.map(
      ({ story, at }) =>
        `<at:deleted-entry${writeAttributes({ ref: storyUrn(story), when: new Date(at).toISOString() })}/>`,
    ),
  ].join('\n    ');
}

/** UTF-8 without a byte order mark; the same document gives the same bytes. */
export async function renderAtom(document: EditionDocument, typeOf: (format: string) => string): Promise<Rendering> {
  const { articles, left } = await prepareArticles(document);
  const channel = describeChannel(document, 'atom', typeOf, articles);
  const withdrawn = document.withdrawn ?? [];
  const marks = createMarks();
  const feed = new Feed({
    id: channel.urn,
    title: marks.text(channel.title),
    description: marks.text(channel.description),
    updated: new Date(channel.updated),
    generator: 'deltawire',
    link: channel.homeUrl,
    feed: channel.selfUrl,
    image: channel.iconUrl,
    favicon: channel.iconUrl,
    author: { name: marks.text(cleanName(channel.title) ?? 'deltawire'), link: channel.homeUrl },
    copyright: marks.element(writeChannelExtras(channel, withdrawn)),
    ...(channel.hub === null ? {} : { hub: channel.hub }),
    ...(channel.stylesheetUrl === null ? {} : { stylesheet: channel.stylesheetUrl }),
  });
  for (const article of articles) {
    feed.addItem({
      id: article.urn,
      title: marks.text(article.title),
      link: article.link,
      date: new Date(article.updated),
      published: new Date(article.published),
      description: marks.text(article.summary),
      content: article.content,
      author: article.signers.map((name) => ({ name: marks.text(name) })),
      category: [
        ...article.regions.map(({ code, name }) => ({
          term: marks.text(code),
          scheme: REGION_SCHEME,
          name: marks.text(name),
        })),
        ...article.categories.map((name) => ({ term: marks.text(name), name: marks.text(name) })),
      ],
      copyright: marks.element(writeExtras(article)),
    });
  }
  const namespaces = writeAttributes({
    'xml:lang': channel.language,
    'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
    'xmlns:media': 'http://search.yahoo.com/mrss/',
    'xmlns:fh': channel.archived ? HISTORY_NAMESPACE : null,
    'xmlns:at': withdrawn.length > 0 ? TOMBSTONES_NAMESPACE : null,
  });
  const rooted = addAttributes(feed.atom1(), 'feed', () => namespaces);
  const written = addAttributes(rooted, 'entry', (index) =>
    writeAttributes({ 'xml:lang': articles[index]?.language ?? null }),
  ).replace('type="text/xsl"', 'type="text/css"');
  return { body: `${marks.restore(written)}\n`, left };
}
