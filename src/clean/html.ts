/** Turns HTML of any origin into HTML that is safe to show anywhere: strict allow-list, lazy pictures and links repaired. */
import { readZones } from './html/read.ts';
import { parseTree } from './html/tree.ts';
import { writeHtml } from './html/write.ts';

/**
 * `html` as paragraphs, headings, quotes, lists, tables, pictures and links (http, https, mailto), and nothing else:
 * the markup is written anew from what was read. Relative addresses are resolved against `baseUrl`.
 */
export function sanitise(html: string, baseUrl: string | null): string {
  const { root, head } = parseTree(html);
  const { inside } = readZones(root, root, head.base ?? baseUrl);
  return writeHtml(inside);
}
