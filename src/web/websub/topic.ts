/** Finds the feed that the address of a WebSub topic names, or says why it names none. */
import type { Config, Edition } from '../../model/config.ts';
import { say } from '../../reasons/render.ts';
import { type Narrowing, readNarrowing } from '../feeds/query.ts';
import { type Format, formats } from '../../publish/formats.ts';

export type ReadTopic =
  | {
      readonly ok: true;
      readonly edition: Edition;
      readonly format: Format;
      readonly narrowing: Narrowing;
      /** Without a slash at the end. */
      readonly baseUrl: string;
    }
  | { readonly ok: false; readonly message: string };

/** A topic is the address that a feed gives as its own, letter by letter: subscribers take it from there (WebSub §4). */
export function readTopic(
  url: string,
  config: Pick<Config, 'editions' | 'sources' | 'regions'>,
  regionCodes: (name: string) => readonly string[] | null,
): ReadTopic {
  const path = /^(https?:\/\/[^?#]+)\/feeds\/([^/?#]+)\.([a-z]+)(?:\?([^#]*))?$/.exec(url);
  const [, baseUrl = '', id = '', extension = '', search = ''] = path ?? [];
  const edition = config.editions.find((one) => encodeURIComponent(one.id) === id);
  const format = formats.find((one) => one.extension === extension);
  if (edition === undefined || format === undefined)
    return { ok: false, message: 'hub.topic is no feed of this server' };
  const narrowed = readNarrowing(Object.fromEntries(new URLSearchParams(search)), edition, config, regionCodes);
  if (!narrowed.ok) return { ok: false, message: `hub.topic: ${say(narrowed.why, 'en')}` };
  const { narrowing } = narrowed;
  if (narrowing.page > 1 || narrowing.day !== null)
    return { ok: false, message: 'hub.topic: only the first page of a feed is pushed' };
  if (narrowing.canonical !== search)
    return { ok: false, message: 'hub.topic must be the address that the feed gives as its own (rel="self")' };
  return { ok: true, edition, format, narrowing, baseUrl };
}
