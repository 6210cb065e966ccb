/** Decides from a request's conditional headers whether the client already has the representation (RFC 9110 §13). */
import { parseHttpDate } from '../../text/time.ts';

/** Opaque tags of a field value; null stands for `*`. */
function parseTags(value: string): readonly string[] | null {
  if (value.trim() === '*') return null;
  return [...value.matchAll(/(?:W\/)?("[\x21\x23-\x7e\x80-\xff]*")/g)].map((match) => match[1] ?? '');
}

/**
 * True where 304 is the answer. If-None-Match, compared weakly (§13.1.2), goes before If-Modified-Since (§13.2.2).
 * `lastModifiedAt`: whole seconds, in epoch milliseconds.
 */
export function isUnchanged(
  headers: { readonly 'if-none-match'?: string | undefined; readonly 'if-modified-since'?: string | undefined },
  etag: string,
  lastModifiedAt: number,
): boolean {
  const noneMatch = headers['if-none-match'];
  if (noneMatch !== undefined) {
    if (noneMatch === etag) return true;
    const tags = parseTags(noneMatch);
    return tags === null || tags.includes(etag);
  }
  const since = headers['if-modified-since'];
  if (since === undefined) return false;
  // A date of another form is as good as absent (§13.1.3).
  const at = parseHttpDate(since, lastModifiedAt);
  return at !== null && lastModifiedAt <= at;
}

/**
 * What to send as Last-Modified at `now` for something that changed at `changedAt`: within the same second it could
 * change again unseen (§8.8.2.2), so the second before is sent until then.
 */
export function lastModified(changedAt: number, now: number): number {
  const second = Math.floor(Math.min(changedAt, now) / 1000) * 1000;
  return now - changedAt < 1000 ? second - 1000 : second;
}
