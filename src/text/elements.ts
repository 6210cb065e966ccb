/** Names the HTML elements that have no end tag. */

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
