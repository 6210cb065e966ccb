/** Makes the addresses in markup absolute, and refuses every one that is not safe to show. */

import { isWeb, MOST_ADDRESS, parseUrl, withoutUser } from '../../text/url.ts';
const CONTROLS = /[\u0000-\u0020\u007f-\u00a0\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]+/g;
const SCHEME = /^[a-z][a-z\d+.-]*:/i;

/** Characters of a base. A longer one is no folder of a site, and each short link would be written with the whole of it. */
const LONGEST_BASE = 1000;

function resolve(written: string, given: string | null): URL | null {
  const baseUrl = given !== null && given.length > LONGEST_BASE ? null : given;
  if (written.length > 2 * MOST_ADDRESS) return null;
  const address = written.replace(CONTROLS, (blank) => (/^[ \u00a0]+$/.test(blank) ? ' ' : '')).trim();
  if (address === '') return null;
  if (baseUrl === null && !SCHEME.test(address)) return address.startsWith('//') ? parseUrl(`https:${address}`) : null;
  const url = parseUrl(address, baseUrl ?? undefined);
  // A short link within a long base, and ideographs once they are escaped.
  return url === null || url.href.length > MOST_ADDRESS ? null : url;
}

/** An http, https or mailto address for `href`; null for every other scheme and for what cannot be read. */
export function safeLink(written: string, baseUrl: string | null): string | null {
  if (written.startsWith('#')) return null;
  const url = resolve(written, baseUrl);
  if (url === null) return null;
  if (url.protocol === 'mailto:') return url.href;
  return isWeb(url) ? withoutUser(url).href : null;
}

/** An http or https address, for `src` or as an entry's own; null otherwise. */
export function safeWeb(written: string, baseUrl: string | null): string | null {
  const url = resolve(written, baseUrl);
  return url !== null && isWeb(url) ? withoutUser(url).href : null;
}
