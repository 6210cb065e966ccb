/** Notes which items of a document need not be read again where they stand unchanged in the next one. */
import { createRequire } from 'node:module';
import type { DocumentSettings } from '../../model/source.ts';
import type { Place } from '../rssparser/canonicalise.ts';
import { isFoundAt } from '../xml/cutknown.ts';
import type { Written } from '../xml/records.ts';
import { withoutDate } from './contentmark.ts';
import type { Finished } from './finish.ts';
import { hashWritten, type KnownItem, type KnownItems } from './knownitem.ts';

const { version } = createRequire(import.meta.url)('../../../package.json') as { readonly version: string };

/** Stands for the program and for all that the items of a document are read by besides it. `url`: that its links are read against. */
export function settingsKey(
  { id, formerly, timezone, identity }: Pick<DocumentSettings, 'id' | 'formerly' | 'timezone' | 'identity'>,
  url: string,
): string {
  return hashWritten(JSON.stringify([version, id, formerly, timezone, identity, url]));
}

/** `text`: as it was read; `marks`: of the items, by id. */
export function noteItems(
  text: string,
  places: readonly Place[],
  finished: readonly Finished[],
  marks: ReadonlyMap<string, string>,
  { settings, at }: Pick<KnownItems, 'settings' | 'at'>,
): KnownItems {
  const first = (places.find((one) => one.known !== null) ?? places.find((one) => one.written !== null))?.written;
  const { surroundings = '', element = '' } = first ?? {};
  const isAlike = (one: Written) => one.surroundings === surroundings && one.element === element;
  const items = finished.flatMap(({ item: { id }, steady, at: place }): KnownItem[] => {
    const { known = null, written = null } = places[place] ?? {};
    if (known !== null) return [known];
    if (steady === null || written === null || !isAlike(written)) return [];
    const { start, end, tags, bare, foreign } = written;
    if (end < 0 || !isFoundAt(text, element, start, end + 1)) return [];
    const said = withoutDate(marks.get(id) ?? '');
    return [{ hash: hashWritten(text.slice(start, end + 1)), id, said, ...steady, tags, bare, foreign }];
  });
  return { settings, surroundings, element, at, items };
}
