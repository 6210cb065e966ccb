/** A source of which no more than the address is known: every option as it is where the config says nothing. */
import type { Source } from '../model/source.ts';
import { sourceOptions } from './schema/sourcesfile.ts';

/** A source's settings, wherever they come from: a block of sources.yaml, or none. */
export type SourceSettings = Omit<Source, 'at'>;

/** `id`: whatever names it, such as its address or the path of a file. */
export function plainSource(id: string, url: string): SourceSettings {
  return { ...sourceOptions.parse({}), id, url, name: id };
}
