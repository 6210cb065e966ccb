/** Turns text into what XML, HTML and CDATA sections can carry, and an item's paragraphs into HTML. */

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** For XML and HTML, element content and double-quoted attributes alike. */
export function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character);
}

/** One CDATA section; `]]>` inside is split over two. */
export function cdata(text: string): string {
  return `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}

export function paragraphsHtml(paragraphs: readonly string[]): string {
  return paragraphs.map((text) => `<p>${escaped(text)}</p>`).join('\n');
}

/** The first paragraph, as feeds use it for a summary. */
export function summaryOf(paragraphs: readonly string[]): string {
  return paragraphs.find((text) => text.length > 0 && !/^[※【]/.test(text)) ?? '';
}
