/** What writers and readers of HTML share: escapes, and the elements that have no end tag. */

/** Text as it stands between the tags of HTML or XML. `>` too: no `]]>` survives. */
export function escapeText(text: string): string {
  return /[&<>]/.test(text) ? text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;') : text;
}

/** Text as it stands between the tags of HTML or XML, or in a double-quoted attribute. */
export function escapeMarkup(text: string): string {
  return escapeText(text).replaceAll('"', '&quot;');
}

/** HTML Living Standard §13.1.2, "Void elements", with `param`, which old pages still write. */
export const VOID_ELEMENTS: ReadonlySet<string> = new Set([
  'area',
  'base',
  'br',
  'col',
  'embed',
  'hr',
  'img',
  'input',
  'link',
  'meta',
  'param',
  'source',
  'track',
  'wbr',
]);
