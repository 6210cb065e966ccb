/** Reads which story an address names: the id of an item in any feed, or a story's page. */

/** Null where it names none. `urn:deltawire:story:…` is what feeds have as an item's id, see publish/article.ts. */
export function storyNamed(text: string): string | null {
  const [, encoded = ''] = /^urn:deltawire:story:([^\s/]+)$|/.exec(text.trim()) ?? [];
  const [, ofPage = ''] = /\/stories\/([^/?#]+)/.exec(text) ?? [];
  const id = encoded || ofPage.replace(/\.json$/, '');
  try {
    return id === '' ? null : decodeURIComponent(id);
  } catch {
    return null; // URIError: its escapes are none.
  }
}
