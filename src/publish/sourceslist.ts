/** Writes the sources as a list of subscriptions. */
import type { Source } from '../model/source.ts';
import { renderOpml } from './opml.ts';

/** Between the headings in the name of a group; a list nests its outlines by it. */
export const GROUP_SEPARATOR = ' / ';

/** Those that are polled and that a reader can subscribe to: a page is no feed. */
export function renderSourceList(sources: readonly Source[]): string {
  const list = sources.filter(({ enabled, kind }) => enabled && kind !== 'page');
  return renderOpml(
    'deltawire sources',
    list.map(({ name, url, group }) => ({ title: name, xmlUrl: url, group: group?.split(GROUP_SEPARATOR) })),
  );
}
