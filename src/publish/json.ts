/** Writes an edition as JSON Feed 1.1 (jsonfeed.org/version/1.1). */
import { Feed } from 'feed';
import type { Extension } from 'feed';
import { prepareArticles } from './article.ts';
import type { Article } from './article.ts';
import { describeChannel } from './channel.ts';
import type { Rendering } from './channel.ts';
import type { EditionDocument } from './edition.ts';

/** One member of an object; nothing where the value is null or an empty list. */
function member(name: string, value: unknown): Extension[] {
  if (value === null || (Array.isArray(value) && value.length === 0)) return [];
  // The library's type asks for an object; it puts in whatever it is given.
  return [{ name, objects: value as Record<string, unknown> }];
}

/** `author` too, of which version 1.0 knew one: some readers know no other. */
function authorMembers(names: readonly string[]): Extension[] {
  const authors = names.map((name) => ({ name }));
  return [...member('authors', authors), ...member('author', authors[0] ?? null)];
}

function itemExtensions(article: Article): Extension[] {
  const { source } = article;
  return [
    ...authorMembers(article.signers),
    ...member('tags', [...new Set([...article.regions.map(({ name }) => name), ...article.categories])]),
    ...member('language', article.language),
    ...member(
      'attachments',
      article.attachments.map(({ url, type, length }) => ({
        url,
        mime_type: type,
        ...(length === null ? {} : { size_in_bytes: length }),
      })),
    ),
    ...member('_deltawire', {
      story: article.story,
      story_url: article.storyUrl,
      guid: article.originalGuid,
      outlet: article.outlet,
      source: { id: source.id, name: source.name, feed_url: source.url, home_page_url: source.link },
      regions: article.regions,
      copies: article.copies.map(({ title, outlet, link, published }) => ({
        title,
        outlet,
        url: link,
        date_published: published === null ? null : new Date(published).toISOString(),
      })),
      ...(article.related.length === 0 ? {} : { related: article.related }),
    }),
  ];
}

/** UTF-8 without a byte order mark; the same document gives the same bytes. */
export async function renderJson(document: EditionDocument, typeOf: (format: string) => string): Promise<Rendering> {
  const { articles, left } = await prepareArticles(document);
  const channel = describeChannel(document, 'json', typeOf, articles);
  const feed = new Feed({
    title: channel.title,
    description: channel.description,
    link: channel.homeUrl,
    feedLinks: { json: channel.selfUrl },
    image: channel.iconUrl,
  });
  const onwards = channel.archived ? 'prev-archive' : 'next';
  const own = [
    ...member('version', 'https://jsonfeed.org/version/1.1'),
    ...member('language', channel.language),
    ...member('favicon', channel.iconUrl),
    ...member('next_url', channel.pages.find(({ rel }) => rel === onwards)?.url ?? null),
    ...member('hubs', channel.hub === null ? null : [{ type: 'WebSub', url: channel.hub }]),
  ];
  for (const extension of own) feed.addExtension(extension);
  for (const article of articles) {
    feed.addItem({
      id: article.urn,
      title: article.title,
      link: article.link,
      date: new Date(article.updated),
      published: new Date(article.published),
      description: article.summary,
      content: article.content,
      ...(article.image === null ? {} : { image: article.image }),
      extensions: itemExtensions(article),
    });
  }
  return { body: `${feed.json1()}\n`, left };
}
