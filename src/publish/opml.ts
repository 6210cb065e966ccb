/** Writes a list of subscriptions as OPML 2.0. */
import { webAddress } from './fieldvalues.ts';
import { cleanLine } from './cleantext.ts';
import { escapeMarkup } from '../text/html.ts';

export interface Outline {
  readonly title: string;
  readonly xmlUrl: string;
  readonly htmlUrl?: string | null | undefined;
  /** Default `rss`, the OPML word for every kind of feed. */
  readonly type?: string | undefined;
}

function attribute(name: string, value: string | null): string {
  return value === null || value === '' ? '' : ` ${name}="${escapeMarkup(value)}"`;
}

/** OPML 2.0 (opml.org/spec2.opml), UTF-8, without dates: the same outlines give the same bytes. Outlines whose `xmlUrl` is no web address or `rsshub://` one are left out. */
export function renderOpml(title: string, outlines: readonly Outline[]): string {
  const lines: string[] = [];
  for (const outline of outlines) {
    const xmlUrl = /^rsshub:\/\/\S+$/.test(outline.xmlUrl) ? cleanLine(outline.xmlUrl) : webAddress(outline.xmlUrl);
    if (xmlUrl === null) continue;
    const name = cleanLine(outline.title) || xmlUrl;
    lines.push(
      `    <outline${attribute('text', name)}${attribute('title', name)}${attribute('type', cleanLine(outline.type ?? 'rss'))}` +
        `${attribute('xmlUrl', xmlUrl)}${attribute('htmlUrl', webAddress(outline.htmlUrl))}/>`,
    );
  }
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<opml version="2.0">',
    '  <head>',
    `    <title>${escapeMarkup(cleanLine(title))}</title>`,
    '  </head>',
    '  <body>',
    ...lines,
    '  </body>',
    '</opml>',
    '',
  ].join('\n');
}
