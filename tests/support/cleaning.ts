/** Cleans markup as production does, for tests of what comes out of it. */
import { cleanItem } from '../../src/clean/clean.ts';
import { makeItem } from './entries.ts';

/** The content of an entry that consists of `html`, with relative addresses resolved against `baseUrl`. */
export function contentOf(html: string, baseUrl: string | null): string {
  const item = makeItem({ id: 'a', link: null, content: html });
  return cleanItem(item, { source: 's', timezone: 'Asia/Shanghai', baseUrl }).entry.content;
}
