/** Decides which picture and enclosures an entry shows: only what can be fetched from the web. */
import { safeWeb } from '../html/safeaddress.ts';
import type { Entry } from '../../model/entry.ts';
import { plainly } from './field.ts';
import type { ReadField } from './field.ts';

export const readMedia: ReadField<Pick<Entry, 'image' | 'enclosures'>> = ({ shaped }, raw, context) => {
  const given = raw.image === null ? null : safeWeb(raw.image, context.baseUrl ?? raw.link);
  const shown = shaped.blocks.find((block) => block.kind === 'image');
  return plainly({
    image: given ?? shown?.src ?? null,
    enclosures: raw.enclosures.filter(({ url }) => safeWeb(url, null) !== null),
  });
};
