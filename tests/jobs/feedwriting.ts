/** Writes documents of publishers for tests: RSS, Atom, JSON Feed and lists. */

/** An item as it stands in one document. */
export interface Shown {
  readonly title: string;
  readonly link: string | null;
  readonly guid: string | null;
  readonly text: string;
  /** As written. */
  readonly date: string | null;
}

export const rfc822 = (at: number) => new Date(at).toUTCString();

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const tag = (name: string, text: string | null) => (text === null ? '' : `<${name}>${escape(text)}</${name}>`);

export const rss = (items: readonly Shown[], head = '') =>
  `<rss version="2.0"><channel><title>样报</title><link>https://news.example/</link>${head}${items
    .map(
      ({ title, link, guid, text, date }) =>
        `<item>${tag('title', title)}${tag('link', link)}${guid === null ? '' : `<guid isPermaLink="false">${guid}</guid>`}${tag('pubDate', date)}${tag('description', text)}</item>`,
    )
    .join('')}</channel></rss>`;

export const atom = (items: readonly Shown[]) =>
  `<feed xmlns="http://www.w3.org/2005/Atom"><title>样报</title>${items
    .map(
      ({ title, link, guid, text, date }) =>
        `<entry>${tag('title', title)}${tag('id', guid)}<link href="${link}"/>${tag('updated', date)}${tag('summary', text)}</entry>`,
    )
    .join('')}</feed>`;

export const listPage = (items: readonly Shown[]) =>
  `<html><head><title>样报</title></head><body><ul>${items
    .map(({ title, link, date }) => `<li><a href="${link}">${title}</a><span>${date}</span></li>`)
    .join('')}</ul></body></html>`;

export const jsonFeed = (items: readonly Shown[]) =>
  JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: '样报',
    items: items.map(({ title, link, guid, text, date }) => ({
      id: guid,
      url: link,
      title,
      content_text: text,
      date_published: date,
    })),
  });
