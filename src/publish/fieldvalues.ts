/** Checks values from outside that feeds have a form for: addresses, languages, media types, parts of URNs. */
import { isWeb, MOST_ADDRESS, parseUrl, withoutUser } from '../text/url.ts';

/** An absolute http(s) address in ASCII, of RFC 3986 characters only and without credentials; null for anything else. */
export function webAddress(text: string | null | undefined): string | null {
  if (typeof text !== 'string' || text.length > MOST_ADDRESS) return null;
  const trimmed = text.trim();
  const parsed = /^https?:\/\//i.test(trimmed) ? parseUrl(trimmed) : null;
  if (parsed === null || !isWeb(parsed) || /[^\w.:[\]-]/.test(parsed.hostname)) return null;
  const url = withoutUser(parsed);
  // The WHATWG serialiser leaves characters that RFC 3986 does not know: { } | ^ [ ] ` and a stray %.
  const rest = url.href
    .slice(url.origin.length)
    .replace(/[^\w;/?:@&=+$\-.!~*'()%,#]/g, (character) => encodeURIComponent(character))
    .replace(/%(?![0-9A-Fa-f]{2})/g, '%25');
  return url.origin + rest;
}

const languageNames = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });

/** A BCP 47 tag in its usual spelling whose language is registered; null for anything else. */
export function languageTag(text: string | null): string | null {
  const tag = text?.trim().replaceAll('_', '-') ?? '';
  if (!/^[A-Za-z]{2}(-[A-Za-z0-9]{2,8}){0,4}$/.test(tag)) return null;
  try {
    const [canonical = ''] = Intl.getCanonicalLocales(tag);
    return languageNames.of(canonical.split('-')[0] ?? '') === undefined ? null : canonical;
  } catch {
    return null; // RangeError: the subtags stand in an order that BCP 47 forbids.
  }
}

const TYPE_BY_EXTENSION: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
  svg: 'image/svg+xml',
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  aac: 'audio/aac',
  ogg: 'audio/ogg',
  wav: 'audio/wav',
  mp4: 'video/mp4',
  m4v: 'video/mp4',
  webm: 'video/webm',
  mov: 'video/quicktime',
  m3u8: 'application/vnd.apple.mpegurl',
  pdf: 'application/pdf',
};

const MEDIA_TYPE = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,126}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}$/; // RFC 6838 §4.2

/** The media type stated, else the one its address suggests, else `application/octet-stream`. */
export function mediaType(stated: string | null, address: string): string {
  const type = stated?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (MEDIA_TYPE.test(type)) return type;
  const extension = /\.(\w{2,5})$/.exec(new URL(address).pathname)?.[1]?.toLowerCase() ?? '';
  return TYPE_BY_EXTENSION[extension] ?? 'application/octet-stream';
}

/** `text` as the specific part of a URN (RFC 8141 §2): ASCII, everything else percent-encoded. */
export function urnPart(text: string): string {
  return encodeURIComponent(text.replace(/\p{Cs}/gu, '\ufffd')).replace(
    /[~!*'()]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
