/** Decodes UTF-8. */
import { isAscii, isUtf8, transcode } from 'node:buffer';

const DECODER = new TextDecoder('utf-8', { ignoreBOM: true });

/** Bytes as text; what is no UTF-8 becomes U+FFFD. */
export function utf8Text(bytes: Uint8Array): string {
  // What is UTF-8 throughout is read several times faster so; ASCII would take twice the memory.
  if (isAscii(bytes) || !isUtf8(bytes)) return DECODER.decode(bytes);
  return transcode(bytes, 'utf8', 'utf16le').toString('utf16le');
}
