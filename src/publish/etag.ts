/** Makes the strong entity tag of a representation. */
import { createHash } from 'node:crypto';

const TAG_BYTES = 16;

/** A strong validator (RFC 9110 §8.8.3) with its quotes: the same bytes give the same tag, on every machine. */
export function strongEtag(body: string | Uint8Array): string {
  const digest = createHash('sha256').update(body).digest().subarray(0, TAG_BYTES);
  return `"${digest.toString('base64url')}"`;
}
