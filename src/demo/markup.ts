/** Writes CDATA sections, and an item's paragraphs as HTML. */

import { escapeMarkup } from '../text/html.ts';
/** One CDATA section; `]]>` inside is split over two. */
export function cdata(text: string): string {
  return `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}

export function paragraphsHtml(paragraphs: readonly string[]): string {
  return paragraphs.map((text) => `<p>${escapeMarkup(text)}</p>`).join('\n');
}

/** The picture in a paragraph of its own, for HTML and XHTML; nothing where there is none. */
export function pictureHtml(picture: string | null, base: string): string {
  return picture === null ? '' : `<p><img src="${base}${picture}" alt="示意图" /></p>\n`;
}

/** The first paragraph, as feeds use it for a summary. */
export function summaryOf(paragraphs: readonly string[]): string {
  return paragraphs.find((text) => text.length > 0 && !/^[※【]/.test(text)) ?? '';
}
