/** Names the sets by which editions are narrowed: each story stands in those of its places, sources and outlets. */
import { codePrefix } from '../../divisions/codes.ts';
import type { UnsavedStory } from '../../model/story.ts';
import { fold } from '../../zh/script.ts';

/** Outlets are foreign text; none that is real is longer. */
const MOST_CHARACTERS = 64;

/** The set of a place holds the stories of all that lies in it. `code`: GB/T 2260. */
export const facetOfRegion = (code: string): string => `region:${codePrefix(code)}`;
export const facetOfSource = (source: string): string => `source:${source}`;

/** The same for both scripts, any case and width. */
export function facetOfOutlet(outlet: string): string {
  return `outlet:${fold(outlet).replaceAll(/\s+/g, ' ').trim().slice(0, MOST_CHARACTERS)}`;
}

/** The sets that a story stands in; none where no edition has it. Readers see a source as outlet where no outlet is named. */
export function facetsOf({
  copies,
  editions,
  regions,
}: Pick<UnsavedStory, 'copies' | 'editions' | 'regions'>): string[] {
  if (editions.length === 0) return [];
  return [
    ...new Set([
      ...regions.flatMap(({ code }) => placesAround(code).map(facetOfRegion)),
      ...copies.map(({ source }) => facetOfSource(source)),
      ...copies.map(({ outlet, sourceName }) => facetOfOutlet(outlet ?? sourceName)),
    ]),
  ];
}

/** A place and those above it, by the digits of its code. */
function placesAround(code: string): string[] {
  return [code, `${code.slice(0, 4)}00`, `${code.slice(0, 2)}0000`];
}
