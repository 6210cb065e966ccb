/** The formats that an edition is published in: one row each, and a new format is a new row. */
import { renderAtom } from './atom.ts';
import type { Rendering } from './channel.ts';
import type { EditionDocument } from './edition.ts';
import { renderJson } from './json.ts';
import { renderRss } from './rss.ts';

export interface Format {
  /** Of the feed's address: `/feeds/<edition>.<extension>`. */
  readonly extension: 'rss' | 'atom' | 'json';
  /** Value of the Content-Type header. */
  readonly contentType: string;
  /** For people. */
  readonly name: string;
  /** The document as text to be sent as UTF-8, and the items that had to be left out. Never throws for an item's sake. */
  readonly render: (document: EditionDocument) => Promise<Rendering>;
}

export const formats: readonly Format[] = [
  {
    extension: 'rss',
    contentType: 'application/rss+xml; charset=utf-8',
    name: 'RSS 2.0',
    render: (document) => renderRss(document, typeOf),
  },
  {
    extension: 'atom',
    contentType: 'application/atom+xml; charset=utf-8',
    name: 'Atom 1.0',
    render: (document) => renderAtom(document, typeOf),
  },
  {
    extension: 'json',
    contentType: 'application/feed+json; charset=utf-8',
    name: 'JSON Feed 1.1',
    render: (document) => renderJson(document, typeOf),
  },
];

/** The media type that links to a format state; unknown formats are pages. */
function typeOf(extension: string): string {
  return formats.find((format) => format.extension === extension)?.contentType.split(';', 1)[0] ?? 'text/html';
}
